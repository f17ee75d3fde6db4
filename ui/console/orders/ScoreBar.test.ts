import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import ScoreBar from './ScoreBar.vue'

const part = (key: string, zh: string, points: number, max: number) => ({ key, zh, en: key, points, max })

test('A score bar is as long as its points of all that could be had, and says each part', () => {
  const candidate = { person_id: 1, name: '周**', total: 50, parts: [part('distance', '距离', 40, 80), part('preference', '意愿', 10, 20)] }
  const bar = mount(ScoreBar, { props: { candidate } })
  expect(bar.findAll('.bar span').map((segment) => segment.attributes('style'))).toEqual([
    expect.stringContaining('width: 40%'),
    expect.stringContaining('width: 10%'),
  ])
  expect(bar.find('.total').text()).toBe('50 分')
  expect(bar.find('.parts').text()).toMatch(/距离 40\/80.*意愿 10\/20/)
})
