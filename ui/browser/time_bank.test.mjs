// The time bank in a browser: a volunteer's own time with what counted and why, a gift to the pool; the
// ledger at a desk, a posting opened to its reckoning and undone, the month in totals.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { call } from './team.mjs'

use_site('HEZHI_LIVELY')
const gift_fields = 4 // from, to, relation, minutes
const grant_fields = 2 // to, group
const donation_fields = 1

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const dialog = (page, inner) => page.locator(`[role=dialog]:visible ${inner}`)

/** Gives the volunteer 45 minutes by a record of this desk, on another hour each time. */
async function earn(page, name, hour) {
  const found = await call(page, 'GET', `/api/people?q=${encodeURIComponent(name)}`)
  const day = new Date(Date.now() - 86_400_000)
  const starts_at = Math.floor(day.getTime() / 86_400_000) * 86_400_000 + hour * 3_600_000
  const made = await call(page, 'POST', '/api/records', {
    person_id: found.body.items[0].id, category: 'errands', starts_at, ends_at: starts_at + 45 * 60_000, time_was: 'free_time', unpaid: true,
  })
  assert.ok(made.body.id, JSON.stringify(made.body))
}

for (const [viewport, language, hour] of [[desk, 'zh-CN', 1], [pocket, 'en', 3]]) {
  test(`The ledger opens to the reckoning and is undone at ${viewport.width} in ${language}`, async () => {
    const worker = await open_page(browser, viewport, language)
    await sign_in_to_console(worker, 'social_worker')
    await earn(worker, accounts.volunteers[0].name, hour)
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'district_officer')
    await page.goto(`${office}/#/time-bank`)
    await page.locator('.list-row').first().waitFor()
    await check_page(page, 'time bank')
    await page.locator('.list-row').first().click()
    await page.locator('article ol li').first().waitFor()
    assert.ok((await page.locator('article .legs tr').count()) >= 2)
    await check_page(page, 'posting')
    await page.locator('article .el-button').first().click()
    await dialog(page, 'textarea').waitFor()
    await dialog(page, 'textarea').fill('核实不属实')
    await dialog(page, 'button[type=submit]').click()
    await page.locator('article a[href*="time-bank"]').waitFor() // the posting that it undoes
    await check_page(page, 'reversal')
  })

  test(`Time is given and granted at a desk at ${viewport.width} in ${language}`, async () => {
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'street_staff')
    await page.goto(`${office}/#/time-bank/statement`)
    await page.locator('.totals').first().waitFor()
    await check_page(page, 'time statement')
    for (const [index, fields] of [[0, gift_fields], [1, grant_fields]]) {
      await page.locator('article .row .el-button').nth(index).click()
      await dialog(page, 'form').waitFor()
      await settled(page)
      assert.equal(await dialog(page, '[data-field]').count(), fields)
      await dialog(page, 'button[type=submit]').click()
      await dialog(page, '.field-error').first().waitFor()
      await check_page(page, 'give time refused')
      await page.keyboard.press('Escape')
      await dialog(page, 'form').waitFor({ state: 'detached' })
    }
  })
}

test('A volunteer sees what counted and why, and gives time to the pool', async () => {
  const worker = await open_page(browser, desk)
  await sign_in_to_console(worker, 'social_worker')
  await earn(worker, accounts.volunteers[0].name, 5)
  const page = await open_page(browser, pocket)
  await sign_in_to_phone(page, accounts.volunteers[0])
  await page.goto(`${open_side}/m/#/records`)
  await page.locator('a[href="#/time"]').click()
  await page.locator('.total strong').waitFor()
  await page.locator('article summary').first().click()
  await page.locator('article ol li').first().waitFor()
  await check_page(page, 'my time')
  const before_it = Number(await page.locator('.total strong').innerText())
  assert.ok(before_it >= 30)
  await page.locator('main > .van-button').first().click()
  await page.locator('form').waitFor()
  assert.equal(await page.locator('[data-field]').count(), donation_fields)
  await page.locator('form button[type=submit]').click()
  await page.locator('.field-error').waitFor()
  await page.locator('form input').fill('5')
  await page.locator('form button[type=submit]').click()
  await page.locator('.van-dialog__confirm').click()
  await page.waitForFunction((n) => Number(document.querySelector('.total strong')?.textContent) === n, before_it - 5)
  await check_page(page, 'my time after giving')
})
