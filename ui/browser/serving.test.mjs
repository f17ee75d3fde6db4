// The catalogue finds what there is by word, number and class; noting a crime-record query stands on
// the page of the person.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { check_page, desk, launch, office, open_page, pocket, settled, sign_in_to_console, use_site } from './site.mjs'

use_site('HEZHI_LIVELY')

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const runs = [
  ['at a desk, in Chinese', desk, 'zh-CN', '助浴'],
  ['on a phone, in English', pocket, 'en', 'bathing'],
]
for (const [name, viewport, language, word] of runs) {
  describe(`Serving ${name}`, () => {
    test('finds a category by word, by number and by class', async () => {
      const page = await open_page(browser, viewport, language)
      await sign_in_to_console(page, 'social_worker')
      await page.goto(`${office}/#/catalogue`)
      const rows = page.locator('tbody tr')
      await rows.first().waitFor()
      assert.equal(await rows.count(), 52)
      await check_page(page, 'catalogue')
      await page.locator('input[type=search]').fill(word)
      assert.equal(await rows.count(), 1)
      await page.locator('input[type=search]').fill('43')
      assert.equal(await rows.count(), 1)
      await page.locator('input[type=search]').fill('')
      await page.locator('select').first().selectOption('minors')
      assert.equal(await rows.count(), 8)
      await page.locator('input[type=search]').fill('zzz')
      await settled(page)
      assert.equal(await rows.count(), 0)
      await check_page(page, 'catalogue without a find')
      await page.context().close()
    })

    test('notes a crime-record query on the page of a volunteer', async () => {
      const page = await open_page(browser, viewport, language)
      await sign_in_to_console(page, 'street_staff')
      await page.goto(`${office}/#/people`)
      const list = page.locator('.list-row, tbody tr a')
      await list.first().waitFor()
      await list.first().click()
      const note = page.locator('section h3 ~ p, section h3').first()
      await note.waitFor()
      await check_page(page, 'person with standing')
      await page.context().close()
    })
  })
}
