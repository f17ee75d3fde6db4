import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { use_emergency_numbers } from './emergency_numbers'
import EmergencyNumbers from './EmergencyNumbers.vue'

const answers: Record<string, unknown> = {
  '/api/incidents/terms': { emergency_numbers: [{ number: '999', zh: '急救', en: 'ambulance' }, { number: '112', zh: '急救', en: 'the same' }], severities: [] },
}
let reachable = true

beforeEach(() => {
  reachable = true
  localStorage.clear()
  vi.stubGlobal('fetch', async (request: Request) => {
    if (!reachable) throw new TypeError('no network')
    return Response.json(answers[new URL(request.url).pathname])
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

async function shown() {
  const Page = defineComponent({
    setup() {
      const numbers = use_emergency_numbers()
      return () => h(EmergencyNumbers, { numbers: numbers.value })
    },
  })
  const page = mount(Page)
  await flushPromises()
  return page
}

const tapped = (page: Awaited<ReturnType<typeof shown>>) => page.findAll('a').map((link) => link.attributes('href'))

describe('The numbers to call first', () => {
  test('are those of the rule pack', async () => {
    expect(tapped(await shown())).toEqual(['tel:999', 'tel:112'])
  })

  test('are known without a network once they were read', async () => {
    await shown()
    reachable = false
    expect(tapped(await shown())).toEqual(['tel:999', 'tel:112'])
  })

  test('are words where none is known', async () => {
    reachable = false
    localStorage.setItem('hezhi.emergency_numbers', 'not json')
    const page = await shown()
    expect(tapped(page)).toEqual([])
    expect(page.text()).toBe('当地的报警、急救电话')
  })
})
