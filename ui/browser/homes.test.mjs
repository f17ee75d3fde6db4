// Homes: one number that opens its list, one next step; a deputy named and agreed to; work handed on.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_LIVELY')
const hand_on_fields = 2 // to whom, why
const deputy_fields = 3 // who, from, until

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** The digits of a number as a page shows it. */
const digits = async (locator) => Number((await locator.locator('.card-number strong').textContent()).replace(/\D/g, ''))

for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
  describe(`Homes at ${viewport.width} in ${language}`, () => {
    for (const role of ['district_officer', 'street_staff', 'social_worker', 'community_worker', 'system_administrator', 'security_administrator', 'auditor']) {
      test(`of ${role}: the number opens the list that it counts, and there is one next step`, async () => {
        const page = await open_page(browser, viewport, language)
        await sign_in_to_console(page, role)
        await page.waitForURL(/#\/home$/)
        await page.locator('.one .card-number').waitFor()
        await check_page(page, `home of ${role}`)
        assert.equal(await page.locator('main .el-button--primary').count(), 1)
        const number = await digits(page.locator('.one .number'))
        await page.locator('.one .number').click()
        await page.waitForURL(/#\/home\/[a-z_]+$/)
        await settled(page)
        while (await page.locator('button.link').count()) {
          await page.locator('button.link').click()
          await settled(page)
        }
        const items = await page.locator('.card-items li').count()
        // Urgent cases count twice in a social worker's load.
        if (role === 'social_worker') assert.ok(items <= number && number <= 2 * items, `${items} cases, a load of ${number}`)
        else assert.equal(items, number)
        await check_page(page, `list of ${role}`)
        await page.context().close()
      })
    }

    test('of a grid worker, a volunteer and a resident on the phone: the number opens its list', async () => {
      for (const account of [accounts.grid_worker, accounts.volunteers[0], accounts.resident]) {
        const page = await open_page(browser, pocket, language)
        await sign_in_to_phone(page, account)
        await page.locator('.numbers .one').waitFor()
        await check_page(page, `phone home of ${account.role}`)
        await page.locator('.numbers .one').click()
        await page.waitForURL(/#\/home\/[a-z_]+$/)
        await check_page(page, `phone list of ${account.role}`)
        if (account === accounts.grid_worker) {
          const words = (await page.locator('.card-number').textContent()).replace(/\s/g, '')
          assert.equal(await page.locator('.item').count(), Math.min(50, Number(words.split('/')[1])), words)
        }
        await page.context().close()
      }
    })
  })
}

/** Opens a second account of a role through the two administrators; answers how it signs in. */
async function open_account(role, area, name) {
  const [proposer, decider] = [await open_page(browser, desk), await open_page(browser, desk)]
  await sign_in_to_console(proposer, 'system_administrator')
  await proposer.goto(`${office}/#/accounts`)
  await proposer.locator('main header .el-button').click()
  const form = proposer.locator('[role=dialog]:visible')
  await form.locator('input').nth(0).fill('孙知行')
  await form.locator('input').nth(1).fill(name)
  await form.locator('select').selectOption(role)
  await form.locator('input[role=combobox]').fill(area)
  await form.locator('[role=option]').first().click()
  await form.locator('button[type=submit]').click()
  const password = (await form.locator('code').textContent()).trim()
  await sign_in_to_console(decider, 'security_administrator')
  await decider.goto(`${office}/#/grants`)
  const row = decider.locator('tbody tr', { hasText: '孙知行' }).first()
  await row.locator('.el-button--primary').click()
  await row.waitFor({ state: 'detached' })
  for (const page of [proposer, decider]) await page.context().close()
  return { username: name, password }
}

describe('Somebody who is away', () => {
  for (const [viewport, language, name] of [[desk, 'zh-CN', 'deputy.one'], [pocket, 'en', 'deputy.two']]) {
    test(`names a deputy, who agrees and works the queue; items are handed on, in ${language}`, async () => {
      const colleague = await open_account('social_worker', accounts.social_worker.area, name)
      const [away, deputy] = [await open_page(browser, viewport, language), await open_page(browser, viewport, language)]
      await deputy.goto(`${office}/#/sign-in`)
      await deputy.locator('input[name=username]').fill(colleague.username)
      await deputy.locator('input[name=password]').fill(colleague.password)
      await deputy.locator('form button[type=submit]').click()
      await deputy.waitForURL(/#\/password$/)
      await deputy.locator('input[type=password]').nth(0).fill(colleague.password)
      await deputy.locator('input[type=password]').nth(1).fill('only-mine-now')
      await deputy.locator('form button[type=submit]').click()
      await deputy.waitForURL(/#\/home$/)

      await sign_in_to_console(away, 'social_worker')
      await away.goto(`${office}/#/queues`)
      await away.locator('.queue li').first().waitFor()
      await check_page(away, 'queues')
      const before = await away.locator('.queue').first().locator('li').count()

      await away.goto(`${office}/#/deputies`)
      await away.locator('main header .el-button').click()
      const form = away.locator('[role=dialog]:visible')
      assert.equal(await form.locator('[data-field]').count(), deputy_fields)
      const chosen = await form.locator('select option', { hasText: '孙知行' }).last().getAttribute('value')
      await form.locator('select').selectOption(chosen)
      await form.locator('input[name=until]').fill(await form.locator('input[name=from]').inputValue())
      await check_page(away, 'naming a deputy')
      await form.locator('button[type=submit]').click()
      await form.waitFor({ state: 'hidden' })

      await deputy.goto(`${office}/#/deputies`)
      const wait = deputy.locator('li', { hasText: '孙知行' }).first()
      await wait.locator('.el-button--primary').click()
      await wait.locator('.state-tag.strong').waitFor()
      await check_page(deputy, 'deputies')
      await deputy.goto(`${office}/#/queues`)
      await deputy.locator('.queue').nth(1).locator('li').first().waitFor()
      assert.equal(await deputy.locator('.queue').nth(1).locator('li').count(), before)
      await check_page(deputy, 'queues of a deputy')

      // One item, handed on by two fields.
      await deputy.locator('.queue').nth(1).locator('li .el-button').first().click()
      const hand_on = deputy.locator('[role=dialog]:visible')
      assert.equal(await hand_on.locator('[data-field]').count(), hand_on_fields)
      const to = await hand_on.locator('select option', { hasText: '孙知行' }).last().getAttribute('value')
      await hand_on.locator('select').selectOption(to)
      await hand_on.locator('input[name=why]').fill('就近')
      await check_page(deputy, 'handing on')
      await hand_on.locator('button[type=submit]').click()
      await hand_on.waitFor({ state: 'hidden' })
      await deputy.locator('.queue').first().locator('.handed').first().waitFor()
      assert.equal(await deputy.locator('.queue').first().locator('li').count(), 1)

      // And back again, the whole queue.
      await deputy.locator('.queue').first().locator('.el-button').first().click()
      const back = await hand_on.locator('select option', { hasNotText: '孙知行' }).nth(1).getAttribute('value')
      await hand_on.locator('select').selectOption(back)
      await hand_on.locator('input[name=why]').fill('交回')
      await hand_on.locator('button[type=submit]').click()
      await hand_on.waitFor({ state: 'hidden' })
      await deputy.locator('.queue').first().locator('.empty-note').waitFor()

      await away.goto(`${office}/#/deputies`)
      await away.locator('li', { hasText: '孙知行' }).first().locator('.el-button').click()
      await away.locator('li', { hasText: '孙知行' }).first().locator('.state-tag.plain').waitFor()
      for (const page of [away, deputy]) await page.context().close()
    })
  }
})
