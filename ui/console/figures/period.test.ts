import { expect, test } from 'vitest'
import { first_day, type Period, period_from } from './period'

const rows: [Period, string, string | undefined][] = [
  ['all', '2026-11-30', undefined],
  ['year', '2026-11-30', '2026-01-01'],
  ['quarter', '2026-11-30', '2026-10-01'],
  ['month', '2026-11-30', '2026-11-01'],
  ['quarter', '2026-01-01', '2026-01-01'],
  ['quarter', '2026-03-31', '2026-01-01'],
  ['quarter', '2026-04-01', '2026-04-01'],
  ['quarter', '2026-12-31', '2026-10-01'],
]
test.each(rows)('the %s that %s lies in begins on %s', (period, today, day) => {
  expect(first_day(period, today)).toBe(day)
})

test('a first day is one of a period, or of none', () => {
  expect(period_from(undefined, '2026-11-30')).toBe('all')
  expect(period_from('2026-10-01', '2026-11-30')).toBe('quarter')
  expect(period_from('2026-01-01', '2026-01-15')).toBe('year')
  expect(period_from('2026-11-02', '2026-11-30')).toBeUndefined()
})
