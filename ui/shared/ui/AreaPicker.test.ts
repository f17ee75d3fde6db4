import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import AreaPicker from './AreaPicker.vue'

const area = (id: number, name: string) => ({ id, name, kind: 'community', kind_zh: '社区', kind_en: 'community', parents: '黄岛区 / 薛家岛街道' })
const asked: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(new URL(request.url).searchParams.get('q') ?? '')
    return Response.json({ items: [area(11, '金沙滩社区居民委员会'), area(12, '南营社区居民委员会')] })
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  asked.length = 0
})

async function typed(text: string) {
  const picker = mount(AreaPicker, { attachTo: document.body })
  await picker.find('input').setValue(text)
  await vi.advanceTimersByTimeAsync(500)
  await flushPromises()
  return picker
}

describe('The area picker', () => {
  test('asks for any part of the name and shows where each area lies', async () => {
    const picker = await typed('沙滩')
    expect(asked).toEqual(['沙滩'])
    expect(picker.findAll('[role=option]').map((option) => option.text())).toEqual([
      '金沙滩社区居民委员会黄岛区 / 薛家岛街道',
      '南营社区居民委员会黄岛区 / 薛家岛街道',
    ])
  })

  test('is worked by keyboard alone', async () => {
    const picker = await typed('社区')
    const field = picker.find('input')
    await field.trigger('keydown', { key: 'ArrowDown' })
    expect(field.attributes('aria-activedescendant')).toBe(picker.findAll('[role=option]')[1]!.attributes('id'))
    await field.trigger('keydown', { key: 'Enter' })
    expect(picker.emitted('update:modelValue')?.at(-1)).toEqual([expect.objectContaining({ id: 12 })])
    expect(picker.find('[role=listbox]').exists()).toBe(false)
  })

  test('forgets the chosen area once its name is changed', async () => {
    const picker = await typed('社区')
    await picker.find('input').trigger('keydown', { key: 'Enter' })
    await picker.find('input').setValue('另')
    expect(picker.emitted('update:modelValue')?.at(-1)).toEqual([undefined])
  })
})
