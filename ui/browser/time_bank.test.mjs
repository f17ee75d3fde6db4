// The time bank in a browser: a volunteer's own time with what counted and why, a gift to the pool; the
// ledger at a desk, a posting opened to its reckoning and undone, the month in totals; booking with one's own time;
// districts that are recognised.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { resident_id } from './people.mjs'
import { call, must } from './team.mjs'

use_site('HEZHI_LIVELY')
const gift_fields = 4 // from, to, relation, minutes
const grant_fields = 2 // to, group
const donation_fields = 1
const booking_fields = 4 // which, day, hour, a word to whoever comes
const peer_fields = 2 // name, public key
const entitlement_fields = 2 // which ground, what was shown

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

const numbers = async (all) => (await all.allInnerTexts()).map((text) => Number(/-?\d+/.exec(text)[0]))
const sum = (all) => all.reduce((one, other) => one + other, 0)

/** The totals of a month open to parts that add up to them, the flows to their postings. */
async function every_total_opens(page) {
  const totals = page.locator('.total-of')
  const count = await totals.count()
  assert.ok(count >= 2)
  for (let at = 0; at < count; at += 1) {
    const total = totals.nth(at)
    await total.locator('summary').first().click()
    await total.locator('.sum').waitFor()
    const shown = Number(await total.locator('summary .number').innerText())
    assert.equal(sum(await numbers(total.locator('.rows .minutes'))), shown)
  }
  await check_page(page, 'time statement opened')
  for (let at = 0; at < count; at += 1) {
    await totals.nth(at).locator('.one-by-one summary').click()
    await totals.nth(at).locator('.one-by-one [aria-busy=false]').waitFor()
  }
  await page.locator('.total-of .line').first().waitFor() // of the areas of whoever reads
  await page.locator('.liability-of summary').click()
  await page.locator('.liability-of .sum').first().waitFor()
  await page.locator('.left-out-of summary').click()
  await check_page(page, 'time statement with its postings')
}

/** A figure opened: its postings add up to it, as far as they are on one page. */
async function figure_opens(figure, expected) {
  await figure.locator('summary').click()
  await figure.locator('.counted li').first().waitFor()
  if (!(await figure.locator('button').count())) assert.equal(sum(await numbers(figure.locator('.counted .minutes'))), expected)
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
    await every_total_opens(page)
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
  await figure_opens(page.locator('.figures .why-figure').first(), before_it)
  await check_page(page, 'my balance and why')
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

test('The balance of a person opens at a desk, and to nobody who may not see it', async () => {
  const worker = await open_page(browser, desk)
  await sign_in_to_console(worker, 'social_worker')
  await earn(worker, accounts.volunteers[0].name, 11)
  const page = await open_page(browser, desk)
  await sign_in_to_console(page, 'street_staff')
  const person = (await call(worker, 'GET', `/api/people?q=${encodeURIComponent(accounts.volunteers[0].name)}`)).body.items[0].id
  await page.goto(`${office}/#/people/${person}`)
  const figure = page.locator('.why-figure').first()
  await figure.waitFor()
  const shown = Number(/-?\d+/.exec(await figure.locator('summary').innerText())[0])
  await figure_opens(figure, shown)
  assert.ok((await figure.locator('a[href*="time-bank/"]').count()) >= 1, 'each leads to its posting')
  await check_page(page, 'a balance and why')
  const other = await open_page(browser, pocket)
  await sign_in_to_phone(other, accounts.volunteers[1])
  const refused = await call(other, 'GET', `/api/time-bank/people/${person}/figures/person`)
  assert.equal(refused.status, 404)
  for (const each of [worker, page, other]) await each.context().close()
})

/** Somebody born in 1950, with a slip and with 45 minutes that a volunteer gave at the desk. */
async function elder_with_time(serial, hour) {
  const page = await open_page(browser, desk)
  await sign_in_to_console(page, 'social_worker')
  await earn(page, accounts.volunteers[0].name, hour)
  const giver = (await call(page, 'GET', `/api/people?q=${encodeURIComponent(accounts.volunteers[0].name)}`)).body.items[0]
  const worker = await open_page(browser, desk)
  await sign_in_to_console(worker, 'community_worker')
  const person = await must(worker, 'POST', '/api/people', {
    name: '孙桂英', phone: `1900000${serial}9`.padEnd(11, '0'), id_scheme: 'resident_id', id_number: resident_id('19500101', serial),
    area_id: giver.area_id, volunteer: false, agreed: false, social_worker: false,
  })
  const slip = await must(worker, 'POST', `/api/people/${person.id}/sign-in-slip`, {})
  await must(worker, 'POST', '/api/time-bank/gifts', { person_id: giver.id, recipient_id: person.id, relation: 'parent', minutes: 45 })
  for (const each of [page, worker]) await each.context().close()
  return { code: slip.code, pin: '246802' }
}

for (const [viewport, language, serial, hour] of [[pocket, 'zh-CN', '711', 7], [desk, 'en', '712', 9]]) {
  test(`A member books with her time, sees it held, and takes it back at ${viewport.width} in ${language}`, async () => {
    const member = await elder_with_time(serial, hour)
    const page = await open_page(browser, viewport, language)
    await sign_in_to_phone(page, member)
    await page.locator('a[href="#/time"]').click()
    await page.locator('.total strong').waitFor()
    assert.equal(await page.locator('.total strong').innerText(), '45')
    await page.locator('a[href="#/bookings"]').click()
    await page.locator('.choice').first().waitFor()
    assert.ok((await page.locator('.choice .why').count()) >= 1, 'what is not possible says why')
    await check_page(page, 'what time may book')
    await page.locator('.choice input:enabled').first().check()
    await page.locator('select[name=day]').waitFor()
    assert.equal(await page.locator('[data-field]').count(), booking_fields)
    const offered = (await call(page, 'GET', '/api/bookings')).body
    const values = (name) => page.locator(`select[name=${name}] option`).evaluateAll((all) => all.map((each) => each.value))
    assert.deepEqual(await values('day'), offered.days, 'the days that the server takes')
    assert.deepEqual(await values('hour'), offered.times, 'and its times')
    await check_page(page, 'booking')
    await page.locator('form button[type=submit]').click()
    await page.locator('.own-need').waitFor()
    await check_page(page, 'booked')
    await page.goto(`${open_side}/m/#/time`)
    await page.waitForFunction(() => Number(document.querySelector('.total strong')?.textContent) < 45)
    await page.goto(`${open_side}/m/#/bookings`)
    await page.locator('.own-need .van-button').last().click()
    await page.locator('.van-dialog__confirm').click()
    await page.locator('.own-need .van-button').waitFor({ state: 'detached' })
    await page.goto(`${open_side}/m/#/time`)
    await page.waitForFunction(() => document.querySelector('.total strong')?.textContent === '45')
    await check_page(page, 'time came back')
    await page.context().close()
  })
}

test('Where the bank is not mutual, the list of members says so', async () => {
  const page = await open_page(browser, pocket)
  await sign_in_to_phone(page, accounts.volunteers[0])
  await page.goto(`${open_side}/m/#/exchange`)
  await page.locator('.empty-note .title', { hasText: '本区不采用会员互助' }).first().waitFor()
  await check_page(page, 'no mutual help')
})

test('Another district is registered by its public key at a desk', async () => {
  const page = await open_page(browser, desk)
  await sign_in_to_console(page, 'district_officer')
  await page.goto(`${office}/#/time-bank/statement`)
  await page.locator('.published').waitFor()
  await page.locator('section', { hasText: '可互认的区' }).locator('.el-button').first().click()
  await dialog(page, 'form').waitFor()
  assert.equal(await dialog(page, '[data-field]').count(), peer_fields)
  await dialog(page, 'button[type=submit]').click()
  await dialog(page, '.field-error').first().waitFor()
  await check_page(page, 'register a district refused')
  await dialog(page, 'input').fill('市南区')
  await dialog(page, 'textarea').fill('no key')
  await dialog(page, 'button[type=submit]').click()
  await dialog(page, '.field-error').first().waitFor()
  const { publicKey } = generateKeyPairSync('ed25519')
  await dialog(page, 'textarea').fill(publicKey.export({ type: 'spki', format: 'pem' }))
  await dialog(page, 'button[type=submit]').click()
  await page.locator('.peer').waitFor()
  await check_page(page, 'a district is registered')
})

for (const [viewport, language, account] of [[desk, 'zh-CN', 0], [pocket, 'en', 1]]) {
  test(`Use of time before the age is asked for on the phone and decided at a desk, at ${viewport.width} in ${language}`, async () => {
    const phone = await open_page(browser, pocket, language)
    await sign_in_to_phone(phone, accounts.volunteers[account])
    const { person_id } = await must(phone, 'GET', '/api/session')
    await phone.goto(`${open_side}/m/#/time`)
    const card = phone.locator('.entitlement')
    await card.locator('button.ask').click()
    assert.equal(await card.locator('[data-field]').count(), entitlement_fields)
    await card.locator('button[type=submit]').click()
    await card.locator('.field-error').nth(1).waitFor()
    await check_page(phone, 'ask for entitlement refused')
    await card.locator('select').selectOption('disability')
    await card.locator('textarea').fill('出示了残疾人证')
    await card.locator('button[type=submit]').click()
    await card.locator('.state-tag.soon').waitFor()
    await check_page(phone, 'entitlement asked for')

    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'street_staff')
    await staff.goto(`${office}/#/time-bank/statement`)
    await staff.locator('.entitlements').waitFor()
    await check_page(staff, 'entitlements to decide')
    await staff.locator(`.entitlements a[href$="/people/${person_id}"]`).click()
    await staff.locator('.entitlement .el-button--primary').click()
    await dialog(staff, 'textarea').fill('核对了证件')
    await check_page(staff, 'an entitlement is approved')
    await dialog(staff, 'button[type=submit]').click()
    await staff.locator('.entitlement .state-tag.fine').waitFor()
    await check_page(staff, 'an entitlement holds')

    await phone.reload()
    await phone.locator('.entitlement .state-tag.fine').waitFor()
    await check_page(phone, 'my entitlement holds')
    for (const each of [phone, staff]) await each.context().close()
  })
}
