// Accounts of time that nobody moved for two years: they rest until a desk wakes them. In an installation of its own,
// whose people served long ago.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Installation } from './installation.mjs'
import { check_page, desk, launch, office, open_page, open_side, pocket, sign_in_to_console, sign_in_to_phone, use_served } from './site.mjs'
import { slip_of } from './people.mjs'
import { call, must, once } from './team.mjs'

const long_ago = '2023-03-31' // accounts rest after 24 months
const words = ['--divisions', 'assets/divisions/qingdao-huangdao.csv', '--days', '8', '--people', '20', '--until', long_ago]

let browser, district
before(async () => {
  browser = await launch()
  district = new Installation(words)
  use_served(await district.serve())
})
after(async () => {
  await browser.close()
  district.end()
})

const dialog = (page, inner) => page.locator(`[role=dialog]:visible ${inner}`)

/** Somebody of the desk's areas with time on an account that rests; the timer needs a moment after the start. */
async function somebody_resting(page) {
  const { items } = await must(page, 'GET', '/api/people?limit=100')
  return once(async () => {
    for (const { id } of items) {
      const account = await call(page, 'GET', `/api/time-bank/people/${id}`)
      if (account.body.dormant && account.body.balance > 5) return { id, balance: account.body.balance }
    }
  }, 'no account rests')
}

test('An account that rests is woken at a desk', async () => {
  for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'street_staff')
    const { id, balance } = await somebody_resting(page)
    const slip = await slip_of(page, id)
    await page.goto(`${office}/#/people/${id}`)
    const time = page.locator('section', { has: page.locator('.why-figure') }).last()
    const wake = time.locator('.el-button--primary')
    await wake.waitFor()
    await check_page(page, 'an account that rests')

    const phone = await open_page(browser, pocket, language)
    await sign_in_to_phone(phone, slip)
    const refused = await call(phone, 'POST', '/api/time-bank/mine/donations', { minutes: 5 })
    assert.equal(refused.body.code, 'account_dormant')

    await wake.click()
    await wake.waitFor({ state: 'detached' })
    await check_page(page, 'an account that was woken')
    await phone.goto(`${open_side}/m/#/time`)
    await phone.locator('.total strong', { hasText: new RegExp(`^${balance}$`) }).waitFor()
    await phone.locator('main > .van-button').first().click()
    await phone.locator('form input').fill('5')
    await phone.locator('form button[type=submit]').click()
    await phone.locator('.van-dialog__confirm').click()
    await phone.locator('.total strong', { hasText: new RegExp(`^${balance - 5}$`) }).waitFor()
    for (const each of [page, phone]) await each.context().close()
  }
})
