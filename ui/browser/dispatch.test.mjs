// The dispatcher's page of all open orders: a run, its proposals and what is scarce, why not somebody
// else, adopting one of them; the candidates of one order beside it; a social worker's day. At a desk
// in Chinese, on a phone in English.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { must } from './team.mjs'
import { check_page, desk, launch, office, open_page, pocket, settled, sign_in_to_console, use_site } from './site.mjs'

use_site('HEZHI_LIVELY')

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** Two orders that volunteers can take, in so many days; a living district may have none today. */
async function order_help(days) {
  const page = await open_page(browser, desk)
  await sign_in_to_console(page, 'social_worker')
  const [day_ms, hour_ms, zone] = [86_400_000, 3_600_000, 8]
  const midnight = Math.floor((Date.now() + zone * hour_ms) / day_ms) * day_ms - zone * hour_ms + days * day_ms
  for (const hour of [10, 14]) {
    const who = `郑秀英 138200${days}${hour}${String(Date.now()).slice(-2)}`
    const need = await must(page, 'POST', '/api/calls', { who, what: '想请人每天问候一声', urgent: false, consent: true })
    const starts_at = midnight + hour * hour_ms
    await must(page, 'POST', `/api/needs/${need.id}/order`, { category: 'daily_safety_signal', starts_at, ends_at: starts_at + hour_ms / 3, contacted: true })
  }
  await page.context().close()
}

async function make_run(page) {
  await page.goto(`${office}/#/dispatch`)
  await settled(page)
  await check_page(page, 'dispatch before')
  await page.locator('button.make').click()
  await page.waitForURL(/#\/dispatch\/\d+$/)
  await page.locator('.run-summary').waitFor()
  await page.locator('.run-summary summary').click()
  await check_page(page, 'dispatch run')
  assert.match(await page.locator('.run-summary .hash').textContent(), /^[0-9a-f]{64}$/)
  const facts = await page.locator('.run-summary dd').allTextContents()
  // Several who must go together, or none of them, may cost a little more than the bound.
  const more = Number(facts[0]) - Number(facts[1])
  assert.ok(more >= 0, 'nothing costs less than no assignment can beat')
  const proof = await page.locator('.run-summary .proof').textContent()
  assert.equal(more > 0, proof.includes(String(more)), 'the sentence says what lies between')
  return page.locator('.proposal input:enabled')
}

async function ask_why_not(page) {
  await page.locator('.proposal .why').last().click()
  await page.locator('.why-not .people button').first().waitFor()
  await page.locator('.why-not .people button').first().click()
  await page.locator('.why-not .answer p').first().waitFor()
  assert.ok((await page.locator('.why-not .answer p').first().textContent()).trim())
  await check_page(page, 'why not')
  await page.keyboard.press('Escape')
  await page.locator('.why-not').waitFor({ state: 'hidden' })
}

async function adopt_one(page, waiting) {
  await page.locator('.all').click()
  await page.locator('[role=dialog]:visible .confirm').waitFor()
  await check_page(page, 'adopting all')
  await page.keyboard.press('Escape')
  await page.locator('[role=dialog]:visible').waitFor({ state: 'hidden' })
  const order = await waiting.first().getAttribute('value')
  await waiting.first().check()
  await page.locator('.some').click()
  await page.locator(`.proposal input[value="${order}"]:disabled`).waitFor()
  await check_page(page, 'one adopted')
  return order
}

async function see_candidates(page, order) {
  await page.goto(`${office}/#/orders/${order}`)
  await page.locator('.candidates').waitFor()
  await settled(page)
  for (const folded of await page.locator('details summary').all()) await folded.click()
  await check_page(page, 'candidates beside the offer')
  assert.ok(await page.locator('.offer-list li').count(), 'whom the run proposed was asked')
  for (const total of await page.locator('.score-bar').all()) {
    const parts = (await total.locator('.part').allTextContents()).map((text) => Number(/(\d+)\/\d+$/.exec(text.trim())[1]))
    const sum = Number(/\d+/.exec(await total.locator('.total').textContent())[0])
    assert.equal(parts.reduce((a, b) => a + b, 0), sum, 'a score sheet adds up')
  }
}

const runs = [
  ['at a desk, in Chinese', desk, 'zh-CN', 2],
  ['on a phone, in English', pocket, 'en', 3],
]
describe('All open orders at once', () => {
  for (const [name, viewport, language, days] of runs) {
    test(name, async () => {
      await order_help(days)
      const page = await open_page(browser, viewport, language)
      await sign_in_to_console(page, 'street_staff')
      const waiting = await make_run(page)
      await ask_why_not(page)
      assert.ok(await waiting.count(), 'somebody can be sent in a living district')
      await see_candidates(page, await adopt_one(page, waiting))
      await page.context().close()
    })
    test(`the day of visits, ${name}`, async () => {
      const page = await open_page(browser, viewport, language)
      await sign_in_to_console(page, 'social_worker')
      await page.goto(`${office}/#/my-day`)
      await settled(page)
      await check_page(page, 'my day')
      await page.context().close()
    })
  }
})
