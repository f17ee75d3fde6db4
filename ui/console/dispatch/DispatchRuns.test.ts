import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { session } from '../../shared/api/session'
import type { Session } from '../../shared/api/types'
import DispatchRuns from './DispatchRuns.vue'

const row = (id: number) => ({ id, made_at: 0, area_name: '区', state: 'proposed' })
const run = (id: number) => ({ ...row(id), items: [], shortages: [], actions: [], waiting: 0 })
let slow: (() => void) | undefined

beforeEach(() => {
  slow = undefined
  session.value = { permissions: [], roles: [] } as unknown as Session
  vi.stubGlobal('fetch', async (request: Request) => {
    const id = Number(/\d+$/.exec(new URL(request.url).pathname)?.[0])
    if (!id) return Response.json({ items: [row(1), row(2)] })
    if (id === 9) return Response.json({ code: 'not_found', title_zh: '没有这个批次。', title_en: 'none' }, { status: 404 })
    if (id === 3) await new Promise<void>((go_on) => (slow = go_on))
    return Response.json(run(id))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  session.value = null
})

async function open(id: number) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: DispatchRuns }] })
  const RunSummary = { props: ['run'], template: '<b class="run">{{ run.id }}</b>' }
  const page = mount(DispatchRuns, { props: { id }, global: { plugins: [router], stubs: { RunSummary, ShortageTable: true } } })
  await flushPromises()
  return page
}

test('A run that cannot be read is not shown as the one before it', async () => {
  const page = await open(1)
  expect(page.find('.run').text()).toBe('1')
  await page.setProps({ id: 9 })
  await flushPromises()
  expect(page.text()).toContain('没有这个批次')
  expect(page.find('.run').exists()).toBe(false)
})

test('An answer that comes late does not take the place of the run that was asked for last', async () => {
  const page = await open(1)
  await page.setProps({ id: 3 })
  await flushPromises()
  await page.setProps({ id: 2 })
  await flushPromises()
  slow!()
  await flushPromises()
  expect(page.find('.run').text()).toBe('2')
})
