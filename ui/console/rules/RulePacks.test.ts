import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { session } from '../../shared/api/session'
import type { Session } from '../../shared/api/types'
import RulePacks from './RulePacks.vue'

const pack = (id: number, effective_at: number) => ({ id, name: 'district', pack_version: String(id), state: 'published', in_force: false, effective_at })

beforeEach(() => {
  session.value = { permissions: [], roles: [] } as unknown as Session
  const items = [pack(2, Date.parse('2037-01-01T00:00:00+08:00')), pack(1, Date.parse('2036-01-01T00:00:00+08:00'))]
  vi.stubGlobal('fetch', async () => Response.json({ items }))
})
afterEach(() => {
  vi.unstubAllGlobals()
  session.value = null
})

test('Packs of different years are told apart in the list', async () => {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/rule-packs/:id?', name: 'rule_packs', component: RulePacks }] })
  const page = mount(RulePacks, { global: { plugins: [router] } })
  await flushPromises()
  expect(page.findAll('.list-row').map((row) => /\d.*起生效/.exec(row.find('.soft').text())?.[0])).toEqual(['2037年1月1日 00:00 起生效', '2036年1月1日 00:00 起生效'])
})
