import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { answer, asked } from '../ui/leaving'
import DraftRulePack from './DraftRulePack.vue'

const Elsewhere = { template: '<p>elsewhere</p>' }

beforeEach(() =>
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname
    if (path.endsWith('rule-pack-checks')) return Response.json({ mistakes: [], changes: [] })
    if (request.method === 'POST') return Response.json({ id: 8 })
    return Response.json({ id: 3, name: 'base', pack_version: '2026.1', extends: '', files: [] })
  }),
)
afterEach(() => {
  vi.unstubAllGlobals()
  answer(false)
})

async function draft() {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/rule-packs/:id?', name: 'rule_packs', component: Elsewhere },
      { path: '/rule-packs/:from/draft', component: DraftRulePack, props: ({ params }) => ({ from: Number(params.from) }) },
    ],
  })
  await router.push('/rule-packs/3/draft')
  const page = mount({ template: '<RouterView />' }, { global: { plugins: [router] } })
  await flushPromises()
  return { router, page }
}

test('A draft that nobody touched is left unasked', async () => {
  const { router, page } = await draft()
  await page.find('header a').trigger('click')
  await flushPromises()
  expect([asked.value, router.currentRoute.value.path]).toEqual([undefined, '/rule-packs'])
})

test('A draft is lost only by whoever says so, and proposed without a question', async () => {
  const { router, page } = await draft()
  await page.find('textarea').setValue('name = "district"\n')
  await page.find('header a').trigger('click')
  await flushPromises()
  expect(asked.value).toBeDefined()
  answer(false)
  await flushPromises()
  expect((page.find('textarea').element as HTMLTextAreaElement).value).toBe('name = "district"\n')

  await page.find('.el-button').trigger('click')
  await flushPromises()
  await page.find('form.propose input[type=date]').setValue('2037-01-01')
  await page.find('form.propose textarea').setValue('联系太慢')
  await page.find('form.propose').trigger('submit')
  await flushPromises()
  expect([asked.value, router.currentRoute.value.path]).toEqual([undefined, '/rule-packs/8'])
})
