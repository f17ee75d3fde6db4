// A second factor is set by QR code and first code, and asked at the next sign-in.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_NEW')

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** What an authenticator app shows (RFC 6238), some steps from now. */
function code_of(secret, steps = 0) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

describe('The second factor', () => {
  for (const [viewport, language, role] of [[desk, 'zh-CN', 'auditor'], [pocket, 'en', 'security_administrator']]) {
    test(`is set by its person and asked at the sign-in, in ${language}`, async () => {
      const page = await open_page(browser, viewport, language)
      await sign_in_to_console(page, role)
      await page.goto(`${office}/#/second-factor`)
      await page.locator('section .el-button--primary').click()
      const secret = (await page.locator('form code').textContent()).trim()
      await check_page(page, 'second factor prepared')
      await page.locator('input[name=first_code]').fill('000000')
      await page.locator('form button[type=submit]').click()
      await page.locator('.field-error').waitFor()
      await page.locator('input[name=first_code]').fill(code_of(secret))
      await page.locator('form button[type=submit]').click()
      await page.locator('.codes li').first().waitFor()
      assert.equal(await page.locator('.codes li').count(), 10)
      await check_page(page, 'recovery codes')
      const recovery = (await page.locator('.codes li').first().textContent()).trim()
      await page.context().close()

      const again = await open_page(browser, viewport, language)
      const enter = async (code) => {
        await again.goto(`${office}/#/sign-in`)
        await again.locator('input[name=username]').fill(accounts[role].username)
        await again.locator('input[name=password]').fill(accounts[role].password)
        await again.locator('form button[type=submit]').click()
        await again.locator('input[name=second_code]').waitFor()
        if (code === recovery) await check_page(again, 'second factor asked')
        await again.locator('input[name=second_code]').fill(code)
        await again.locator('form button[type=submit]').click()
        await again.locator('nav a').first().waitFor({ state: 'attached' })
      }
      await enter(recovery)
      await again.context().clearCookies()
      await again.goto('about:blank')
      await enter(code_of(secret, 1)) // the step of the first code is used up
      await again.context().close()
    })
  }

  for (const language of ['zh-CN', 'en']) {
    const role = language === 'en' ? 'grid_worker' : 'community_worker'
    test(`is set and asked on the phone as well, in ${language}`, async () => {
      const page = await open_page(browser, pocket, language)
      await sign_in_to_phone(page, accounts[role])
      await page.locator('a[href="#/second-factor"]').click()
      await page.locator('main .van-button--primary').click()
      const secret = (await page.locator('form code').textContent()).trim()
      await check_page(page, 'phone second factor prepared')
      await page.locator('input[name=first_code]').fill(code_of(secret))
      await page.locator('form button[type=submit]').click()
      await page.locator('.codes li').first().waitFor()
      assert.equal(await page.locator('.codes li').count(), 10)
      await check_page(page, 'phone recovery codes')
      await page.context().close()

      const again = await open_page(browser, pocket, language)
      await again.goto(`${open_side}/m/#/sign-in`)
      await again.locator('input[type=radio][value=staff]').check()
      await again.locator('input[name=username]').fill(accounts[role].username)
      await again.locator('input[name=password]').fill(accounts[role].password)
      await again.locator('form button[type=submit]').click()
      await again.locator('input[name=second_code]').waitFor()
      await check_page(again, 'phone second factor asked')
      await again.locator('input[name=second_code]').fill(code_of(secret, 1)) // the step of the first code is used up
      await again.locator('form button[type=submit]').click()
      await again.locator('nav a').first().waitFor({ state: 'attached' })
      await again.context().close()
    })
  }
})
