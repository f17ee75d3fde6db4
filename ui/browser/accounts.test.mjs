// A one-time password is made by the administrator and must be changed before anything else; an
// account is closed, and its session ends at once.
import { after, before, describe, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, pocket, sign_in_to_console, use_site } from './site.mjs'

use_site('HEZHI_NEW')

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const dialog = (page) => page.locator('[role=dialog]:visible')

describe('An account', () => {
  for (const [viewport, language, name] of [[desk, 'zh-CN', 'first.one'], [pocket, 'en', 'first.two']]) {
    test(`is opened, given another password, changed by its person and closed, in ${language}`, async () => {
      const [admin, person] = [await open_page(browser, viewport, language), await open_page(browser, viewport, language)]
      await sign_in_to_console(admin, 'system_administrator')
      await admin.goto(`${office}/#/accounts`)
      await admin.locator('main header .el-button').click()
      await dialog(admin).locator('input').nth(0).fill('钱多多')
      await dialog(admin).locator('input').nth(1).fill(name)
      await dialog(admin).locator('select').selectOption('social_worker')
      await dialog(admin).locator('input[role=combobox]').fill(accounts.street_staff.area)
      await dialog(admin).locator('[role=option]').first().click()
      await dialog(admin).locator('button[type=submit]').click()
      await dialog(admin).locator('code').waitFor()
      await admin.keyboard.press('Escape')
      await dialog(admin).waitFor({ state: 'hidden' })

      // Among all the accounts it is found by a part of its own name.
      await admin.locator('input[type=search]').fill(name.slice(2))
      await admin.locator('tbody tr').nth(1).waitFor({ state: 'detached' })
      await check_page(admin, 'accounts that were searched')
      const row = admin.locator('tbody tr', { hasText: name })
      await row.locator('.el-button').first().click()
      await check_page(admin, 'resetting a password')
      await dialog(admin).locator('button[type=submit]').click()
      const password = (await dialog(admin).locator('code').textContent()).trim()
      await check_page(admin, 'one-time password')
      await dialog(admin).locator('.el-button--primary').click()
      await dialog(admin).waitFor({ state: 'hidden' })

      await person.goto(`${office}/#/sign-in`)
      await person.locator('input[name=username]').fill(name)
      await person.locator('input[name=password]').fill(password)
      await person.locator('form button[type=submit]').click()
      await person.waitForURL(/#\/password$/)
      await check_page(person, 'first password')
      await person.locator('input[type=password]').nth(0).fill(password)
      await person.locator('input[type=password]').nth(1).fill('only-mine-now')
      await person.locator('form button[type=submit]').click()
      await person.waitForURL(/#\/welcome$/)

      await row.locator('.el-button').last().click()
      await check_page(admin, 'closing an account')
      await dialog(admin).locator('button[type=submit]').click()
      await dialog(admin).waitFor({ state: 'hidden' })
      await person.reload()
      await person.waitForURL(/#\/sign-in/)
      for (const page of [admin, person]) await page.context().close()
    })
  }
})
