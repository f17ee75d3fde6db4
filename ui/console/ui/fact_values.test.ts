import { expect, test } from 'vitest'
import type { Fact } from '../../shared/api/types'
import { values_in_words } from './fact_values'

const fact = (key: string, value: string): Fact => ({
  position: 1, kind: 'order.opened', zh: '', en: '', recorded_at: 0, occurred_at: 0, via: 'account', values: [{ key, value }],
})

const rows: [string, string, string][] = [
  ['handle_until', '1772692200000', '2026年3月5日 周四 14:30'],
  ['consent', 'true', '是'],
  ['duty_boundary', 'volunteer', '志愿者可承接'],
  ['channel', 'grid', '网格上报'],
  ['resolution', 'resolved', '已解决'],
  ['category', 'environment_clean_up', '环境整治'],
  ['leader', '2722', '人员 2722'],
  ['why', 'over_day', '超出当日上限，其余入互助池'],
  ['pack', '87d797d3e745855a9501', '87d797d3e745'],
]
test.each(rows)('the value of %s, %s, is shown as %s', (key, value, words) => {
  expect(values_in_words(fact(key, value), '环境整治')[0]?.words).toBe(words)
})

test('nobody is not shown as a person', () => {
  expect(values_in_words(fact('recipient', '0'))).toEqual([])
})
