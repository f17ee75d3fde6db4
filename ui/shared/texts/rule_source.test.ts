// A pack names what a clause follows in Chinese; English pages say in English what is no law's name.
import { afterEach, expect, test } from 'vitest'
import { rule_source } from './rule_source'
import { use_language } from './texts'

afterEach(() => use_language('zh-CN'))

test('The source of a clause is said in the language of the page', async () => {
  expect(rule_source('平台默认')).toBe('平台默认')
  expect(rule_source('志愿服务条例；平台默认')).toBe('志愿服务条例；平台默认')
  await use_language('en')
  expect(rule_source('平台默认')).toBe('platform default')
  expect(rule_source('示例值，待区级主管部门审定')).toBe('example value, to be settled by the district')
  expect(rule_source('志愿服务条例；平台默认')).toBe('志愿服务条例; platform default')
  expect(rule_source('proposal')).toBe('proposal')
})
