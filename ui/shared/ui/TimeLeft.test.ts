import { mount } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import type { Haste } from './clock'
import TimeLeft from './TimeLeft.vue'

describe('The time left', () => {
  test('has a shape of its own for each haste, so that colour is not needed', () => {
    const hastes: Haste[] = ['late', 'soon', 'fine', 'done']
    const shapes = hastes.map((haste) => mount(TimeLeft, { props: { haste, left: '剩 2小时' } }).find('path').attributes('d'))
    expect(new Set(shapes).size).toBe(hastes.length)
  })

  test('says what it is for', () => {
    const shown = mount(TimeLeft, { props: { haste: 'late', step: '首次联系', left: '已超 20分' } })
    expect(shown.text()).toMatch(/首次联系\s+已超 20分/)
  })
})
