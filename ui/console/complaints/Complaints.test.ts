import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { session } from '../../shared/api/session'
import type { Session } from '../../shared/api/types'
import Complaints from './Complaints.vue'

let asked: (string | null)[] = []
beforeEach(() => {
  asked = []
  session.value = { permissions: [], roles: [] } as unknown as Session
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(new URL(request.url).searchParams.get('filter'))
    return Response.json({ items: [] })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  session.value = null
})

test('The list is that of the address, and a filter that is chosen stands there', async () => {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/complaints/:id?', name: 'complaints', component: Complaints }] })
  await router.push('/complaints?filter=late&area=3')
  const page = mount(Complaints, { global: { plugins: [router] } })
  await flushPromises()
  await router.push('/complaints?filter=withdrawn&area=3')
  await flushPromises()
  expect((page.find('input[value=withdrawn]').element as HTMLInputElement).checked).toBe(true)
  await page.find('input[value=all]').setValue()
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ filter: 'all', area: '3' })
  await router.push('/complaints')
  await flushPromises()
  expect(asked).toEqual(['late', 'withdrawn', 'all', 'open'])
})
