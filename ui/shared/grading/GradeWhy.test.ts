import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { GradePage, GradeService } from '../api/types'
import GradeWhy from './GradeWhy.vue'

const clause = { zh: '', en: '', source: '' }
const at = 1_772_672_400_000
const service = (order_id: number, more: Partial<GradeService> = {}): GradeService => ({ order_id, ends_at: at, counted: 'completed', counts: true, satisfaction: 5, excusable: false, ...more })
const page: GradePage = {
  graded: 'team', subject_id: 3, name: '夕阳红志愿服务队', color: 'green', paused: false, from: at, until: at, window: clause, enough: true, services: 250, services_min: 15, score_says: clause, parts: [],
  gates: [], bands_say: clause, hysteresis: clause, remedial_minutes: 0, remedial_minutes_needed: 0, good_services: 0, good_services_needed: 0, counted: [service(1)], not_counted: [], counted_in_all: 250,
  not_counted_in_all: 0, incidents: [], excused: 0, history: [], proposals: [], appeal_says: clause, triggers: [], actions: [],
}
const text = (more: Partial<GradePage>) => mount(GradeWhy, { props: { grade: { ...page, ...more } } }).text()

test('A service of a month that is over says what changed since, and keeps what was counted', () => {
  const changed = service(2, { satisfaction: undefined, since: { counted: 'no_show', satisfaction: 2, at } })
  const shown = text({ counted: [service(1), changed] })
  expect(shown.match(/此后/g)).toHaveLength(2)
  expect(shown).toMatch(/完成.*此后变更（.*）：.*未到.*此后评价（.*）：2 分/s)
})

test('The number of services is of all, and the page says how many it lists', () => {
  const shown = text({})
  expect(shown).toContain('计入的服务 250 次')
  expect(shown).toContain('这里列出前 1 次。')
  expect(text({ counted_in_all: 1 })).not.toContain('这里列出')
})

test('A gate shows what it looked at beside its clause', () => {
  const gate = (key: string, more = {}) => ({ key, says: clause, bit: false, found: 0, from: 5, ...more })
  const shown = text({ gates: [gate('no_shows', { found: 2, from: 3 }), gate('unresolved', { found: 4, of: 6, limit: 70 }), gate('dissatisfied', { found: 29, of: 6, limit: 2 })] })
  expect(shown).toMatch(/未到 2 次；3 次起触及.*已解决 4 ÷ 答复 6；答复满 5 条且不足 70%.*评分合计 29 ÷ 6 条；满 5 条且均分不高于 2/s)
})

test('Incidents and records in time are told where they count', () => {
  expect(text({})).not.toContain('按时')
  expect(text({ counted: [service(1, { record_in_time: false })] })).toContain('未按时')
  expect(text({})).toContain('没有属实且由服务人员造成的突发情况。')
  expect(text({ incidents: [{ settled_at: at, zh: '严重', en: 'major', percent: 100 }] })).toMatch(/突发情况 1 件.*严重，扣 100%/s)
})
