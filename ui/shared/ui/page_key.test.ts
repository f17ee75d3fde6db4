import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter, type RouteRecordRaw } from 'vue-router'
import { router as console_router } from '../../console/routes'
import { router as phone_router } from '../../phone/routes'
import { page_key } from './page_key'

/** The keys of two addresses of one route. */
function keys(routes: readonly RouteRecordRaw[], ...paths: string[]) {
  const router = createRouter({ history: createMemoryHistory(), routes })
  return paths.map((path) => page_key(router.resolve(path)))
}
const differ = (routes: readonly RouteRecordRaw[], one: string, other: string) => {
  const [first, second] = keys(routes, one, other)
  return first !== second
}

test('A page of the console is made anew for another id and for another query', () => {
  const routes = console_router.options.routes
  for (const [one, other] of [
    ['/grades/people/1', '/grades/people/2'],
    ['/orders/1/slip', '/orders/2/slip'],
    ['/needs/1/order', '/needs/2/order'],
    ['/activities/1/place-code', '/activities/2/place-code'],
    ['/rule-packs/1/draft', '/rule-packs/2/draft'],
    ['/incidents/report/order/1', '/incidents/report/activity/1'],
    ['/complaints/take?about=order&id=1', '/complaints/take?about=order&id=2'],
    ['/home/needs_due', '/home/offers'],
  ]) expect(differ(routes, one!, other!), other).toBe(true)
})

test('A list stays while its detail changes, and follows its filter', () => {
  const routes = console_router.options.routes
  for (const [one, other] of [
    ['/needs', '/needs/2'],
    ['/needs/1', '/needs/2'],
    ['/records/1?late=true', '/records/2?late=true'],
    ['/records?late=true', '/records'],
    ['/grades/1', '/grades/2'],
  ]) expect(differ(routes, one!, other!), other).toBe(false)
  expect(differ(routes, '/needs/1', '/orders/1')).toBe(true)
})

test('A page of the phone is made anew for another address; a place within it is the same page', () => {
  const routes = phone_router.options.routes
  for (const [one, other] of [
    ['/certificates/A?code=1', '/certificates/B?code=1'],
    ['/certificates/A?code=1', '/certificates/A?code=2'],
    ['/check', '/certificates/A'],
    ['/grades/team/1', '/grades/person/1'],
    ['/grades/team/1', '/grades/team/2'],
    ['/slip/one', '/slip/other'],
    ['/guardian/one', '/guardian/other'],
    ['/orders/1', '/orders/1?code=123456'],
    ['/join?area=1', '/join?area=2'],
  ]) expect(differ(routes, one!, other!), other).toBe(true)
  expect(differ(routes, '/slip/one', '/slip/one#code')).toBe(false)
})

test('What was typed into the filter of a list outlives the choice of its rows', async () => {
  let made = 0
  const List = { props: ['id'], setup: () => void ++made, template: '<input><b>{{ id }}</b>' }
  const Detail = { props: ['id'], setup: () => void ++made, template: '<i>{{ id }}</i>' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/list/:id?', component: List, props: true },
      { path: '/page/:id', component: Detail, props: true },
    ],
  })
  await router.push('/list')
  const app = mount({ methods: { page_key }, template: '<RouterView :key="page_key($route)" />' }, { global: { plugins: [router] } })
  await flushPromises()
  await app.find('input').setValue('王')
  await router.push('/list/2')
  expect(app.find('b').text()).toBe('2')
  expect([(app.find('input').element as HTMLInputElement).value, made]).toEqual(['王', 1])
  await router.push('/page/1')
  await router.push('/page/2')
  expect([app.find('i').text(), made]).toEqual(['2', 3])
})
