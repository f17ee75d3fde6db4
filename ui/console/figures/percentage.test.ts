import { expect, test } from 'vitest'
import { percentage } from './percentage'

const rows: [number, number, string | undefined][] = [
  [117, 128, '91.4%'],
  [128, 128, '100.0%'],
  [9999, 10000, '99.9%'],
  [0, 5, '0.0%'],
  [0, 0, undefined],
]
test.each(rows)('%i of %i is %s', (numerator, denominator, words) => {
  expect(percentage(numerator, denominator)).toBe(words)
})
