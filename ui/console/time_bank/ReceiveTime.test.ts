import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { t } from '../../shared/texts/texts'
import ReceiveTime from './ReceiveTime.vue'

const shown = {
  ledger: '0123456789abcdef', district: '市南区', number: 41, person_there: 7, minutes: 40,
  sent_at: 1772672400000, sealed_at: 1772672460000, received: false, actions: ['receive_credit'],
}
let asked: { path: string; body: unknown; key: string | null }[] = []
let answer: (path: string) => Response

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/time-bank/transfers/', '')
    asked.push({ path, body: await request.json(), key: request.headers.get('Idempotency-Key') })
    return answer(path)
  })
})
afterEach(() => vi.unstubAllGlobals())

const refusal = (code: string, errors: object[] = []) =>
  Response.json({ code, title_zh: '拒绝', title_en: 'refused', errors }, { status: 409 })

async function opened() {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/time-bank/:id?', name: 'time_bank', component: { template: '<i />' } }] })
  await router.push('/time-bank')
  const PersonSearch = { props: ['error'], emits: ['update:modelValue'], template: '<button type="button" class="who" @click="$emit(\'update:modelValue\', { id: 9 })">{{ error }}</button>' }
  const ElDialog = { template: '<div><slot /></div>' }
  const page = mount(ReceiveTime, { props: { modelValue: true }, global: { plugins: [router], stubs: { PersonSearch, ElDialog } } })
  const choose = async (text: string) => {
    const input = page.find<HTMLInputElement>('input[type=file]')
    Object.defineProperty(input.element, 'files', { value: [new File([text], 'proof.json')], configurable: true })
    await input.trigger('change')
    await flushPromises()
  }
  const submit = async () => {
    await page.find('form').trigger('submit')
    await flushPromises()
  }
  return { page, choose, submit }
}

test('What is too large or no proof does not leave the browser', async () => {
  const { page, choose, submit } = await opened()
  await submit()
  expect(page.find('.field-error').text()).toBe(t('transfer_proof.file_needed'))
  await choose('{' + 'x'.repeat(32 * 1024))
  expect(page.find('.field-error').text()).toBe(t('transfer_proof.too_large', { n: 32 }))
  await choose('%PDF-1.5')
  expect(page.find('.field-error').text()).toBe(t('transfer_proof.not_one'))
  await submit()
  expect(asked).toEqual([])
})

test('A proof is looked at first and taken in for somebody, and a repeated click is the same write', async () => {
  answer = (path) => (path === 'receipt-trial' ? Response.json(shown) : refusal('unavailable'))
  const { page, choose, submit } = await opened()
  await choose('{"fact":1}')
  expect(page.find('.found').text()).toContain('市南区')
  expect(page.find('.found').text()).toContain('41')
  expect(asked.map(({ path }) => path)).toEqual(['receipt-trial'])
  await submit()
  expect(page.find('.who').text()).toBe(t('time.person_needed'))
  await page.find('.who').trigger('click')
  answer = () => Response.error()
  await submit()
  answer = () => Response.json({ id: 50, actions: [] })
  await submit()
  const [lost, repeated] = asked.slice(1)
  expect(lost!.path).toBe('receipts')
  expect(lost!.body).toEqual({ proof: '{"fact":1}', person_id: 9 })
  expect(repeated!.key).toBe(lost!.key)
  expect(page.emitted('done')).toHaveLength(1)
  expect(page.emitted('update:modelValue')).toEqual([[false]])
})

test('What was taken in already is shown without a way to take it in again', async () => {
  answer = () => Response.json({ ...shown, received: true, received_as: 50, actions: [] })
  const { page, choose } = await opened()
  await choose('{"fact":1}')
  expect(page.find('.received').text()).toContain('50')
  expect(page.find('button[type=submit]').exists()).toBe(false)
})

test('A refusal says what the file should have been, and the next file starts anew', async () => {
  answer = () => refusal('proof_false', [{ field: '/proof', expected_zh: '原文', expected_en: 'the bytes' }])
  const { page, choose } = await opened()
  await choose('{"fact":1}')
  expect(page.find('.problem-note').text()).toBe('拒绝')
  expect(page.find('.field-error').text()).toBe('原文')
  expect(page.find('.found').exists()).toBe(false)
  answer = () => Response.json(shown)
  await choose('{"fact":2}')
  expect(page.find('.problem-note').exists()).toBe(false)
  expect(page.find('.found').exists()).toBe(true)
})
