import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { StatementParts, TimeFigureWhy } from '../api/types'
import LeftOutSums from './LeftOutSums.vue'
import LiabilityWhy from './LiabilityWhy.vue'
import TotalParts from './TotalParts.vue'
import WhyFigure from './WhyFigure.vue'

const asked = vi.hoisted(() => ({ answers: [] as unknown[], queries: [] as unknown[] }))
vi.mock('../api/client', () => ({
  api: { GET: (path: string, sent: unknown) => asked.queries.push([path, sent]) },
  ask: () => Promise.resolve(asked.answers.shift()),
}))

const clause = { zh: '经确认的服务计入。', en: 'Confirmed service counts.', source: '平台默认' }
const posting = (id: number, fact_kind: string, minutes: number) => ({ id, fact_kind, minutes, posted_at: 1_772_672_400_000, reversed: false, clause })
const why: TimeFigureWhy = {
  figure: 'person', minutes: 35, came: 45, went: 10, postings: 2, items: [posting(9, 'credit.donated', -10)], next_cursor: '0-9', left_out_times: 1,
  left_out: [{ why: 'waits_for_call', record_id: 4, at: 1_772_672_400_000, minutes: 45, credited: 0, pooled: 0, clause }],
}
const options = { props: { person: 7, figure: 'person' as const }, slots: { default: '35 分钟' }, global: { stubs: { RouterLink: { template: '<a><slot /></a>' } } } }

beforeEach(() => {
  asked.answers = []
  asked.queries = []
})

async function opened(props = {}) {
  const figure = mount(WhyFigure, { ...options, props: { ...options.props, ...props } })
  ;(figure.find('details').element as HTMLDetailsElement).open = true // which tells so itself
  await flushPromises()
  return figure
}

test('A figure asks for nothing until it is opened, then shows its postings, their clauses, the sum and what is not counted', async () => {
  asked.answers = [why, { ...why, items: [posting(5, 'earning.judged', 45)], next_cursor: undefined }]
  const closed = mount(WhyFigure, options)
  await flushPromises()
  expect(asked.queries).toEqual([])
  closed.unmount()
  const figure = await opened()
  expect(asked.queries).toEqual([['/api/time-bank/people/{id}/figures/{key}', { params: { path: { id: 7, key: 'person' }, query: { cursor: undefined, limit: 20 } } }]])
  expect(figure.find('.sum').text()).toBe('存入 45 − 减少 10 = 35 分钟，共 2 笔')
  expect(figure.find('.counted').text()).toMatch(/-10.*流水第 9 号.*经确认的服务计入。 依据：平台默认/)
  expect(figure.find('.left-out').text()).toMatch(/等待电话回访.*服务 45 分钟，计入本人 0/)
  expect(figure.findAll('a')).toEqual([])
  await figure.find('button').trigger('click')
  await flushPromises()
  expect(figure.findAll('.counted li')).toHaveLength(2)
  expect(figure.find('button').exists()).toBe(false)
})

test('A figure says what of a grant has lapsed, and leads staff to the postings', async () => {
  asked.answers = [{ ...why, figure: 'grant', minutes: 0, came: 600, went: 45, next_cursor: undefined, left_out: [{ ...why.left_out[0], why: 'grant_lapsed', record_id: undefined }] }]
  const figure = await opened({ figure: 'grant', links: true })
  expect(figure.text()).toContain('其中 555 分钟已到期，显示为 0 分钟')
  expect(figure.findAll('a')).toHaveLength(1)
})

const parts: StatementParts = {
  month: '2026-03', position: 12, totals: [], left_out: [], redeemable_minutes: 30, too_young_minutes: 5, age_unknown_people: 2, age_unknown_minutes: 40, delivered_minutes: 45,
  delivered: [{ month: '2026-03', minutes: 45, minutes_now: 40 }], liability: clause,
}

test('The liability tells whom it leaves out, and divides what it shows', () => {
  const text = mount(LiabilityWhy, { props: { parts } }).text()
  expect(text).toContain('年龄未登记的余额（2 人），不算40')
  expect(text).toContain('可使用 30 ÷ 计入 45 = 66%')
  expect(text).toMatch(/2026-03\s*45.*此后变更：现为 40 分钟.*合计 45 分钟/s)
  expect(mount(LiabilityWhy, { props: { parts: { ...parts, age_unknown_people: 0, age_unknown_minutes: 0 } } }).text()).not.toContain('年龄未登记')
})

test('The liability of a published month tells as one sum whom it leaves out', () => {
  const open_to_all = { ...parts, too_young_minutes: undefined, age_unknown_minutes: undefined, not_redeemable_minutes: 45 }
  const text = mount(LiabilityWhy, { props: { parts: open_to_all } }).text()
  expect(text).toContain('近期未到使用年龄或年龄未登记的余额，不算45')
  expect(text).not.toContain('2 人')
})

test('The liability of a published month tells no month of a few', () => {
  const few = { ...parts, delivered: [{ month: '2026-03' }, { month: '2026-02', minutes: 0 }] }
  const text = mount(LiabilityWhy, { props: { parts: few } }).text()
  expect(text).toMatch(/2026-03–.*“–”：太少，不单列。.*合计 45 分钟/s)
  expect(text).not.toContain('此后变更')
  const none = mount(LiabilityWhy, { props: { parts: { ...few, delivered_minutes: undefined } } }).text()
  expect(none).toContain('合计 – 分钟')
  expect(none).not.toContain('%')
  const hidden = mount(LiabilityWhy, { props: { parts: { ...parts, redeemable_minutes: undefined } } }).text()
  expect(hidden).toMatch(/–.*“–”：太少，不单列。/s)
  expect(hidden).not.toContain('%')
})

test('What is of too few has no number, in a total and among what was left out', () => {
  const total = { account: 'pool' as const, parts: [{ clauses: [clause] }] }
  expect(mount(TotalParts, { props: { total, position: 12 } }).text()).toMatch(/其他（笔数太少，不单列）.*–.*合计 – 分钟/s)
  expect(mount(LeftOutSums, { props: { rows: [{ why: 'few', clause }] } }).text()).toContain('– 分钟未计入本人')
})

test('What waited for a call-back when the month was closed stands beside what waits by now', () => {
  const rows = [{ why: 'waits_for_call', times: 1, minutes: 45, times_now: 1, minutes_now: 30, clause }]
  expect(mount(LeftOutSums, { props: { rows } }).text()).toMatch(/1 次，45 分钟未计入本人.*此后变更：现为 1 次，30 分钟/s)
})

test('A total shows its parts; of a few neither kind nor number', () => {
  const total = { account: 'pool' as const, minutes: 65, parts: [{ fact_kind: 'earning.judged', postings: 6, minutes: 60, clauses: [clause] }, { minutes: 5, clauses: [] }] }
  const text = mount(TotalParts, { props: { total, position: 12 } }).text()
  expect(text).toMatch(/6 笔.*\+60.*经确认的服务计入。.*其他（笔数太少，不单列）.*\+5.*合计 65 分钟.*计到流水第 12 号/s)
})
