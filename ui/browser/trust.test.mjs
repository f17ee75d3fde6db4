// What the system administrator sees of backups and seals, and what is told of one's data after erasure.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_NEW')

const hezhi = resolve(import.meta.dirname, '..', process.env.HEZHI ?? '../build/release/hezhi')
const project = resolve(import.meta.dirname, '../..')
const beside = (ending) => JSON.parse(process.env.HEZHI_NEW).accounts.replace(/accounts\.json$/, ending)

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

describe('System health', () => {
  test('says that no backup was tested, and the hours since once one was', async () => {
    const page = await open_page(browser, desk)
    await sign_in_to_console(page, 'system_administrator')
    await page.goto(`${office}/#/health`)
    await page.locator('#backup-age').waitFor()
    await page.locator('.late', { hasText: '还没有经过恢复演练' }).waitFor()
    await check_page(page, 'health without a backup')

    const folder = mkdtempSync(join(tmpdir(), 'hezhi-browser-backup-'))
    const done = spawnSync(hezhi, ['backup', '--drill', '--to', join(folder, 'backup'), '--db', `sqlite:${beside('sqlite')}`, '--keys', beside('keys')], { cwd: project, encoding: 'utf8' })
    rmSync(folder, { recursive: true, force: true })
    assert.equal(done.status, 0, done.stdout + done.stderr)
    await page.locator('main header .el-button').click()
    await page.locator('.number', { hasText: '0 小时' }).waitFor()
    await page.context().close()

    const phone = await open_page(browser, pocket, 'en')
    await sign_in_to_console(phone, 'system_administrator')
    await phone.goto(`${office}/#/health`)
    await phone.locator('.number', { hasText: '0 hours' }).waitFor()
    await check_page(phone, 'health with a tested backup')
    await phone.context().close()
  })
})

/** The rows of packs/base/retention.toml. */
const retained = readFileSync(join(project, 'packs/base/retention.toml'), 'utf8').match(/^\[retention\./gm).length

describe('What stays after erasure', () => {
  test('is shown to whoever erases an entry', async () => {
    for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
      const page = await open_page(browser, viewport, language)
      await sign_in_to_console(page, 'street_staff')
      await page.goto(`${office}/#/people`)
      await settled(page)
      await page.locator('.list-row').first().click()
      await page.locator('article .el-button--danger').click()
      await page.locator('[role=dialog]:visible summary').click()
      await page.locator('[role=dialog]:visible .retention dt').first().waitFor()
      assert.equal(await page.locator('[role=dialog]:visible .retention dt').count(), retained)
      await check_page(page, 'erasing a person')
      await page.context().close()
    }
  })

  test('is shown to the volunteer on the phone', async () => {
    for (const language of ['zh-CN', 'en']) {
      const page = await open_page(browser, pocket, language)
      await sign_in_to_phone(page, accounts.volunteers[0])
      await page.goto(`${open_side}/m/#/service`)
      await page.locator('summary').click()
      await page.locator('.retention dt').first().waitFor()
      assert.equal(await page.locator('.retention dt').count(), retained)
      await check_page(page, 'what stays of my data')
      await page.context().close()
    }
  })
})
