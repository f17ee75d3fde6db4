import { expect, test } from 'vitest'
import { name_roles, role_label } from './texts'

test('A role has the name that the rule pack gives it, else its usual one', () => {
  const usual = role_label('street_staff')
  name_roles([{ role: 'street_staff', zh: '片区工作人员', en: 'ward staff' }])
  expect(role_label('street_staff')).toBe('片区工作人员')
  expect(role_label('volunteer')).toBe('志愿者')
  name_roles([])
  expect(role_label('street_staff')).toBe(usual)
})
