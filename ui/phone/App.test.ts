import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import App from './App.vue'
import { router as phone } from './routes'

const check = (number: string) => ({
  number, name: '王*', minutes: 75, issuer_name: '街道办事处', issued_at: 1_767_196_800_000, result: number === 'A-1' ? 'valid' : 'revoked',
})
const grade = (path: string) => ({
  name: path.includes('teams') ? '海滨志愿服务队' : '王*', standing: 'normal', color: path.includes('teams') ? 'green' : 'yellow', proposals: [], actions: [],
  appeal_says: { zh: '', en: '' },
})

beforeEach(() =>
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname
    return Response.json(path.includes('certificate-checks') ? check(path.split('/').pop()!) : grade(path))
  }),
)
afterEach(() => vi.unstubAllGlobals())

/** The phone's own routes in one tab. */
async function tab(first: string) {
  const router = createRouter({ history: createMemoryHistory(), routes: phone.options.routes })
  await router.push(first)
  const app = mount(App, { global: { plugins: [router], stubs: { GradeWhy: true } } })
  await flushPromises()
  const open = async (path: string) => {
    await router.push(path)
    await flushPromises()
  }
  return { app, open }
}

test('The link of another certificate, opened in the same tab, shows that one', async () => {
  const { app, open } = await tab('/certificates/A-1?code=11111')
  const shown = () => app.find('.result').text()
  const field = () => (app.find('input[name=number]').element as HTMLInputElement).value
  expect(shown()).toContain('A-1')
  expect(app.find('.result .state-tag').text()).toBe('有效')
  await open('/certificates/B-2?code=22222')
  expect(shown()).toContain('B-2')
  expect(shown()).not.toContain('A-1')
  expect(app.find('.result .state-tag').text()).toBe('已撤销')
  expect(field()).toBe('B-2')
  await open('/check')
  expect(app.find('.result').exists()).toBe(false)
  expect(field()).toBe('')
  await open('/certificates/A-1?code=11111')
  expect(app.find('.result .state-tag').text()).toBe('有效')
})

test('The code in a link alone makes it another check', async () => {
  const { app, open } = await tab('/certificates/A-1?code=11111')
  await open('/certificates/A-1?code=22222')
  expect((app.find('input[name=code]').element as HTMLInputElement).value).toBe('22222')
})

test("One's own grade is shown after that of a team, and the other way", async () => {
  const { app, open } = await tab('/grades/team/7')
  const heading = () => app.find('section.card h2').text()
  expect(heading()).toBe('海滨志愿服务队')
  const of_team = app.find('section.card').text()
  await open('/grades/person/9')
  expect(heading()).not.toBe('海滨志愿服务队')
  expect(app.find('section.card').text().replace(heading(), '')).not.toBe(of_team.replace('海滨志愿服务队', ''))
  await open('/grades/team/7')
  expect(app.find('section.card').text()).toBe(of_team)
})
