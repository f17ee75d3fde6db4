/** The 97.5 % point of the normal distribution: 95 of 100 such intervals hold the true share. */
const z = 1.959964

export interface Interval {
  /** Whole percent, rounded outwards, so that the interval shown is never narrower than it is. */
  low: number
  high: number
}

/**
 * Wilson's score interval of a share, which holds for few cases and at the ends too (E. B. Wilson, Probable
 * inference, the law of succession, and statistical inference, 1927). Undefined for none.
 */
export function wilson(numerator: number, denominator: number): Interval | undefined {
  if (denominator <= 0) return undefined
  const share = numerator / denominator
  const spread = (z * z) / denominator
  const middle = share + spread / 2
  const half = z * Math.sqrt((share * (1 - share)) / denominator + spread / (4 * denominator))
  const percent = (value: number) => (100 * value) / (1 + spread)
  // A hair of rounding error must not turn 0 into -1 or 100 into 101.
  return { low: Math.max(0, Math.floor(percent(middle - half) + 1e-9)), high: Math.min(100, Math.ceil(percent(middle + half) - 1e-9)) }
}
