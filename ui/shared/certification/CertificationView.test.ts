import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { CertificationPage } from '../api/types'
import CertificationView from './CertificationView.vue'

type FactCounted = CertificationPage['facts'][number]

const clause = { zh: '', en: '' }
const entered = 1_772_672_400_000 // 2026-03-05
const ten_years_ago = 1_420_041_600_000 // 2015-01-01
const page: CertificationPage = {
  person_id: 2, name: '魏*', notice: clause, notice_source: '', volunteer: true, level: 'V1', level_name: clause, level_says: clause, professional: false, recognised: false, ends_soon: false,
  validity_says: clause, lowering_says: clause, lowerings: [], held: [], goals: [], facts: [], facts_in_all: 1, star: { stars: 0, counting: clause, source: '', minutes: 0 }, fields: [], licences: [],
  grounds: [], causes: [], suspend_days_max: 180, actions: [],
}
const text_of = (more: Partial<FactCounted>) => {
  const fact: FactCounted = { position: 9, kind: 'course.passed', at: entered, counts: true, course: 'renewal', minutes: 480, ...more }
  return mount(CertificationView, { props: { page: { ...page, facts: [fact] } } }).find('.facts-counted').text()
}

test('A course is dated by the day it was held, beside that of its entry', () => {
  const shown = text_of({ held_at: ten_years_ago, counts: false, why: 'before_registration' })
  expect(shown).toMatch(/2015年1月1日.*举行.*2026年3月5日.*签认.*8 小时.*注册为志愿者之前/s)
  expect(text_of({ held_at: entered }).match(/2026年3月5日/g)).toHaveLength(1)
})

test('A course that adds nothing says why', () => {
  expect(text_of({ held_at: entered, counts: false, why: 'entered_twice' })).toContain('同一课程已计入一次')
  expect(text_of({ held_at: entered, counts: false, why: 'before_span' })).toContain('在授予或上次续期之前')
})
