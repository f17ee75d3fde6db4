// The lead of a team on the phone: what is due, an activity of few fields, the code at the place, the list.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { call, lead_of_a_team } from './team.mjs'

use_site('HEZHI_NEW')
const form_fields = 9 // what, category, where, day, start, minutes, places, risk, insurance

let browser
let lead
before(async () => {
  browser = await launch()
  lead = await lead_of_a_team(browser)
})
after(() => browser.close())

for (const language of ['zh-CN', 'en']) {
  test(`A lead sees what is due and publishes for the team, in ${language}`, async () => {
    const page = await open_page(browser, pocket, language)
    await sign_in_to_phone(page, lead.account)
    await page.goto(`${open_side}/m/#/teams`)
    await page.locator('a[href="#/lead"]').first().click()
    await page.locator('.numbers dd').first().waitFor()
    assert.match(await page.locator('.numbers dd').first().innerText(), /^\d+$/)
    await check_page(page, 'teams that one leads')
    await page.locator('a', { hasText: language === 'en' ? 'Publish an activity' : '发布活动' }).first().click()
    await page.locator('form').waitFor()
    assert.equal(await page.locator('form [data-field]').count(), form_fields)
    await check_page(page, 'activity of a team')
    await page.locator('form input.field').nth(0).fill('楼道清理')
    await page.locator('form select').first().selectOption(accounts.category)
    await page.locator('form input.field').nth(1).fill('三号楼前')
    await page.locator('form textarea').fill('注意台阶')
    await page.locator('form button[type=submit]').click()
    await page.waitForURL(/#\/activities\/\d+\/list$/)
    await page.locator('.digits').waitFor()
    await check_page(page, 'list of a shift')
    await page.context().close()
  })
}

test('Who has a place checks in with the code that hangs there, and the lead sees it', async () => {
  const [leading, phone] = [await open_page(browser, pocket), await open_page(browser, pocket)]
  await sign_in_to_phone(leading, lead.account)
  await sign_in_to_phone(phone, lead.other)
  const starts_at = Date.now() + 240_000
  const made = await call(leading, 'POST', '/api/activities', {
    // urgent, so that it may be held whenever the tests run
    area_id: lead.area, organization_id: lead.team, category: 'meal_delivery', title: '今日送餐', place: '一号楼前', risk: '注意台阶',
    shifts: [{ starts_at, ends_at: starts_at + 3_600_000, capacity: 3 }],
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const code = (await call(leading, 'GET', `/api/activities/${made.body.id}/place-code`)).body.code
  await phone.goto(`${open_side}/m/#/activities/${made.body.id}`)
  await phone.locator('.shift .van-button--primary').click()
  await phone.locator('input.code').waitFor()
  const wrong = code === '000000' ? '000001' : '000000'
  await phone.locator('input.code').fill(wrong)
  await phone.locator('form button[type=submit]').click()
  await phone.locator('.field-error').waitFor()
  await check_page(phone, 'wrong code of the place')
  await phone.goto(`${open_side}/m/#/activities/${made.body.id}?code=${code}`)
  await phone.reload()
  await settled(phone)
  assert.equal(await phone.locator('input.code').inputValue(), code, 'a scanned code is not typed')
  await phone.locator('form button[type=submit]').click()
  await phone.locator('input.code').waitFor({ state: 'detached' })
  await leading.goto(`${open_side}/m/#/activities/${made.body.id}/list`)
  await leading.locator('li input[type=checkbox]:checked').waitFor()
  await check_page(leading, 'list with somebody present')
  for (const page of [leading, phone]) await page.context().close()
})

for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
  test(`The code of the place is printed at ${viewport.width} in ${language}`, async () => {
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'social_worker')
    await page.goto(`${office}/#/activities/${lead.activity}`)
    await page.locator('a[href$="/place-code"]').click()
    await page.locator('.poster .digits').waitFor()
    assert.match(await page.locator('.poster .digits').innerText(), /^\d{6}$/)
    await check_page(page, 'code of the place')
    await page.context().close()
  })
}
