// A mutual time bank abroad: its documents, its emergency numbers, its limits, and nothing Chinese in its English.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_ABROAD')
const language = 'en'

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** Chinese in what a reader sees or hears, apart from the name of the other language. */
function chinese_words() {
  const found = []
  const look = (text, place) => /\p{Script=Han}/u.test(text ?? '') && found.push(`${place}: ${text.trim()}`)
  const excused = (element) => element.closest('.language-switch, script, style, noscript')
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    if (parent && !excused(parent)) look(walker.currentNode.data, parent.tagName)
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    if (excused(element)) continue
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) look(element.getAttribute(name), name)
  }
  return found
}

async function check_abroad(page, name) {
  await check_page(page, `${name} abroad`)
  assert.deepEqual(await page.evaluate(chinese_words), [], `${name}: Chinese on a page abroad`)
  assert.doesNotMatch(await page.locator('body').textContent(), /resident id\b/i, `${name}: a document that nobody has there`)
}

test('A neighbour joins on the phone with a passport, which is what the form asks for', async () => {
  const page = await open_page(browser, pocket, language)
  await page.goto(`${open_side}/m/#/join`)
  await page.locator('input[name=id_number]').waitFor()
  await check_abroad(page, 'join')
  await page.locator('label', { hasText: 'Passport number' }).waitFor()
  assert.equal(await page.locator('select[name=id_scheme]').count(), 0, 'the usual document without a choice')
  await page.locator('input[name=name]').fill('Rowan Ashby')
  await page.locator('input[name=id_number]').fill('x 1234567')
  await page.locator('input[name=birth_date]').fill('1980-02-29')
  await page.locator('input[name=phone]').fill('07700 900123')
  await page.locator('input[name=area]').fill(accounts.street_staff.area)
  await page.locator('input[name=area]').press('Tab')
  await page.locator('input[name=area_id]').first().check()
  await page.locator('input[name=agreed]').check()
  await page.locator('button[type=submit]').click()
  await page.locator('.code').waitFor()
  await check_abroad(page, 'joined')
  await page.context().close()
})

test('A neighbour without a document joins with the date of birth', async () => {
  const page = await open_page(browser, pocket, language)
  await page.goto(`${open_side}/m/#/join`)
  await page.locator('button.link', { hasText: 'or none' }).click()
  await page.locator('select[name=id_scheme]').selectOption('none')
  assert.equal(await page.locator('input[name=id_number]').count(), 0)
  await check_abroad(page, 'join without a document')
  await page.locator('input[name=name]').fill('Linden Marsh')
  await page.locator('input[name=birth_date]').fill('1975-06-15')
  await page.locator('input[name=phone]').fill('07700 900456')
  await page.locator('input[name=area]').fill(accounts.street_staff.area)
  await page.locator('input[name=area]').press('Tab')
  await page.locator('input[name=area_id]').first().check()
  await page.locator('input[name=agreed]').check()
  await page.locator('button[type=submit]').click()
  await page.locator('.code').waitFor()
  await page.context().close()
})

test('The desk registers somebody with a document of the pack', async () => {
  const page = await open_page(browser, desk, language)
  await sign_in_to_console(page, 'community_worker')
  await page.goto(`${office}/#/people/register`)
  await page.locator('select[name=id_scheme]').waitFor()
  await check_abroad(page, 'registering')
  assert.deepEqual(await page.locator('select[name=id_scheme] option').allTextContents(), ['Passport', 'None'])
  await page.locator('form input').first().fill('Hazel Marlow')
  await page.locator('input[name=id_number]').fill('Y7654321')
  await page.locator('input[role=combobox]').fill(accounts.community_worker.area)
  await page.locator('[role=option]', { hasText: accounts.community_worker.area }).first().click()
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/#\/people\/\d+$/)
  await page.context().close()
})

test('Days and hours are those of the clocks there, summer time included', async () => {
  const page = await open_page(browser, desk, language)
  await sign_in_to_console(page, 'social_worker')
  const [orders] = await Promise.all([page.waitForResponse((answer) => /\/api\/orders\?/.test(answer.url()) && answer.ok()), page.goto(`${office}/#/orders`)])
  const [order] = (await orders.json()).items
  await settled(page)
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' }).format(order.starts_at)
  const beijing = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' }).format(order.starts_at)
  const row = await page.locator('.list-row, tbody tr').first().textContent()
  assert.match(row, new RegExp(hour))
  assert.doesNotMatch(row, new RegExp(beijing))
  await page.context().close()
})

test('Whoever asks for help or reports a need is given the numbers and the limits of the pack', async () => {
  for (const [account, path, calls] of [
    [accounts.volunteers[0], 'help', ['tel:999', 'tel:112']],
    [accounts.resident, 'help', ['tel:999', 'tel:112']],
    [accounts.grid_worker, 'protections', ['tel:999', 'tel:112']],
    [accounts.grid_worker, 'needs/report', ['tel:999', 'tel:112']],
  ]) {
    const page = await open_page(browser, pocket, language)
    await sign_in_to_phone(page, account)
    await page.goto(`${open_side}/m/#/${path}`)
    await settled(page)
    if (path === 'needs/report') {
      await page.locator('.says', { hasText: 'contact within 4 hours' }).waitFor()
      await page.locator('input[type=radio][value=P1]').check()
    }
    await page.locator('.emergency-numbers a').first().waitFor()
    const shown = await page.locator('a[href^="tel:"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    assert.deepEqual(shown.filter((link) => link.length < 10), calls, `${path} of ${account.role}`)
    await check_abroad(page, path)
    await page.context().close()
  }
})

test('Where the pack has no hotline, no menu and no button leads to one', async () => {
  const page = await open_page(browser, desk, language)
  await sign_in_to_console(page, 'district_officer')
  await page.locator('nav a[href="#/figures"]').waitFor({ state: 'attached' })
  await settled(page)
  assert.equal(await page.locator('nav a[href^="#/hotline"]').count(), 0)
  await page.goto(`${office}/#/hotline`)
  await page.getByText('By the rule pack there is no hotline here.').waitFor()
  assert.equal(await page.locator('a[href="#/hotline/import"]').count(), 0)
  await check_abroad(page, 'hotline')
  await page.context().close()
})

test('Levels of areas have the names that the pack gives them', async () => {
  const page = await open_page(browser, desk, language)
  await sign_in_to_console(page, 'district_officer')
  await page.goto(`${office}/#/areas`)
  await page.locator('.branch a').first().click()
  await page.locator('article button.el-button--primary').first().click()
  await page.locator('select[name=kind] option').first().waitFor({ state: 'attached' })
  assert.deepEqual(await page.locator('select[name=kind] option').allTextContents(), ['Ward', 'Neighbourhood', 'Block'])
  await check_abroad(page, 'adding an area')
  await page.context().close()
})

test('A date of birth that was told is shown, and corrected by the desk with a reason', async () => {
  const page = await open_page(browser, desk, language)
  await sign_in_to_console(page, 'community_worker')
  await page.goto(`${office}/#/people/register`)
  await page.locator('select[name=id_scheme]').selectOption('none')
  await page.locator('form input').first().fill('Sorrel Dale')
  await page.locator('input[name=birth_date]').fill('1982-04-05')
  await page.locator('input[role=combobox]').fill(accounts.community_worker.area)
  await page.locator('[role=option]', { hasText: accounts.community_worker.area }).first().click()
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/#\/people\/\d+$/)
  const date = page.locator('.birth-date')
  await date.getByText('1982-**-**').waitFor()
  await date.getByRole('button', { name: 'Correct the date of birth' }).click()
  await date.locator('input[name=birth_date]').fill('1979-04-05')
  await date.locator('input[name=reason]').fill('seen on the birth certificate')
  await check_abroad(page, 'correcting a birth date')
  await date.locator('button[type=submit]').click()
  await date.getByText('1979-**-**').waitFor()
  await page.context().close()
})

test('Neighbours have listed what they offer and want', async () => {
  const page = await open_page(browser, desk, language)
  await sign_in_to_console(page, 'community_worker')
  await page.goto(`${office}/#/time-bank/listings`)
  await page.locator('.entry').first().waitFor()
  await settled(page)
  await check_abroad(page, 'listings')
  await page.context().close()
})

test('Roles have the names of the pack', async () => {
  const page = await open_page(browser, desk, language)
  await sign_in_to_console(page, 'street_staff')
  await page.goto(`${office}/#/home`)
  await page.locator('.who', { hasText: 'Ward staff' }).waitFor()
  assert.doesNotMatch(await page.locator('body').textContent(), /subdistrict/i)
  await page.context().close()
})

test('The time bank is called what the pack calls it, on the phone, at the desk and in a refusal', async () => {
  const phone = await open_page(browser, pocket, language)
  await sign_in_to_phone(phone, accounts.volunteers[0])
  await phone.goto(`${open_side}/m/#/records`)
  await phone.locator('a[href="#/time"]', { hasText: 'Time credits' }).click()
  await phone.locator('.total strong').waitFor()
  await phone.locator('h1', { hasText: 'Time credits' }).waitFor()
  await check_abroad(phone, 'my time')
  assert.doesNotMatch(await phone.locator('body').innerText(), /service time|time bank/i)
  const refused = await phone.evaluate(() => fetch('/api/time-bank/mine/donations', {
    method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': 'en' }, body: JSON.stringify({ minutes: 600000 }),
  }).then((answer) => answer.json()))
  assert.equal(refused.code, 'credit_too_low')
  assert.match(refused.title_en, /time credits/)
  assert.doesNotMatch(refused.title_zh, /服务时间|\{/)
  const staff = await open_page(browser, desk, language)
  await sign_in_to_console(staff, 'street_staff')
  await staff.goto(`${office}/#/time-bank`)
  await staff.locator('h1', { hasText: 'Time credits' }).waitFor()
  assert.doesNotMatch(await staff.locator('nav, aside').first().innerText(), /service time|time bank/i)
  for (const each of [phone, staff]) await each.context().close()
})
