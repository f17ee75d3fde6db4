// What the district calls its time bank stands on every page; no text has a name of its own for it.
import { afterEach, describe, expect, test } from 'vitest'
import generated from '../generated/catalogue.json'
import en from './en.json'
import { action_label, fact_label, name_bank, t, use_language } from './texts'
import zh from './zh-CN.json'

/** Where the word is another thing: the hours that a service took; and a district that has no bank. */
const not_the_bank = new Set([
  'fact_key.served_at', 'records.when', 'records.entering_says', 'certificate.served', 'slip.minutes', 'minutes.total', 'records.cockpit',
  'nav.bank', 'time.closed',
])
const fixed = /服务时间|时间银行|时间币|时间积分|互助时间|service time|time bank|time coin|time credit/i

afterEach(async () => {
  name_bank(undefined)
  await use_language('zh-CN')
})

describe('The time bank', () => {
  test.each([['Chinese', zh], ['English', en]] as [string, Record<string, Record<string, string>>][])('has no fixed name in the %s texts', (_, texts) => {
    const found = Object.entries(texts).flatMap(([group, rows]) => Object.entries(rows).map(([key, text]) => [`${group}.${key}`, text] as const))
    expect(found.filter(([key, text]) => fixed.test(text) && !not_the_bank.has(key))).toEqual([])
  })

  test('has no fixed name in the labels of actions, facts and states', () => {
    const labels = Object.entries({ ...generated.actions, ...generated.facts }).map(([key, label]) => [key, label.zh, label.en])
    expect(labels.length).toBeGreaterThan(100)
    expect(labels.filter(([, in_zh, in_en]) => fixed.test(in_zh!) || fixed.test(in_en!))).toEqual([])
  })

  test('is called what the district calls it', async () => {
    name_bank({ zh: '时间币', en: 'time coins' })
    expect(t('nav.time_bank')).toBe('时间币')
    expect(t('home.time')).toBe('我的时间币与预约')
    expect(t('funding.credit')).toBe('时间币')
    await use_language('en')
    expect(t('nav.time_bank')).toBe('Time coins')
    expect(t('home.time')).toBe('My time coins and bookings')
    expect(t('exchange.not_here_next')).toBe('Confirmed service is credited; see “Time coins”.')
  })

  test('has the common name where the district has none, and another as soon as it is told', () => {
    expect(t('nav.time_bank')).toBe('时间银行')
    name_bank({ zh: '互助小时', en: 'time credits' })
    expect(t('time.with_time')).toContain('互助小时')
    expect(t('time.with_time')).not.toMatch(/\{|服务时间/)
  })

  test('is not named by what is done in it', () => {
    for (const action of ['judge_earning', 'hold_credit', 'settle_credit', 'release_credit']) expect(action_label(action)).not.toMatch(fixed)
    for (const fact of ['earning.judged', 'credit.held', 'credit.settled', 'credit.released']) expect(fact_label(fact)).not.toMatch(fixed)
  })
})
