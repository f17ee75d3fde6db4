import { beforeEach, describe, expect, test } from 'vitest'
import type { Category } from '../../shared/api/types'
import { find_categories, groups_of, recent_categories, remember_category } from './find_categories'

const category = (number: number, key: string, name_zh: string, group: string, more: Partial<Category> = {}): Category => ({
  key, number, name_zh, name_en: key.replaceAll('_', ' '), group, group_zh: group === 'elders' ? '为老服务' : '便民服务', group_en: group,
  duty_boundary: 'volunteer', duty_boundary_after_first: 'volunteer', certification: 1, minutes: 45, people: 1, people_after: 1, insurance: false,
  minor_contact: false, credit_eligible: false, redeemable: false, age_years_min: 18, risk_level: 'R2', default_class: 'P3', notes_zh: '', notes_en: '', ...more,
})
const all = [
  category(1, 'visit_alone_elder', '独居老人探访', 'elders', { duty_boundary: 'volunteer_supervised' }),
  category(5, 'meal_delivery', '助餐送餐', 'elders'),
  category(51, 'pets_and_laundry', '宠物临时照看', 'everyday'),
]
const found = (words: string, group = '', boundary = '') => find_categories(all, { words, group, boundary }).map((each) => each.number)

describe('A search of the catalogue', () => {
  test('finds a name in either language, whatever its letters', () => {
    expect(found('送餐')).toEqual([5])
    expect(found('MEAL')).toEqual([5])
  })
  test('finds a class by its words and by choice', () => {
    expect(found('为老')).toEqual([1, 5])
    expect(found('', 'everyday')).toEqual([51])
  })
  test('takes a number for the number and not for a part of another', () => {
    expect(found('5')).toEqual([5])
  })
  test('narrows by boundary and by every word', () => {
    expect(found('', '', 'volunteer_supervised')).toEqual([1])
    expect(found('为老 探访')).toEqual([1])
    expect(found('为老 宠物')).toEqual([])
  })
  test('names each class once', () => {
    expect(groups_of(all).map((group) => group.key)).toEqual(['elders', 'everyday'])
  })
})

describe('Recently used categories', () => {
  beforeEach(() => localStorage.clear())
  test('come newest first and each once', () => {
    remember_category('meal_delivery', all)
    remember_category('pets_and_laundry', all)
    remember_category('meal_delivery', all)
    expect(recent_categories(all).map((each) => each.key)).toEqual(['meal_delivery', 'pets_and_laundry'])
  })
  test('leave out what left the catalogue, and damaged memory', () => {
    localStorage.setItem('hezhi.recent_categories', '["gone","meal_delivery"]')
    expect(recent_categories(all).map((each) => each.key)).toEqual(['meal_delivery'])
    localStorage.setItem('hezhi.recent_categories', 'not json')
    expect(recent_categories(all)).toEqual([])
  })
})
