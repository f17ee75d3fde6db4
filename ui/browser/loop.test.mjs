// The whole loop in a browser: a grid worker reports, a social worker makes it an order, the street
// offers it, a volunteer accepts and is checked in and out, the requester confirms and reviews, and
// the grid worker sees the result. Once with the console at a desk, once with everything on a phone,
// which is also the run in English.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accounts, begin_at_console, check_page, desk, launch, office, open_page, open_side, pocket, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_NEW')
const report_fields = 5
const review_fields = 3 // resolved, the mark, words

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

async function report(page, what) {
  await page.locator('a[href="#/needs/report"]').click()
  await page.locator('[data-field]').first().waitFor()
  assert.equal(await page.locator('[data-field]').count(), report_fields)
  await check_page(page, 'report empty')
  await page.locator('button[type=submit]').click()
  await page.locator('.field-error').first().waitFor()
  await check_page(page, 'report refused')
  await page.locator('input[role=combobox]').fill(accounts.grid_worker.area.slice(0, 4)) // any part of the name finds it
  await page.locator('[role=option]', { hasText: accounts.grid_worker.area }).waitFor()
  await check_page(page, 'report area found')
  await page.locator('[role=option]', { hasText: accounts.grid_worker.area }).click()
  await page.locator('textarea').fill(what)
  await page.locator('input[type=radio][value=P3]').check()
  await page.locator('input.field').last().fill('王阿姨 13800000000')
  await page.locator('input[type=checkbox]').check()
  await check_page(page, 'report filled in')
  await page.locator('textarea').press('Control+Enter')
  await page.locator('article', { hasText: what }).waitFor()
  await check_page(page, 'my reports')
}

async function make_order(page, what, days_ahead) {
  // The list was opened before the report; its row comes by itself.
  await page.locator('.list-row', { hasText: what }).click()
  await page.locator('article h2', { hasText: what }).waitFor()
  await check_page(page, 'need')

  await page.locator('dd button').first().click()
  await page.locator('[role=dialog]:visible textarea').waitFor()
  await check_page(page, 'reading dialog')
  await page.locator('[role=dialog]:visible textarea').fill('联系求助人了解情况')
  await page.locator('[role=dialog]:visible textarea').press('Control+Enter')
  await page.locator('[role=dialog]:visible').waitFor({ state: 'hidden' })
  await page.locator('dd', { hasText: '13800000000' }).waitFor()

  await page.locator('header button.el-button--primary').click()
  await page.locator('.category-cards input').first().waitFor()
  await check_page(page, 'open order')
  await page.locator(`.category-cards input[value="${accounts.category}"]`).check()
  // A day that has not begun, whatever o'clock it is. The volunteers are the same in every run, and nobody is in two
  // places at a time.
  await page.locator('.time select').first().selectOption({ index: days_ahead })
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/#\/(orders|needs)\/\d+$/)
  await check_page(page, 'after the order was opened')
}

async function offer(page) {
  await page.locator('nav a[href="#/orders"]').dispatchEvent('click')
  await page.locator('select').selectOption('open')
  const rows = page.locator('.list-row')
  await rows.first().waitFor()
  // The newest order is the one of this run; its number is the highest.
  const numbers = await rows.evaluateAll((links) => links.map((link) => Number(link.getAttribute('href').match(/\d+$/)[0])))
  const order = Math.max(...numbers)
  await page.locator(`.list-row[href="#/orders/${order}"]`).click()
  const people = page.locator('.candidate input')
  await people.first().waitFor()
  const folded = page.locator('details summary')
  for (const summary of await folded.all()) await summary.click()
  await check_page(page, 'candidates')
  assert.equal(await people.count(), accounts.volunteers.length)
  for (const person of await people.all()) await person.check()
  await page.locator('.candidates button[type=submit]').click()
  await page.locator('.offer-list li').first().waitFor()
  await check_page(page, 'offered')

  await page.locator('section button.link').last().click()
  await page.locator('.timeline li').first().waitFor()
  await check_page(page, 'why')
  await page.keyboard.press('Escape')
  await page.locator('.timeline').waitFor({ state: 'hidden' })

  await page.locator(`a[href="#/orders/${order}/slip"]`).click()
  await page.locator('.slip .code').waitFor()
  await check_page(page, 'slip to print')
  const code = (await page.locator('.slip .code').textContent()).trim()
  const link = (await page.locator('.link-text').textContent()).trim()
  return { order, code, link: `${open_side}/m/${link.slice(link.indexOf('#'))}` }
}

async function accept(page, { order }) {
  await page.goto(`${open_side}/m/#/orders/mine`)
  await page.locator(`a[href="#/orders/${order}"]`).waitFor()
  await check_page(page, 'my orders')
  await page.locator(`a[href="#/orders/${order}"]`).click()
  const next = page.locator('.van-button--primary')
  await next.waitFor()
  await check_page(page, 'offer')
  const decline = page.locator('article .van-button--default:not(.leave)')
  await decline.click()
  await page.locator('.van-dialog').waitFor()
  await check_page(page, 'declining')
  await page.locator('.van-dialog__cancel').click()
  await page.locator('.van-dialog').waitFor({ state: 'hidden' })
  await next.click()
  await decline.waitFor({ state: 'detached' })
  await check_page(page, 'accepted')
}

/** On the home, with one tap, and no page is opened for it. */
async function say_yes(page, { order }) {
  await page.goto(`${open_side}/m/#/`)
  await page.locator('.answers .yes').waitFor()
  assert.equal(await page.locator('.answers button').count(), 2)
  await page.locator('.answers .yes').click()
  await page.locator('.answers').waitFor({ state: 'detached' })
  await page.locator(`a[href="#/orders/${order}"]`).waitFor()
  await check_page(page, 'home after a yes')
}

/** Who cannot come says so with two taps; the subdistrict asks again, and the answer is yes after all. */
async function give_up(page, street, slip) {
  await page.goto(`${open_side}/m/#/orders/${slip.order}`)
  await page.locator('.leave').click()
  await page.locator('.van-dialog__confirm').waitFor()
  await check_page(page, 'giving up an order')
  await page.locator('.van-dialog__confirm').click()
  await page.locator('.leave').waitFor({ state: 'detached' })
  await check_page(page, 'order given up')
  await street.goto(`${office}/#/orders/${slip.order}`)
  await street.locator('.candidate input').first().check()
  await street.locator('.candidates button[type=submit]').click()
  await street.locator('.offer-list li').first().waitFor()
  await say_yes(page, slip)
}

async function serve(page, { order, code }) {
  await page.goto(`${open_side}/m/#/orders/mine`)
  await page.locator(`a[href="#/orders/${order}"]`).click()
  for (const step of ['in', 'out']) {
    await page.locator('input.code').waitFor()
    await check_page(page, `check ${step}`)
    await page.locator('input.code').fill(code)
    await page.locator('input.code').press('Control+Enter')
    // The service is made at another time than was planned, so the page asks why.
    const reason = page.locator('input[name=time_reason]')
    await page.waitForFunction((typed) => document.querySelector('input.code')?.value !== typed || document.querySelector('input[name=time_reason]'), code)
    if (await reason.count()) {
      await check_page(page, `why the check ${step} is not at the planned time`)
      await reason.fill('改在今天')
      await reason.press('Control+Enter')
      await page.waitForFunction((typed) => document.querySelector('input.code')?.value !== typed, code)
    }
  }
  await page.locator('input.code').waitFor({ state: 'hidden' })
  await check_page(page, 'served')
  await page.goto(`${open_side}/m/#/records`)
  await page.locator('.total strong').waitFor()
  await check_page(page, 'my minutes')
}

async function review(page, link) {
  await page.goto(link)
  await page.locator('.van-button--primary').waitFor()
  await check_page(page, 'slip to confirm')
  await page.locator('.van-button--primary').click()
  await page.locator('.review').waitFor()
  assert.equal(await page.locator('.review [data-field]').count(), review_fields)
  await check_page(page, 'review')
  await page.locator('input[value=resolved]').check()
  await page.locator('input[value="5"]').check()
  await page.locator('textarea').first().fill('谢谢')
  await page.locator('.review button[type=submit]').click()
  await page.locator('.review').waitFor({ state: 'hidden' })
  await check_page(page, 'reviewed')
}

const runs = [
  ['at a desk, in Chinese', desk, 'zh-CN', 1],
  ['on a phone, in English', pocket, 'en', 2],
]
for (const [name, viewport, language, days_ahead] of runs) {
  describe(`The loop ${name}`, () => {
    test('goes from a report to a review, and no list on the way is reloaded', async () => {
      // Digits only, so that the words of this run are found again and are no stray English.
      const what = `独居老人需要探访 ${Date.now()}`
      const reporter = await open_page(browser, pocket, language)
      const social_worker = await open_page(browser, viewport, language)
      const street = await open_page(browser, viewport, language)
      const requester = await open_page(browser, pocket, language)

      await begin_at_console(social_worker, 'social_worker')
      await social_worker.waitForURL(/#\/needs$/)
      await check_page(social_worker, 'needs before the report')
      await sign_in_to_phone(reporter, accounts.grid_worker)
      await check_page(reporter, 'home of a grid worker')
      await report(reporter, what)
      await make_order(social_worker, what, days_ahead)
      await sign_in_to_console(street, 'street_staff')
      const slip = await offer(street)
      const volunteers = []
      for (const account of accounts.volunteers) {
        const volunteer = await open_page(browser, pocket, language)
        volunteers.push(volunteer)
        await sign_in_to_phone(volunteer, account)
        await check_page(volunteer, 'home of a volunteer')
        if (account === accounts.volunteers[0]) await accept(volunteer, slip)
        else await say_yes(volunteer, slip)
      }
      await give_up(volunteers.at(-1), street, slip)
      for (const volunteer of volunteers) await serve(volunteer, slip)
      await review(requester, slip.link)

      const result = language === 'en' ? 'Resolved' : '已解决'
      await reporter.locator('article', { hasText: what }).locator('.result', { hasText: result }).waitFor()
      await check_page(reporter, 'my reports with the result')
      for (const page of [reporter, social_worker, street, requester, ...volunteers]) await page.context().close()
    })
  })
}

describe('The public listener', () => {
  test('has no console', async () => {
    const answers = await Promise.all([fetch(`${open_side}/api/figures`), fetch(`${open_side}/api/accounts`)])
    assert.deepEqual(answers.map((answer) => answer.status), [404, 404])
    assert.equal((await fetch(`${open_side}/m/`)).status, 200)
    assert.equal((await fetch(`${office}/`)).status, 200)
  })
})
