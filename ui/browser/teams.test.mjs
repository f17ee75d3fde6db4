// A team, its list from a real Excel file and a GB18030 CSV, and the invited person's own yes.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import write_excel from 'write-excel-file/node'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, use_site } from './site.mjs'

use_site('HEZHI_LIVELY')
const form_fields = 3 // name, kind, area

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const text = (value) => ({ value, type: String })

/** 姓名,电话 / 王芳,139… as a Chinese spreadsheet saves it; no encoder stands in Node, so byte by byte. */
const gb18030 = Buffer.concat([
  Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0, 0x0d, 0x0a]),
  Buffer.from([0xcd, 0xf5, 0xb7, 0xbc, 0x2c]),
  Buffer.from('13900007001\r\n'),
])

async function found_team(page, name) {
  await page.goto(`${office}/#/teams`)
  await settled(page)
  await page.locator('header .el-button').click()
  await page.locator('[role=dialog]:visible').waitFor()
  assert.equal(await page.locator('[role=dialog]:visible [data-field]').count(), form_fields)
  await check_page(page, 'found team')
  await page.locator('[role=dialog]:visible input.field').first().fill(name)
  await page.locator('input[role=combobox]').fill(accounts.community_worker.area.slice(0, 4))
  await page.locator('[role=option]').first().click()
  await page.locator('[role=dialog]:visible button[type=submit]').click()
  await page.locator('article h2', { hasText: name }).waitFor()
}

for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
  test(`A list is read at ${viewport.width} in ${language}, and an invited person says yes on the phone`, async () => {
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'community_worker')
    await found_team(page, `夕阳红队${viewport.width}`)
    await page.locator('article .el-button--primary').first().click()
    const phone = (n) => `1380000${viewport.width}${n}`.slice(0, 11).padEnd(11, '0')
    const sheet = await write_excel([
      [text('姓名'), text('联系电话'), text('身份证号'), text('备注')],
      [text('欧阳𬱖·㐂'), text(phone(1)), text(''), text('甲')],
      [text('错号人'), text(phone(2)), text('990000195001010018'), text('乙')],
    ]).toBuffer()
    await page.locator('input[type=file]').setInputFiles({ name: '名单.xlsx', mimeType: 'application/octet-stream', buffer: sheet })
    await page.locator('.roster .preview li').first().waitFor()
    assert.match(await page.locator('.roster .preview').innerText(), /欧阳𬱖·㐂/)
    await check_page(page, 'list looked at')
    await page.locator('.roster .el-button--primary').click()
    await page.locator('.roster .trial').waitFor()
    await check_page(page, 'a list that was checked')
    await page.locator('.roster .el-button--primary').click()
    await page.locator('.roster .outcome').waitFor()
    const download = page.waitForEvent('download')
    await page.locator('.roster .el-button').last().click()
    assert.match(readFileSync(await (await download).path(), 'utf8'), /错号人/)
    await check_page(page, 'list imported')

    await page.locator('input[type=file]').setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: gb18030 })
    await page.locator('.roster .preview li', { hasText: '王芳' }).waitFor()

    const link = await page.locator('.member a').first().getAttribute('href')
    await page.context().close()
    const invited = await open_page(browser, pocket, language)
    await invited.goto(link.replace(/^http:\/\/[^/]+/, open_side))
    await invited.locator('.van-button--primary').waitFor()
    await check_page(invited, 'invitation')
    await invited.locator('.van-button--primary').click()
    await invited.locator('.problem-note').waitFor() // the promise comes first
    await invited.locator('input[type=checkbox]').check()
    await invited.locator('.van-button--primary').click()
    await invited.locator('p[role=status]').waitFor()
    await check_page(invited, 'joined the team')
    await invited.context().close()
  })
}

for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
  test(`A list that is stopped says what is in, goes on from there, and reads again at ${viewport.width} in ${language}`, async () => {
    const people = 120 // three pieces of fifty
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'community_worker')
    await found_team(page, `长名单队${viewport.width}`)
    await page.locator('article .el-button--primary').first().click()
    const phone = (n) => `137${String(viewport.width).padStart(4, '0')}${String(n).padStart(4, '0')}`
    const rows = Array.from({ length: people }, (_, n) => `甲${n}·𬱖,${phone(n)}`)
    const list = { name: '长名单.csv', mimeType: 'text/csv', buffer: Buffer.from(['姓名,手机号', ...rows].join('\n')) }
    const next_step = page.locator('.roster .el-button--primary')
    const outcome = page.locator('.roster .outcome')
    const choose = async () => {
      await page.locator('input[type=file]').setInputFiles(list)
      await page.locator('.roster .preview li').first().waitFor()
      await next_step.click()
      await page.locator('.roster .trial').waitFor()
    }
    await choose()
    // The first piece comes back only after somebody has pressed stop.
    let let_go
    const pressed = new Promise((done) => (let_go = done))
    await page.route('**/roster', async (route) => {
      const response = await route.fetch()
      await pressed
      await route.fulfill({ response })
    }, { times: 1 })
    await next_step.click()
    await page.locator('.roster .el-button', { hasText: /停止|Stop/i }).click()
    let_go()
    await outcome.waitFor()
    await next_step.waitFor() // to go on
    assert.match(await outcome.innerText(), /50\D+120/)
    await page.locator('.roster p', { hasText: /保留|stay|stays/i }).first().waitFor()
    await check_page(page, 'list stopped')
    await next_step.click()
    await outcome.filter({ hasText: /120\D+120/ }).waitFor()
    await next_step.waitFor({ state: 'detached' })

    // The same file once more, as after a broken connection: everybody is there already.
    await page.reload()
    await page.locator('article .el-button--primary').first().click()
    await choose()
    assert.match(await page.locator('.roster .trial').innerText(), /\b0\D+120\D+0\b/)
    await check_page(page, 'list read again')
    await page.context().close()
  })
}
