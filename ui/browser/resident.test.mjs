// A resident signs in by her slip, asks for help in one sentence, and sees what becomes of it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_NEW')
const fields = 2 // what, and when it suits; the second is optional

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

describe('A resident', () => {
  for (const language of ['zh-CN', 'en']) {
    test(`asks for help with one sentence and two taps in ${language}, in large letters`, async () => {
      const [phone, social_worker] = [await open_page(browser, pocket, language), await open_page(browser, desk, language)]
      await sign_in_to_console(social_worker, 'social_worker')
      await social_worker.goto(`${office}/#/needs`)
      await sign_in_to_phone(phone, accounts.resident)
      await phone.locator('.own').waitFor()
      assert.equal(await phone.locator('nav a').count(), 1, 'one button')
      assert.ok(await phone.evaluate(() => document.documentElement.classList.contains('large-text')))
      await check_page(phone, 'home of a resident')
      await phone.locator('a[href="#/help"]').click()
      await phone.locator('textarea').waitFor()
      assert.equal(await phone.locator('[data-field]').count(), fields)
      await phone.locator('button[type=submit]').click()
      await phone.locator('.field-error').waitFor()
      await check_page(phone, 'help refused')
      await phone.locator('.phrase').first().click()
      const what = `水管漏水 ${Date.now()}`
      await phone.locator('textarea').fill(what)
      await phone.locator('input.field').fill('下午')
      await check_page(phone, 'help filled in')
      await phone.locator('button[type=submit]').click()
      await phone.locator('article', { hasText: what }).waitFor()
      await check_page(phone, 'help asked')
      await social_worker.locator('.list-row', { hasText: what }).click()
      await social_worker.locator('dd', { hasText: '下午' }).waitFor()
      await check_page(social_worker, 'need of a resident')
      await phone.locator('button[aria-pressed]').click()
      await phone.goto(`${open_side}/m/#/`)
      await phone.reload()
      await phone.locator('.own').waitFor()
      assert.ok(!(await phone.evaluate(() => document.documentElement.classList.contains('large-text'))), 'her choice stays')
      for (const page of [phone, social_worker]) await page.context().close()
    })
  }
})
