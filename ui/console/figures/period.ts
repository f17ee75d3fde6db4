// From which day on the cockpit counts: the beginning of this month, quarter or year, or all time.
export const periods = ['all', 'year', 'quarter', 'month'] as const
export type Period = (typeof periods)[number]

/** Its first day; none of all time. `today` and the answer are like "2026-03-05". */
export function first_day(period: Period, today: string): string | undefined {
  const month = Number(today.slice(5, 7))
  const first = { all: 0, year: 1, quarter: month - ((month - 1) % 3), month }[period]
  return first ? `${today.slice(0, 4)}-${String(first).padStart(2, '0')}-01` : undefined
}

/** The widest that begins on this day; none for any other day. */
export function period_from(day: string | undefined, today: string): Period | undefined {
  return periods.find((period) => first_day(period, today) === day)
}
