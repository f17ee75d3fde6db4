import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { session } from '../../shared/api/session'
import type { Session } from '../../shared/api/types'
import PersonDetail from './PersonDetail.vue'

const person = { id: 7, name: '李*', area_id: 3, area_name: '顾家岛社区', roles: [], address_sealed: false, actions: ['read_person'] }
let born = '1982-04-05'
let shown = 0

beforeEach(() => {
  born = '1982-04-05'
  shown = 0
  session.value = { permissions: ['birth_date.correct'], roles: [] } as unknown as Session
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname
    if (path.endsWith('/reading')) return Response.json({ name: '李明', birth_date: born })
    if (path.endsWith('/birth-date')) {
      if (request.method === 'POST') born = (await request.json()).birth_date
      return Response.json({ person_id: 7, birth_date: `${born.slice(0, 4)}-**-**`, from_document: false, actions: ['correct_birth_date'] })
    }
    shown += 1
    return Response.json(person)
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  session.value = null
})

test('What was read in clear goes once the date of birth has been corrected', async () => {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/people/:id', name: 'people', component: PersonDetail }] })
  await router.push('/people/7')
  // The dialog for the reason is another's subject: here it answers at once.
  const ReasonDialog = { props: ['write'], template: '<button class="said" @click="write({ reason: \'x\' }, {})" />' }
  const stubs = { ReasonDialog, AddressSecrecy: true, RecordCheck: true, RetentionNote: true }
  const page = mount(PersonDetail, { props: { id: 7 }, global: { plugins: [router], stubs } })
  await flushPromises()
  await page.find('.said').trigger('click')
  await flushPromises()
  expect(page.text()).toContain('1982-04-05')
  const before = shown
  await page.find('.birth-date button.ask').trigger('click')
  await page.find('input[name=birth_date]').setValue('1979-06-07')
  await page.find('input[name=reason]').setValue('出生证明')
  await page.find('.birth-date form').trigger('submit')
  await flushPromises()
  expect(page.text()).toContain('1979-**-**')
  expect(page.text()).not.toContain('1982-04-05')
  expect(page.text()).not.toContain('李明')
  expect(shown).toBe(before + 1)
})
