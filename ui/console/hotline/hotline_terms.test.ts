import { expect, test, vi } from 'vitest'
import { session } from '../../shared/api/session'
import { navigation } from '../shell/navigation'
import { hotline_name, learn_hotline } from './hotline_terms'

let answered: object = {}
vi.mock('../../shared/api/client', () => ({
  api: { GET: (path: string) => ({ path }) },
  ask: async (asked: { path: string }) => (asked.path === '/api/hotline-terms' ? answered : Promise.reject(new Error(asked.path))),
}))

const places = () => navigation().flatMap((group) => group.destinations.map((destination) => destination.name))

test('The hotline stands in the navigation under its own name, and only where the pack has one', async () => {
  session.value = { roles: [{ role: 'district_officer' }], permissions: ['hotline_order.read', 'need.read'] } as never
  expect(places()).toContain('needs')
  expect(places()).not.toContain('hotline')

  answered = { name_zh: '便民热线', name_en: '311 line', number: '311' }
  await learn_hotline()
  expect(places()).toContain('hotline')
  expect(hotline_name()).toBe('便民热线')

  answered = { name_zh: '', name_en: '', number: '' }
  await learn_hotline()
  expect(places()).not.toContain('hotline')
  session.value = null
})
