import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { nextTick, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { may_leave, use_unsaved } from './use_unsaved'
import { page_key } from './page_key'

let questions: ((leaves: boolean) => void)[] = []
let sent: () => void
let app: ReturnType<typeof mount> | undefined

const Form = {
  setup() {
    const text = ref('as it was')
    sent = use_unsaved(() => [text.value], () => new Promise((leaves) => questions.push(leaves)))
    return { text }
  },
  template: '<textarea v-model="text" />',
}
const Other = { template: '<p>elsewhere</p>' }

async function form() {
  questions = []
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/form/:id', component: Form },
      { path: '/other', component: Other },
    ],
  })
  await router.push('/other')
  await router.push('/form/1')
  app = mount({ methods: { page_key }, template: '<RouterView :key="page_key($route)" />' }, { global: { plugins: [router] } })
  await flushPromises()
  const page = app
  const text = () => (page.find('textarea').element as HTMLTextAreaElement).value
  return { router, page, text, write: (words: string) => page.find('textarea').setValue(words) }
}
/** What the browser would ask when the whole page goes. */
const warned = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))

afterEach(() => app?.unmount())

test('Whoever wrote nothing leaves without a question', async () => {
  const { router } = await form()
  expect(warned()).toBe(false)
  await router.push('/other')
  expect([router.currentRoute.value.path, questions.length]).toEqual(['/other', 0])
})

test('Whoever stays finds what they wrote', async () => {
  const { router, text, write } = await form()
  await write('half of it')
  expect(warned()).toBe(true)
  const leaving = router.push('/other')
  await flushPromises()
  expect(questions).toHaveLength(1)
  questions[0]!(false)
  await leaving
  expect([router.currentRoute.value.path, text()]).toEqual(['/form/1', 'half of it'])
})

test('Whoever leaves is gone, and their page asks no more', async () => {
  const { router, page, write } = await form()
  await write('half of it')
  const leaving = router.push('/other')
  await flushPromises()
  questions[0]!(true)
  await leaving
  expect(page.text()).toBe('elsewhere')
  expect([warned(), await may_leave()]).toEqual([false, true])
})

test('What was sent, or taken back letter by letter, is asked about no more', async () => {
  const { router, write } = await form()
  await write('all of it')
  sent()
  expect(warned()).toBe(false)
  await write('all of it, and more')
  expect(warned()).toBe(true)
  await write('all of it')
  await router.push('/other')
  expect(questions).toHaveLength(0)
})

test('Back, pressed twice, is asked about once, and so is another thing under the same route', async () => {
  const { router, text, write } = await form()
  await write('half of it')
  router.back()
  await flushPromises()
  router.back()
  await flushPromises()
  expect(questions).toHaveLength(1)
  questions[0]!(false)
  await flushPromises()
  expect(text()).toBe('half of it')
  const another = router.push('/form/2')
  await flushPromises()
  expect(questions).toHaveLength(2)
  questions[1]!(true)
  await another
  await nextTick()
  expect([router.currentRoute.value.path, text()]).toEqual(['/form/2', 'as it was'])
})

test('Signing out asks the same, and what was let go is not asked about again', async () => {
  const { router, write } = await form()
  await write('half of it')
  const answer = may_leave()
  await flushPromises()
  questions[0]!(true)
  expect(await answer).toBe(true)
  await router.push('/other')
  expect(questions).toHaveLength(1)
})
