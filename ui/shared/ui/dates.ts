// Dates in words, on the wall clock of the place wherever the browser stands (zone.ts).
import { language } from '../texts/language'
import { offset_at } from './zone'

const minute_ms = 60_000
const weekdays = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const months_en = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

interface Wall {
  year: number
  month: number
  day: number
  weekday: number
  time: string
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function wall(at: number): Wall {
  const date = new Date(at + offset_at(at))
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    time: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`,
  }
}

/** 2026年3月5日 周四 */
export function date_words(at: number): string {
  const { year, month, day, weekday } = wall(at)
  const name = weekdays[language.value][weekday]
  if (language.value === 'en') return `${name} ${day} ${months_en[month - 1]} ${year}`
  return `${year}年${month}月${day}日 ${name}`
}

/** 2026年3月5日 周四 14:30 */
export function instant_words(at: number): string {
  return `${date_words(at)} ${wall(at).time}`
}

/** 3月5日 14:30, for lists; of another year than this one 2037年3月5日 14:30. */
export function short_words(at: number): string {
  const { year, month, day, time } = wall(at)
  const this_year = year === wall(Date.now()).year
  if (language.value === 'en') return `${day} ${months_en[month - 1]} ${this_year ? '' : `${year} `}${time}`
  return `${this_year ? '' : `${year}年`}${month}月${day}日 ${time}`
}

/** 2026年3月5日 周四 14:30–15:15; both dates are written if the end is on another day. */
export function window_words(starts_at: number, ends_at: number): string {
  const same_day = date_words(starts_at) === date_words(ends_at)
  return `${instant_words(starts_at)}–${same_day ? wall(ends_at).time : instant_words(ends_at)}`
}

/** "2026-03-05" and "14:30" of the wall clock, for date and time fields. */
export function wall_fields(at: number): { date: string; time: string } {
  const { year, month, day, time } = wall(at)
  return { date: `${year}-${two(month)}-${two(day)}`, time }
}

/** The instant of a date field and a time field; NaN if one of them is not filled in. */
export function instant_of_fields(date: string, time: string): number {
  const wall_clock = Date.parse(`${date}T${time}:00Z`)
  if (Number.isNaN(wall_clock)) return NaN
  // The offset that holds then, not the one that holds so many hours later or earlier.
  const near = wall_clock - offset_at(wall_clock)
  return wall_clock - offset_at(near)
}

/** The next full half hour that is at least an hour away. */
export function next_half_hour(now: number): number {
  const half_ms = 30 * minute_ms
  return Math.ceil((now + 2 * half_ms) / half_ms) * half_ms
}

/** What a form proposes for a service that can wait: the same, or nine in the morning instead of an evening or a night. */
export function next_daytime(now: number): number {
  const at = next_half_hour(now)
  const { date, time } = wall_fields(at)
  if (time >= '08:00' && time <= '16:00') return at
  const nine = instant_of_fields(date, '09:00')
  return nine > at ? nine : instant_of_fields(wall_fields(nine + 24 * 60 * minute_ms).date, '09:00')
}

/** 00:00, 00:30 … 23:30. */
export const half_hours = Array.from({ length: 48 }, (_, half) => `${two(Math.floor(half / 2))}:${half % 2 ? '30' : '00'}`)
