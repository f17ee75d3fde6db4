// Activities and service records in a browser: published at a desk, joined by a tap, queued, moved up;
// a record entered, corrected with both versions, objected to on the phone, and taken home as a table.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { readSheet } from 'read-excel-file/node'
import { call } from './team.mjs'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_NEW')
const activity_fields = 10 // title, service, area, place, day, start, minutes, places, risks, insurance

const record_fields = 7 // whose, service, day, from, to, whose time it was, what was done
let browser
before(async () => (browser = await launch()))
after(() => browser.close())

async function publish(page, title, day_index) {
  await page.goto(`${office}/#/activities`)
  await check_page(page, 'activities')
  await page.locator('main header .el-button--primary').first().click()
  await page.locator('[data-field]').first().waitFor()
  await settled(page)
  assert.equal(await page.locator('[data-field]').count(), activity_fields)
  await check_page(page, 'publish activity')
  await page.locator('form input').first().fill(title)
  await page.locator('select').first().selectOption('environment_clean_up')
  await page.locator('input[role=combobox]').fill(accounts.street_staff.area)
  await page.locator('[role=option]', { hasText: accounts.street_staff.area }).first().click()
  await page.locator('[data-field] input[maxlength="120"]').fill('金沙滩东入口')
  await page.locator('.shift select').first().selectOption({ index: day_index })
  await page.locator('.shift input').last().fill('1')
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/#\/activities\/\d+$/)
  await page.locator('article h2', { hasText: title }).waitFor()
  await check_page(page, 'activity at the desk')
}

async function join(page, title) {
  await page.goto(`${open_side}/m/`)
  await page.locator('a[href="#/activities"]').click() // one
  await page.locator('a.activity', { hasText: title }).waitFor()
  await check_page(page, 'activities near me')
  await page.locator('a.activity', { hasText: title }).click() // two
  await page.locator('.shift button').first().waitFor()
  await check_page(page, 'activity on the phone')
  await page.locator('.shift button').first().click() // three taps
  await page.locator('.shift .state-tag').waitFor()
  await check_page(page, 'signed up')
}

async function enter_record(page, name, from, to) {
  await page.goto(`${office}/#/records/enter`)
  await check_page(page, 'enter record')
  assert.equal(await page.locator('form [data-field]').count(), record_fields)
  await page.locator('button[type=submit]').click()
  await page.locator('.field-error').first().waitFor()
  await check_page(page, 'enter record refused')
  await page.locator('input[type=search]').fill(name)
  await page.locator('fieldset').nth(1).waitFor() // those found stand above the kinds of time
  const people = page.locator('fieldset').first().locator('input[type=radio]')
  await people.first().check()
  await page.locator('select').first().selectOption('environment_clean_up')
  const yesterday = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10)
  await page.locator('input[type=date]').fill(yesterday)
  await page.locator('input[type=time]').nth(0).fill(from)
  await page.locator('input[type=time]').nth(1).fill(to)
  await page.locator('button[type=submit]').click()
}

// Before anybody of the demonstration serves, so that nothing overlaps.
const runs = [
  { language: 'zh-CN', viewport: desk, title: '海滩清洁', day: 60, from: '05:00', to: '05:40', fixed: '05:50' },
  { language: 'en', viewport: pocket, title: '河道清洁', day: 62, from: '06:10', to: '06:50', fixed: '07:00' },
]
for (const run of runs) {
  describe(`In ${run.language} at ${run.viewport.width}`, () => {
    test('an activity with one place has one volunteer at a time, and the queue moves up by itself', async () => {
      const staff = await open_page(browser, run.viewport, run.language)
      await sign_in_to_console(staff, 'street_staff')
      await publish(staff, run.title, run.day)
      const [first, second] = [await open_page(browser, pocket, run.language), await open_page(browser, pocket, run.language)]
      await sign_in_to_phone(first, accounts.volunteers[0])
      await sign_in_to_phone(second, accounts.volunteers[1])
      await join(first, run.title)
      await join(second, run.title)
      await second.locator('.shift .state-tag.soon').waitFor()
      await staff.locator('.seats li').nth(1).waitFor() // came by itself
      await check_page(staff, 'activity with people')
      await first.locator('.shift button').click()
      await first.locator('.van-dialog__confirm').click()
      await first.locator('.shift .state-tag').waitFor({ state: 'detached' })
      await second.locator('.shift .state-tag.strong').waitFor() // hears of it without reloading
      await check_page(second, 'moved up')
      for (const page of [staff, first, second]) await page.context().close()
    })

    test('a record is entered, corrected with both versions, objected to and taken home', async () => {
      const staff = await open_page(browser, run.viewport, run.language)
      await sign_in_to_console(staff, 'social_worker')
      const [volunteer] = accounts.volunteers
      await enter_record(staff, volunteer.name, run.from, run.to)
      await staff.waitForURL(/#\/records\/\d+/)
      await staff.locator('article').waitFor()
      await check_page(staff, 'record')
      await staff.locator('article header .el-button').first().click()
      await staff.locator('[role=dialog]:visible input[type=time]').nth(1).fill(run.fixed)
      await staff.locator('[role=dialog]:visible textarea').fill('核对签到表')
      await check_page(staff, 'correct record')
      await staff.locator('[role=dialog]:visible button[type=submit]').click()
      await staff.locator('.versions li').nth(1).waitFor()
      await check_page(staff, 'record with two versions')
      await staff.locator('article button.link', { hasText: /全部经过|every step/i }).first().click()
      await staff.locator('.timeline li').nth(1).waitFor()
      await check_page(staff, 'why of a record')

      const phone = await open_page(browser, pocket, run.language)
      await sign_in_to_phone(phone, volunteer)
      await phone.locator('a[href="#/records"]').click()
      await phone.locator('article').first().waitFor()
      await check_page(phone, 'my records')
      await phone.locator('article button.ask').first().click()
      await phone.locator('article form textarea').fill('少记了')
      await check_page(phone, 'objecting')
      await phone.locator('article form button[type=submit]').click()
      await phone.locator('article .state-tag.soon').first().waitFor()
      const total = Number(await phone.locator('.total strong').textContent())
      const sheet = phone.waitForEvent('download')
      await phone.locator('.take-home button').first().click()
      const cells = await readSheet(readFileSync(await (await sheet).path()))
      assert.equal(cells.slice(1).reduce((sum, row) => sum + row[5], 0), total)
      const download = phone.waitForEvent('download')
      await phone.locator('.take-home button').last().click()
      const table = readFileSync(await (await download).path(), 'utf8')
      assert.ok(table.startsWith('\uFEFF'))
      const rows = table.trim().split('\r\n').slice(1)
      assert.equal(rows.reduce((sum, row) => sum + Number(row.split(',')[5]), 0), total)
      await staff.locator('article .state-tag.soon').first().waitFor({ state: 'attached' })
      for (const page of [staff, phone]) await page.context().close()
    })
  })
}

describe("The officer's minutes", () => {
  test('open the lists whose sums they are', async () => {
    const page = await open_page(browser, desk)
    await sign_in_to_console(page, 'district_officer')
    await page.goto(`${office}/#/figures`)
    await page.locator('.service-card a').first().waitFor()
    const links = await page.locator('.service-card a:not(.left-out)').evaluateAll((all) => all.map((link) => ({ href: link.getAttribute('href'), number: link.textContent.trim() })))
    assert.equal(links.length, 3)
    const late = links.pop()
    const late_records = (await call(page, 'GET', `/api/records?late=true&area=${new URLSearchParams(late.href.split('?')[1]).get('area')}`)).body.items
    await page.goto(`${office}/${late.href}`)
    await settled(page)
    assert.equal(await page.locator('.list-row').count(), late_records.length)
    await check_page(page, 'late entries of the area')
    for (const { href, number } of links) {
      await page.goto(`${office}/${href}`)
      await settled(page)
      assert.match(await page.locator('.total').textContent(), new RegExp(`(^|\\D)${number} ?(分钟|minutes)`))
      await check_page(page, 'records of the area')
    }
    // What has no minutes is counted nowhere, and its list says so.
    await page.goto(`${office}/#/figures`)
    await page.locator('.service-card a').first().waitFor()
    const left_out = page.locator('.service-card a.left-out')
    if (await left_out.count()) {
      await left_out.click()
      await page.locator('.list-row').first().waitFor()
      await check_page(page, 'records without minutes')
      assert.match(await page.locator('.total').textContent(), /(^|\D)0 ?(分钟|minutes)/)
    }
    await page.context().close()
  })
})
