/** 87.5%, rounded down so that 100% is shown only when nothing is missing; undefined of nothing. */
export function percentage(numerator: number, denominator: number): string | undefined {
  if (denominator <= 0) return undefined
  const tenths = Math.floor((numerator * 1000) / denominator)
  return `${(tenths / 10).toFixed(1)}%`
}
