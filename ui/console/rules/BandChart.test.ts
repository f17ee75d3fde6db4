import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { BackTestPart } from '../../shared/api/types'
import BandChart from './BandChart.vue'

const bands = [
  { zh: '按时', en: 'in time', before: 40, after: 20 },
  { zh: '超时', en: 'late', before: 0, after: 20 },
  { zh: '未联系', en: 'nobody', before: undefined, after: undefined },
]
const part = { mechanism: 'first_contact', zh: '首次联系', en: 'first contact', bands, groups: [] } as unknown as BackTestPart

test('Each band stands by its name, with the numbers of its bars', () => {
  const chart = mount(BandChart, { props: { part, small_group: 10 } })
  expect(chart.find('[role=img]').attributes('aria-label')).toBe('首次联系的分布')
  expect(chart.findAll('.band').map((name) => name.text())).toEqual(['按时', '超时', '未联系'])
  expect(chart.findAll('.pair').map((pair) => pair.findAll('.count').map((count) => count.text()))).toEqual([['40', '20'], ['0', '20'], ['不显示', '不显示']])
  const shares = chart.findAll('.bar:not(.hidden)').map((bar) => (bar.element as HTMLElement).style.getPropertyValue('--share'))
  expect(shares).toEqual(['1', '0.5', '0', '0.5'])
})

test('What is not shown has a mark of its own and a word, which nobody has not', () => {
  const chart = mount(BandChart, { props: { part, small_group: 10 } })
  expect(chart.findAll('.pair').map((pair) => pair.findAll('.bar.hidden').length)).toEqual([0, 0, 2])
  expect(chart.find('figcaption').text()).toContain('不显示')
  expect(chart.text()).toContain('少于 10')
  const whole = mount(BandChart, { props: { part: { ...part, bands: bands.slice(0, 2) }, small_group: 10 } })
  expect(whole.text()).not.toContain('不显示')
})

test('The table says the same to whoever does not see the chart', () => {
  const chart = mount(BandChart, { props: { part, small_group: 10 } })
  expect(chart.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()))).toEqual([['按时', '40', '20'], ['超时', '0', '20'], ['未联系', '—', '—']])
})
