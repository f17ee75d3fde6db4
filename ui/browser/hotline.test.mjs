// The hotline's work orders: a file is checked, imported, found again, and one is given back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { check_page, desk, launch, office, open_page, pocket, settled, sign_in_to_console, use_site } from './site.mjs'

use_site('HEZHI_NEW')

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const heading = '工单编号,受理时间,办理时限,办结时间,工单状态,诉求类别,诉求内容,联系方式,所属社区,回访结果,回访满意度,回访时间'
const rows = (series) => [
  `${series}-1,2024-01-05 09:00,2024-01-06 09:00,2024-01-05 18:00,已办结,噪声,"夜间施工,吵",,,已解决,满意,2024-01-08 10:00`,
  `${series}-2,2024-01-05 09:00,2024-01-06 09:00,2024-01-07 09:00,已办结,路灯,路灯不亮,,,,,`,
  `${series}-3,2024-01-05 09:00,2024-01-06 09:00,,待办,助老,老人需要陪同就医,王秀英 13900000001,,,,`,
  `${series}-4,明天,2024-01-06 09:00,,待办,助老,时间写错,,,,,`,
]
const file = (series) => ({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from([heading, ...rows(series)].join('\n')) })

for (const [size, viewport] of [['1440', desk], ['390', pocket]]) {
  for (const language of ['zh-CN', 'en']) {
    test(`A hotline file is checked, imported and found at ${size} in ${language}`, async () => {
      const page = await open_page(browser, viewport, language)
      const series = `R${size}${language === 'en' ? 'E' : 'Z'}`
      await sign_in_to_console(page, 'district_officer')
      await page.goto(`${office}/#/hotline/import`)
      await settled(page)
      await check_page(page, 'hotline import')
      await page.locator('input[name=file]').setInputFiles(file(series))
      await page.locator('form button[type=submit]').click()
      await page.locator('dl.facts').waitFor()
      await settled(page)
      const counts = () => page.locator('section dl.facts dd').allTextContents()
      assert.deepEqual((await counts()).map(Number), [4, 3, 1, 0, 0, 1, Number((await counts())[6]), 1])
      await check_page(page, 'hotline checked')
      await page.locator('form button[type=button].el-button--primary').click()
      await page.locator('section strong').waitFor()
      await settled(page)
      assert.equal(Number((await counts())[1]), 3)
      const saved = page.waitForEvent('download')
      await page.locator('section button.link').click()
      assert.match((await saved).suggestedFilename(), /\.csv$/)
      await check_page(page, 'hotline imported')

      await page.goto(`${office}/#/hotline`)
      await settled(page)
      await page.locator('h1', { hasText: language === 'en' ? '12345 hotline' : '12345热线' }).waitFor()
      await page.locator('input[type=search]').fill(`${series}-2`)
      await page.locator('.list-row').filter({ hasText: `${series}-2` }).waitFor()
      await settled(page)
      assert.equal(await page.locator('.list-row').count(), 1)
      await page.locator('input[type=search]').fill(series)
      await page.locator('.tools select').selectOption('overdue')
      await settled(page)
      await page.locator('.list-row').filter({ hasText: `${series}-3` }).waitFor()
      assert.equal(await page.locator('.list-row').count(), 1)
      await check_page(page, 'hotline list')
      await page.locator('.list-row').first().click()
      await page.locator('article').waitFor()
      await check_page(page, 'hotline detail')
      await page.context().close()

      const worker = await open_page(browser, viewport, language)
      await sign_in_to_console(worker, 'social_worker')
      await worker.goto(`${office}/#/hotline`)
      await settled(worker)
      await check_page(worker, 'hotline of the social worker')
      await worker.context().close()
    })
  }
}
