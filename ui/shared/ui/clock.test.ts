import { describe, expect, test } from 'vitest'
import { clock_of, span_words, type Timed } from './clock'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const need: Timed = {
  state: 'reported',
  priority_class: 'P3',
  reported_at: 0,
  first_contact_until: day,
  handle_until: 7 * day,
}

describe('A span of time', () => {
  const rows: [number, string][] = [
    [30_000, '1分'],
    [8 * minute, '8分'],
    [hour, '1小时'],
    [5 * hour + 10 * minute, '5小时10分'],
    [day, '1天'],
    [2 * day + 3 * hour + 59 * minute, '2天3小时'],
    [day + 20 * minute, '1天'],
  ]
  test.each(rows)('of %i ms is said as %s', (ms, words) => expect(span_words(ms)).toBe(words))
})

describe('A clock', () => {
  test('runs for the first contact until somebody was contacted', () => {
    expect(clock_of(need, hour)).toEqual({ haste: 'fine', step: '首次联系', left: '剩 23小时' })
  })

  test('runs for the handling after the contact', () => {
    expect(clock_of({ ...need, first_contacted_at: hour }, day)).toEqual({ haste: 'fine', step: '办理', left: '剩 6天' })
  })

  test('is soon in its last quarter', () => {
    expect(clock_of(need, 18 * hour).haste).toBe('fine')
    expect(clock_of(need, 18 * hour + 1).haste).toBe('soon')
  })

  test('is not late at its limit and late just after it', () => {
    expect(clock_of(need, day).haste).toBe('soon')
    expect(clock_of(need, day + 1)).toEqual({ haste: 'late', step: '首次联系', left: '已超 1分' })
  })

  test('of a planned need is its handling even if no contact was noted', () => {
    expect(clock_of({ ...need, state: 'planned' }, 2 * day).step).toBe('办理')
  })

  test('stops when the need is closed, however late', () => {
    expect(clock_of({ ...need, state: 'closed' }, 90 * day)).toEqual({ haste: 'done', step: '', left: '已办结' })
  })
})
