import { afterEach, describe, expect, test, vi } from 'vitest'
import { language } from '../texts/language'
import { date_words, instant_of_fields, instant_words, next_daytime, next_half_hour, short_words, wall_fields, window_words } from './dates'
import { zone } from './zone'

const march_fifth = Date.parse('2026-03-05T14:30:00+08:00')
const minute = 60_000

afterEach(() => {
  vi.useRealTimers()
  language.value = 'zh-CN'
  zone.value = 'Asia/Shanghai'
})

describe('Dates', () => {
  test('are written as 2026年3月5日 周四 14:30', () => {
    expect(instant_words(march_fifth)).toBe('2026年3月5日 周四 14:30')
  })

  test('are written in plain English on English pages', () => {
    language.value = 'en'
    expect(instant_words(march_fifth)).toBe('Thu 5 Mar 2026 14:30')
  })

  test('are short within this year, and name another one', () => {
    const [this_year, next] = [Date.parse('2026-12-31T23:59:00+08:00'), Date.parse('2027-01-01T00:00:00+08:00')]
    vi.useFakeTimers({ now: this_year })
    expect(short_words(march_fifth)).toBe('3月5日 14:30')
    expect([short_words(this_year), short_words(next)]).toEqual(['12月31日 23:59', '2027年1月1日 00:00'])
    expect(short_words(Date.parse('2037-01-01T00:00:00+08:00'))).toBe('2037年1月1日 00:00')
    language.value = 'en'
    expect([short_words(march_fifth), short_words(next)]).toEqual(['5 Mar 14:30', '1 Jan 2027 00:00'])
    vi.setSystemTime(next) // the year is that of the place: in Greenwich it is still 2026
    expect([short_words(march_fifth), short_words(next)]).toEqual(['5 Mar 2026 14:30', '1 Jan 00:00'])
  })

  test('change at midnight in China, not at midnight UTC', () => {
    expect(date_words(Date.parse('2026-03-05T23:59:00+08:00'))).toBe('2026年3月5日 周四')
    expect(date_words(Date.parse('2026-03-06T00:00:00+08:00'))).toBe('2026年3月6日 周五')
  })

  test('name the day once in a window within one day and twice across midnight', () => {
    expect(window_words(march_fifth, march_fifth + 45 * minute)).toBe('2026年3月5日 周四 14:30–15:15')
    expect(window_words(march_fifth, march_fifth + 600 * minute)).toBe('2026年3月5日 周四 14:30–2026年3月6日 周五 00:30')
  })

  test('go into fields and come back as the same instant', () => {
    const { date, time } = wall_fields(march_fifth)
    expect([date, time]).toEqual(['2026-03-05', '14:30'])
    expect(instant_of_fields(date, time)).toBe(march_fifth)
  })

  test('keep the hour of a place with summer time, in summer and in winter', () => {
    language.value = 'en'
    zone.value = 'Europe/London'
    expect(instant_words(Date.parse('2026-07-15T09:00:00+01:00'))).toBe('Wed 15 Jul 2026 09:00')
    expect(instant_words(Date.parse('2026-01-15T09:00:00Z'))).toBe('Thu 15 Jan 2026 09:00')
    for (const [date, time] of [['2026-03-28', '23:30'], ['2026-03-29', '00:30'], ['2026-03-29', '02:30'], ['2026-10-24', '23:30'], ['2026-10-25', '02:30'], ['2026-10-26', '00:00']]) {
      expect(wall_fields(instant_of_fields(date!, time!))).toEqual({ date, time })
    }
  })

  test('of an empty field are no instant', () => {
    expect(instant_of_fields('', '14:30')).toBeNaN()
  })

  test('are proposed as a half hour at least an hour away', () => {
    expect(next_half_hour(march_fifth)).toBe(march_fifth + 60 * minute)
    expect(next_half_hour(march_fifth + minute)).toBe(march_fifth + 90 * minute)
  })

  test('are proposed by day for what can wait', () => {
    const proposed = (time: string) => wall_fields(next_daytime(instant_of_fields('2026-03-05', time)))
    expect(proposed('06:00')).toEqual({ date: '2026-03-05', time: '09:00' })
    expect(proposed('07:00')).toEqual({ date: '2026-03-05', time: '08:00' })
    expect(proposed('15:00')).toEqual({ date: '2026-03-05', time: '16:00' })
    expect(proposed('15:01')).toEqual({ date: '2026-03-06', time: '09:00' })
    expect(proposed('23:30')).toEqual({ date: '2026-03-06', time: '09:00' })
  })
})
