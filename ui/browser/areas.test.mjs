// The tree of areas: an officer adds, renames and closes, and the former name still finds the area.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, pocket, settled, sign_in_to_console, use_site } from './site.mjs'

use_site('HEZHI_NEW')

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const dialog = (page) => page.locator('[role=dialog]:visible')
async function find(page, name) {
  await page.goto(`${office}/#/areas`)
  await page.locator('header input[role=combobox]').fill(name)
  await page.locator('[role=option]').first().click()
  await page.waitForURL(/#\/areas\/\d+$/)
  await page.locator('article h2').waitFor()
}

const runs = [
  ['at a desk, in Chinese', desk, 'zh-CN', 'district_officer', '东岭'],
  ['on a phone, in English', pocket, 'en', 'system_administrator', '西岭'],
]
describe('The areas', () => {
  for (const [name, viewport, language, role, stem] of runs) {
    test(`are added, renamed and closed ${name}`, async () => {
      const page = await open_page(browser, viewport, language)
      await sign_in_to_console(page, role)
      await page.goto(`${office}/#/areas`)
      await page.locator('.branch').first().waitFor()
      await check_page(page, 'areas')
      await find(page, accounts.street_staff.area)
      await check_page(page, 'area')
      await page.locator('article .el-button--primary').click()
      await dialog(page).locator('input').first().fill(`${stem}社区`)
      await check_page(page, 'adding an area')
      await dialog(page).locator('button[type=submit]').click()
      await dialog(page).waitFor({ state: 'hidden' })

      await find(page, stem)
      await page.locator('article .el-button').nth(1).click()
      await dialog(page).locator('input').fill(`${stem}花园社区`)
      await check_page(page, 'renaming an area')
      await dialog(page).locator('button[type=submit]').click()
      await page.locator('article h2', { hasText: '花园' }).waitFor()
      await dialog(page).waitFor({ state: 'hidden' })
      await page.locator('article button.link').click()
      await page.locator('.timeline li').nth(1).waitFor()
      await check_page(page, 'history of an area')
      await page.keyboard.press('Escape')
      await page.locator('.timeline').waitFor({ state: 'hidden' })

      await page.locator('article .el-button').nth(2).click()
      await dialog(page).locator('input').fill('0532-00010001')
      await check_page(page, 'the telephone of a desk')
      await dialog(page).locator('button[type=submit]').click()
      await page.locator('article dd', { hasText: '0532-00010001' }).waitFor()
      await dialog(page).waitFor({ state: 'hidden' })

      await page.locator('article .el-button').nth(3).click()
      await check_page(page, 'closing an area')
      await dialog(page).locator('button[type=submit]').click()
      await page.locator('article .state-tag').waitFor()
      await settled(page)
      assert.equal(await page.locator('article .el-button').count(), 0)
      await page.context().close()
    })
  }
})
