// The rhythm of a plan in words: a bit a day of the week, 1 Sunday … 64 Saturday; minutes of the day.
import { t } from '../../shared/texts/texts'

/** Monday first, as a week is spoken of. */
export const weekdays = [1, 2, 3, 4, 5, 6, 0]
const all_days = 127

export function days_words(mask: number): string {
  if ((mask & all_days) === all_days) return t('plans.every_day')
  return weekdays.filter((day) => mask & (1 << day)).map((day) => t(`weekday.${day}`)).join(t('plans.joint'))
}

export function time_words(at_minute: number): string {
  return `${String(Math.floor(at_minute / 60)).padStart(2, '0')}:${String(at_minute % 60).padStart(2, '0')}`
}
