import { expect, test } from 'vitest'
import { wilson } from './wilson'

test('The interval is that of the published examples', () => {
  // Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3:
  // 81/263 0.2553–0.3662, 15/148 0.0624–0.1605, 0/20 0–0.1611, 1/29 0.0061–0.1718.
  expect(wilson(81, 263)).toEqual({ low: 25, high: 37 })
  expect(wilson(15, 148)).toEqual({ low: 6, high: 17 })
  expect(wilson(0, 20)).toEqual({ low: 0, high: 17 })
  expect(wilson(1, 29)).toEqual({ low: 0, high: 18 })
})

test('Few cases say little, and none nothing', () => {
  expect(wilson(0, 0)).toBeUndefined()
  expect(wilson(1, 1)).toEqual({ low: 20, high: 100 })
  expect(wilson(5, 5)).toEqual({ low: 56, high: 100 })
})

test('The share lies within, and a mirrored share has the mirrored interval', () => {
  for (let all = 1; all < 60; all += 1) {
    for (let some = 0; some <= all; some += 1) {
      const { low, high } = wilson(some, all)!
      expect(low).toBeLessThanOrEqual((100 * some) / all)
      expect(high).toBeGreaterThanOrEqual((100 * some) / all)
      expect(wilson(all - some, all)).toEqual({ low: 100 - high, high: 100 - low })
    }
  }
})
