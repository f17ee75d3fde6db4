// Somebody who was not there twice is called before the next order is offered: one choice, and the order may be
// offered. Late entries by team; the pages of proposed projects and of calls after a service.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, pocket, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { call, must } from './team.mjs'

use_site('HEZHI_LIVELY')
const outcome_fields = 1 // what was said

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** In two days at ten, a day later for each round, so that nobody has two orders at once. */
function some_day_at_ten(round) {
  const [day_ms, zone_ms] = [86_400_000, 8 * 3_600_000]
  return Math.floor((Date.now() + zone_ms) / day_ms) * day_ms - zone_ms + (2 + round) * day_ms + 10 * 3_600_000
}

async function ordered(staff, who, round) {
  const need = await must(staff, 'POST', '/api/calls', { who, what: '想请人来打扫楼道', urgent: false, consent: true })
  const starts_at = some_day_at_ten(round)
  return must(staff, 'POST', `/api/needs/${need.id}/order`, { category: 'daily_safety_signal', starts_at, ends_at: starts_at + 1_200_000, contacted: true })
}

/** A volunteer takes it, comes, and nobody is there. */
async function missed(staff, phone, who, round) {
  const order = await ordered(staff, who, round)
  const { person_id } = await must(phone, 'GET', '/api/session')
  await must(staff, 'POST', `/api/orders/${order.id}/offers`, { person_ids: [person_id] })
  await must(phone, 'POST', `/api/orders/${order.id}/acceptance`, {})
  await must(staff, 'POST', `/api/orders/${order.id}/cancellation`, { reason: '无人在家', absent: true })
}

for (const [viewport, language, digit] of [[desk, 'zh-CN', '3'], [pocket, 'en', '4']]) {
  test(`Whoever was absent twice is called first, in ${language}`, async () => {
    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'social_worker')
    const phone = await open_page(browser, pocket)
    await sign_in_to_phone(phone, accounts.volunteers[0])
    const who = `方玉兰 1381000${digit}${String(Date.now()).slice(-3)}`
    await missed(staff, phone, who, 1)
    await missed(staff, phone, who, 2)
    const order = await ordered(staff, who, 3)
    const refused = await call(staff, 'POST', `/api/orders/${order.id}/offers`, { person_ids: [(await must(phone, 'GET', '/api/session')).person_id] })
    assert.equal(refused.body.code, 'phone_check_needed')

    await staff.goto(`${office}/#/phone-checks/${order.id}`)
    await staff.locator('article [role=status] .el-button').waitFor()
    await check_page(staff, 'calls before offering')
    await staff.locator('article [role=status] .el-button').click()
    const dialog = staff.locator('[role=dialog]:visible')
    await dialog.locator('[data-field]').first().waitFor()
    assert.equal(await dialog.locator('[data-field]').count(), outcome_fields)
    await check_page(staff, 'what came of the call')
    await dialog.locator('button[type=submit]').click()
    await dialog.locator('.field-error').waitFor()
    await dialog.locator('input[type=radio][value=wanted]').check()
    await dialog.locator('button[type=submit]').click()
    await dialog.waitFor({ state: 'hidden' })
    await staff.locator('article [role=status] .el-button').waitFor({ state: 'detached' })
    assert.ok((await must(staff, 'GET', `/api/orders/${order.id}`)).actions.includes('offer_order'))
    for (const page of [staff, phone]) await page.context().close()
  })

  test(`Late entries of a team, proposed projects and calls after a service are read, in ${language}`, async () => {
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'community_worker')
    await page.goto(`${office}/#/records/by-team`)
    await page.locator('main h1').waitFor()
    await check_page(page, 'late entries by team')
    await page.goto(`${office}/#/project-needs`)
    await page.locator('input[type=radio][value=dismissed]').check()
    await check_page(page, 'proposed projects')
    await page.context().close()
    const caller = await open_page(browser, viewport, language)
    await sign_in_to_console(caller, 'street_staff')
    await caller.goto(`${office}/#/reviews`)
    const drawn = (await must(caller, 'GET', '/api/orders/unreviewed?drawn=true&limit=100')).items.map((order) => order.id)
    const all = (await must(caller, 'GET', '/api/orders/unreviewed?limit=100')).items
    assert.ok(drawn.every((id) => all.some((order) => order.id === id)))
    for (const order of all) if (order.priority_class !== 'P3') assert.ok(drawn.includes(order.id), `order ${order.id} of ${order.priority_class}`)
    await caller.locator('input[type=radio][value=all]').check()
    await check_page(caller, 'calls after a service')
    await caller.context().close()
  })
}
