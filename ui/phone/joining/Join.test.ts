import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import Join from './Join.vue'

const passport = { key: 'passport', name_zh: '护照', name_en: 'passport', has_number: true, joining: true, tells_birth_date: false }
const resident_id = { key: 'resident_id', name_zh: '居民身份证', name_en: 'resident ID card', has_number: true, joining: true, tells_birth_date: true }
const words = { pledge_zh: '承诺', pledge_en: 'pledge', risks_zh: '风险', risks_en: 'risks', terms_zh: '条款', terms_en: 'terms' }
const none = { key: 'none', name_zh: '无证件', name_en: 'none', has_number: false, joining: true, tells_birth_date: false }
let id_schemes = [passport]
let sent: Record<string, unknown>[] = []
let refusal: unknown

beforeEach(() => {
  sent = []
  refusal = undefined
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') return Response.json({ ...words, area_name: 'Old Mill', areas: [], id_schemes })
    sent.push(await request.json())
    return refusal ? Response.json(refusal, { status: 422 }) : Response.json({ code: 'ABCD', guardian_asked: false })
  })
})

afterEach(() => vi.unstubAllGlobals())

async function joining() {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/join', name: 'join', component: Join }, { path: '/sign-in', name: 'sign_in', component: Join }] })
  await router.push('/join?area=11')
  const page = mount({ template: '<RouterView />' }, { global: { plugins: [router] } })
  await flushPromises()
  return page
}

const number_label = (page: Awaited<ReturnType<typeof joining>>) => {
  const field = page.find('input[name=id_number]')
  return field.exists() ? page.find(`label[for="${field.attributes('id')}"]`).text() : undefined
}

describe('Joining', () => {
  test('asks for the first document that the pack knows, and for no choice where it knows one', async () => {
    id_schemes = [passport]
    const page = await joining()
    expect(number_label(page)).toBe('护照号码')
    expect(page.find('button.link').exists()).toBe(false)
    await page.find('input[name=id_number]').setValue('X1234567')
    await page.find('input[name=birth_date]').setValue('1980-02-29')
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(sent).toEqual([expect.objectContaining({ id_scheme: 'passport', id_number: 'X1234567', birth_date: '1980-02-29' })])
  })

  test('offers the other documents of the pack, and asks for the number of the chosen one', async () => {
    id_schemes = [resident_id, passport]
    const page = await joining()
    expect(number_label(page)).toBe('居民身份证号码')
    expect(page.find('input[name=birth_date]').exists()).toBe(false)
    await page.find('button.link').trigger('click')
    expect(page.findAll('select[name=id_scheme] option').map((option) => option.text())).toEqual(['居民身份证', '护照'])
    await page.find('select[name=id_scheme]').setValue('passport')
    expect(number_label(page)).toBe('护照号码')
  })

  test('unfolds the choice of the document where that is what was wrong', async () => {
    id_schemes = [resident_id, passport]
    refusal = { code: 'id_scheme_unknown', title_zh: '没有这种证件类型。', title_en: 'unknown', errors: [{ field: '/id_scheme', expected_zh: '规则包中的证件类型', expected_en: 'a kind that the pack knows' }] }
    const page = await joining()
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(page.find('select[name=id_scheme]').attributes('aria-invalid')).toBe('true')
    expect(page.text()).toContain('规则包中的证件类型')
  })

  test('lets join whoever has no document where the pack does, by the birth date', async () => {
    id_schemes = [passport, none]
    const page = await joining()
    await page.find('button.link').trigger('click')
    await page.find('select[name=id_scheme]').setValue('none')
    expect(number_label(page)).toBeUndefined()
    await page.find('input[name=birth_date]').setValue('1980-02-29')
    refusal = { code: 'registered_already', title_zh: '登记过。', title_en: 'registered' }
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(sent).toEqual([expect.objectContaining({ id_scheme: 'none', id_number: '', birth_date: '1980-02-29' })])
    const offered = page.findAll('button').map((button) => button.text())
    expect(offered).toContain('是我本人，认领')
    expect(offered).not.toContain('不是我登记的，提出异议')
  })

  test('does not offer to join without a document where the pack does not let', async () => {
    id_schemes = [passport, { ...none, joining: false }]
    const page = await joining()
    expect(page.find('button.link').exists()).toBe(false)
  })

  test('asks for no number where no document of the pack has one', async () => {
    id_schemes = []
    expect(number_label(await joining())).toBeUndefined()
  })
})
