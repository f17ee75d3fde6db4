import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { Figure } from '../../shared/api/types'
import FigureWhy from './FigureWhy.vue'

const clause = { zh: '7 日内的提示并案。', en: 'Within 7 days merging is suggested.', source: '平台默认', place: 'base/asking.toml:18' }
const figure: Figure = {
  key: 'resolved', zh: '解决', en: 'resolved', says_zh: '', says_en: '', numerator: 2, denominator: 3, clauses: [],
  not_counted: [
    { why: 'merged', needs: 1, clauses: [clause] },
    { why: 'unfinished', needs: 4, clauses: [] },
  ],
}
const shown = (of: Figure) => mount(FigureWhy, { props: { figure: of, area: 7, days: { from: '2026-03-01' } }, global: { stubs: { RouterLink: { props: ['to'], template: '<a :data-to="JSON.stringify(to)"><slot /></a>' } } } })

test('Each reason for which a figure leaves needs out has its number, its clause and its list of the same days', () => {
  const why = shown(figure)
  expect(why.text()).toMatch(/未计入的需求 5 件.*已并案，与保留的一件合并计数 · 1 件.*7 日内的提示并案。.*尚未办结，还未询问结果 · 4 件/s)
  expect(why.findAll('a').map((link) => JSON.parse(link.attributes('data-to')!))).toEqual([
    { name: 'figure_needs', params: { area: 7, figure: 'resolved', part: 'not_counted' }, query: { from: '2026-03-01', why: 'merged' } },
    { name: 'figure_needs', params: { area: 7, figure: 'resolved', part: 'not_counted' }, query: { from: '2026-03-01', why: 'unfinished' } },
  ])
})

test('A figure that leaves nothing out says so', () => {
  const why = shown({ ...figure, not_counted: [] })
  expect(why.text()).toContain('范围内的需求均已计入。')
  expect(why.find('details').exists()).toBe(false)
})
