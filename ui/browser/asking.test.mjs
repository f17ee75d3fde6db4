// Asking in a browser: a call at the desk in four fields, its order with one button, the caller known the
// second time; a volunteer who asks on her own phone; triage, assessment, referral; a recipient's plan.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, begin_at_console, check_page, desk, launch, open_page, pocket, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_LIVELY')
const call_fields = 4
const triage_fields = 1 // the class
const assessment_fields = 3 // what is lacking, the risk, a note
const plan_fields = 6 // for whom, which service, days, time, until, who is asked first
const own_fields = 2 // what, and when it suits; a relative behind a link

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

async function dialog_of(page, index) {
  await page.locator('.path .el-button').nth(index).click()
  await page.locator('[role=dialog]:visible').waitFor()
}
async function send_dialog(page) {
  await page.locator('[role=dialog]:visible button[type=submit]').click()
  await page.locator('[role=dialog]:visible').waitFor({ state: 'hidden' })
}

const runs = [
  ['at a desk, in Chinese', desk, 'zh-CN', '1'],
  ['on a narrow screen, in English', pocket, 'en', '2'],
]
for (const [name, viewport, language, digit] of runs) {
  test(`The call desk ${name} takes four fields, knows who called before, and makes a simple order with one button`, async () => {
    const page = await open_page(browser, viewport, language)
    await begin_at_console(page, 'community_worker')
    await page.waitForURL(/#\/calls$/)
    const field = page.locator('form [data-field]')
    await field.first().waitFor()
    assert.equal(await field.count(), call_fields)
    await check_page(page, 'call desk')
    await page.locator('form button[type=submit]').click()
    await page.locator('.field-error').first().waitFor()
    await check_page(page, 'call desk refused')
    const phone = `1380000${digit}${String(Date.now()).slice(-3)}`
    await field.locator('input.field').first().fill(`方玉兰 ${phone}`)
    await page.locator('.known').waitFor()
    await page.locator('textarea').fill('想请人陪着去复诊')
    await page.locator('form input[type=checkbox]').check()
    await check_page(page, 'call desk filled in')
    await page.locator('textarea').press('Control+Enter')
    await page.waitForURL(/#\/needs\/\d+$/)
    await page.locator('article h2', { hasText: '想请人陪着去复诊' }).waitFor()
    await check_page(page, 'need of a call')

    await page.goto(page.url().replace(/#.*/, '#/calls'))
    await field.first().waitFor()
    await field.locator('input.field').first().fill(phone)
    await page.locator('.known article li', { hasText: '想请人陪着去复诊' }).waitFor()
    await page.locator('form select').first().selectOption('environment_clean_up')
    await page.locator('input[type=radio][value=at]').check()
    await page.locator('form input[type=checkbox]').check()
    await check_page(page, 'call desk with an order')
    await page.locator('form button[type=submit]').click()
    await page.waitForURL(/#\/orders\/\d+$/)
    await check_page(page, 'order of a call')
    await page.context().close()
  })

  test(`A social worker ${name} triages, assesses, refers and notes the receipt`, async () => {
    const desk_page = await open_page(browser, desk, 'zh-CN')
    await begin_at_console(desk_page, 'community_worker')
    await desk_page.locator('form [data-field] input.field').first().fill(`秦桂香 1390000${digit}${String(Date.now()).slice(-3)}`)
    await desk_page.locator('textarea').fill('和邻居为晾晒争吵，睡不好')
    await desk_page.locator('textarea').press('Control+Enter')
    await desk_page.waitForURL(/#\/needs\/\d+$/)
    const path = new URL(desk_page.url()).hash
    await desk_page.context().close()

    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'social_worker')
    await page.goto(page.url().replace(/#.*/, path))
    await page.locator('.path .el-button').first().waitFor()
    await dialog_of(page, 0)
    assert.equal(await page.locator('[role=dialog]:visible [data-field]').count(), triage_fields)
    await page.locator('[role=dialog]:visible input[value=P4]').check()
    await page.locator('[role=dialog]:visible input[type=checkbox]').check()
    await check_page(page, 'triage')
    await send_dialog(page)
    await dialog_of(page, 1) // triage may be done again; assessment stands beside it
    assert.equal(await page.locator('[role=dialog]:visible [data-field]').count(), assessment_fields)
    await page.locator('[role=dialog]:visible input[value=family]').check()
    await page.locator('[role=dialog]:visible textarea').fill('双方愿意见面谈')
    await check_page(page, 'assessment')
    await send_dialog(page)
    await page.locator('dd', { hasText: '双方愿意见面谈' }).waitFor()
    await dialog_of(page, 0)
    await page.locator('[role=dialog]:visible input.field').fill('街道司法所')
    await check_page(page, 'referral')
    await send_dialog(page)
    await page.locator('dd', { hasText: '街道司法所' }).waitFor()
    await check_page(page, 'referred')
    await dialog_of(page, 0)
    await page.locator('[role=dialog]:visible input.field').fill('回执7号')
    await check_page(page, 'receipt')
    await send_dialog(page)
    await page.locator('dd', { hasText: '回执7号' }).waitFor()
    await page.context().close()
  })

  test(`A plan ${name} is made for whoever a phone finds, and paused`, async () => {
    const page = await open_page(browser, viewport, language)
    await begin_at_console(page, 'community_worker')
    const phone = `1370000${digit}${String(Date.now()).slice(-3)}`
    await page.locator('form [data-field] input.field').first().fill(`董凤英 ${phone}`)
    await page.locator('textarea').fill('一个人住，想有人常来看看')
    await page.locator('textarea').press('Control+Enter')
    await page.waitForURL(/#\/needs\/\d+$/)
    await page.goto(page.url().replace(/#.*/, '#/plans'))
    await page.locator('header .el-button').click()
    await page.locator('form [data-field]').first().waitFor()
    assert.equal(await page.locator('form [data-field]').count(), plan_fields)
    await page.locator('form [data-field] input.field').first().fill(phone)
    await page.locator('input[name=recipient]:checked').waitFor()
    await page.locator('form select').first().selectOption('environment_clean_up')
    await page.locator('form input[type=checkbox]').first().check()
    await check_page(page, 'plan filled in')
    await page.locator('form button[type=submit]').click()
    await page.locator('form').waitFor({ state: 'detached' })
    const rows = page.locator('table tbody tr, .cards > *')
    await rows.first().waitFor()
    await check_page(page, 'plans')
    await page.locator('input[value=unvisited]').check()
    await check_page(page, 'not visited this month')
    await page.context().close()
  })
}

test('A volunteer asks for help on her own phone in two fields and finds it among her needs', async () => {
  const page = await open_page(browser, pocket, 'zh-CN')
  await sign_in_to_phone(page, accounts.volunteers[0])
  await page.locator('a[href="#/help"]').click()
  await page.locator('form [data-field]').first().waitFor()
  assert.equal(await page.locator('form [data-field]').count(), own_fields)
  await page.locator('textarea').fill('手机挂号不会用')
  await page.locator('button', { hasText: '家人' }).click()
  await page.locator('button[type=submit]').click()
  await page.locator('.field-error').first().waitFor()
  await check_page(page, 'asking for a relative without consent')
  await page.locator('button', { hasText: '自己' }).click()
  await page.locator('button[type=submit]').click()
  await page.locator('article h2', { hasText: '手机挂号不会用' }).waitFor()
  await check_page(page, 'my needs')
  await page.context().close()
})
