// Every page of every role, wide in Chinese and narrow in English: what check_page holds, and the home
// first. every_page.test.mjs looks at each page in both sizes and languages, for one role.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { must } from './team.mjs'

use_site('HEZHI_LIVELY')

const roles = ['district_officer', 'street_staff', 'social_worker', 'community_worker', 'system_administrator', 'security_administrator', 'auditor']
const account_fields = 4 // name, how to sign in, role, area
const register_fields = 5 // name, phone, document, its number, area
const views = [
  ['1440', desk, 'zh-CN'],
  ['390', pocket, 'en'],
]

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** Opens the dialog that a page's first button leads to, if it has one, and checks it. */
async function check_dialogs(page, name) {
  const opener = page.locator('main header .el-button').first()
  if (!(await opener.count()) || name === 'health' || name === 'people') return
  await opener.click()
  if (!(await page.locator('[role=dialog]:visible').count())) return
  await page.locator('[role=dialog]:visible').first().waitFor()
  await check_page(page, `${name} dialog`)
  await page.keyboard.press('Escape')
}

for (const [size, viewport, language] of views) {
  for (const role of roles) {
    test(`The console of ${role} at ${size} in ${language} opens on its home, and every page holds`, async () => {
      const page = await open_page(browser, viewport, language)
      await page.goto(`${office}/`)
      await page.locator('input[name=username]').waitFor()
      const first = role === roles[0] // what is the same for all is looked at once
      if (first) await check_page(page, 'sign in')
      await sign_in_to_console(page, role)
      await page.waitForURL(/#\/home$/)
      const paths = await page.locator('nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
      assert.equal(paths[0], '#/home')
      for (const path of first ? [...paths, '#/password'] : paths) {
        await page.goto(`${office}/${path}`)
        await settled(page)
        const name = path.slice(2)
        await check_page(page, name)
        await check_dialogs(page, name)
        // A button may have led to a page of its own.
        await page.goto(`${office}/${path}`)
        await page.reload()
        await settled(page)
        const row = page.locator('.list-row').first()
        if (!(await row.count())) continue
        await row.click()
        await page.locator('article, .problem-note').first().waitFor()
        await check_page(page, `${name} detail`)
      }
      await page.context().close()
    })
  }
}

const phone_accounts = { 'a grid worker': accounts.grid_worker, 'a volunteer': accounts.volunteers[0] }
for (const [who, account] of Object.entries(phone_accounts)) {
  for (const language of ['zh-CN', 'en']) {
    test(`The phone of ${who} in ${language} has at most four entries, and every page holds in large letters too`, async () => {
      const page = await open_page(browser, pocket, language)
      await page.goto(`${open_side}/m/`)
      await page.locator('form').waitFor()
      await check_page(page, 'phone sign in')
      await sign_in_to_phone(page, account)
      const paths = await page.locator('nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
      assert.ok(paths.length >= 1 && paths.length <= 4, `${paths.length} entries`)
      for (const path of ['#/', ...paths]) {
        await page.goto(`${open_side}/m/${path}`)
        await settled(page)
        await check_page(page, `phone ${path}`)
        await page.locator('button[aria-pressed]').click()
        await check_page(page, `phone ${path} large`)
        await page.locator('button[aria-pressed]').click()
      }
      await page.context().close()
    })
  }
}

/** The number that a figure's link shows now: others work in the same district meanwhile. */
async function number_shown(page, href) {
  await page.goto(`${office}/#/figures`)
  await page.locator('.figure-card').first().waitFor()
  return Number(await page.locator(`.figure-card .numbers a[href="${href}"]`).textContent())
}

/** How many rows the list behind a figure has, page after page. */
async function rows_listed(page, href) {
  await page.goto(`${office}/${href}`)
  await settled(page)
  while (await page.locator('button.link').count()) {
    await page.locator('button.link').click()
    await settled(page)
  }
  return page.locator('tbody tr').count()
}

describe("The officer's figures", () => {
  test('open the lists that they count, row by row', async () => {
    const page = await open_page(browser, desk)
    await sign_in_to_console(page, 'district_officer')
    await page.goto(`${office}/#/figures`)
    await page.locator('.figure-card').first().waitFor()
    const links = await page.locator('.figure-card .numbers a').evaluateAll((found) => found.map((link) => link.getAttribute('href')))
    assert.equal(links.length, 10) // four figures and what is unmet, each of two numbers
    for (const href of links) {
      // A figure that moved while its list was read says nothing of the two: read both again.
      let was, rows, is
      for (let tries = 0; tries < 5 && (tries === 0 || was !== is); tries += 1) {
        was = await number_shown(page, href)
        rows = await rows_listed(page, href)
        is = await number_shown(page, href)
      }
      assert.ok(was > 0 || href.includes('/unmet/numerator'), href) // nothing may be late
      assert.equal(was, is, `${href} never stood still`)
      assert.equal(rows, is, href)
    }
    // Of this month alone: the choice stands in the address and in the links, and the lists follow.
    await page.goto(`${office}/#/figures`)
    await page.locator('.choice-field input[value=month]').check()
    await page.waitForURL(/figures\?from=\d{4}-\d\d-01$/)
    await settled(page)
    await check_page(page, 'figures of this month')
    const of_month = page.locator('.figure-card .numbers a').nth(1)
    assert.match(await of_month.getAttribute('href'), /from=/)
    const reported = Number(await of_month.textContent()) // none yet on the first day of a month
    await of_month.click()
    await settled(page) // what was asked for stands there in whatever language somebody wrote it
    await page.locator(reported ? 'tbody tr' : '.empty-note').first().waitFor()
    assert.equal(await page.locator('tbody tr').count() > 0, reported > 0)
    await page.context().close()
  })

  for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
    test(`say what they leave out and why, and list it, in ${language}`, async () => {
      const worker = await open_page(browser, desk)
      await sign_in_to_console(worker, 'social_worker')
      const report = (phone) => must(worker, 'POST', '/api/calls', { who: `郑秀英 ${phone}`, what: '想请人来看看水管', urgent: false, consent: true })
      const last = String(Date.now()).slice(-6)
      const [kept, twice] = [await report(`13821${last}`), await report(`13822${last}`)]
      await must(worker, 'POST', `/api/needs/${twice.id}/joining`, { into: kept.id })
      await worker.context().close()

      const page = await open_page(browser, viewport, language)
      await sign_in_to_console(page, 'district_officer')
      await page.goto(`${office}/#/figures`)
      await page.locator('.figure-card').first().waitFor()
      for (const summary of await page.locator('.figure-card .not-counted summary').all()) await summary.click()
      await check_page(page, 'figures with what they leave out')
      const merged = page.locator('.figure-card .not-counted a[href*="why=merged"]')
      assert.equal(await merged.count(), 5, 'every figure leaves it out')
      const href = await merged.first().getAttribute('href')
      await merged.first().click()
      await page.locator('tbody tr').first().waitFor()
      await check_page(page, 'needs that are not counted')
      assert.ok(await page.locator('.figure-why .arithmetic').count())
      assert.ok(await page.locator(`tbody a[href="#/needs/${kept.id}"]`).count(), 'it leads to the need that stays')
      // The number and its list, read until others let both stand still.
      let was, rows, is
      const shown = async () => Number(/\d+(?=\D*$)/.exec(await page.locator(`.not-counted a[href="${href}"]`).textContent())[0])
      for (let tries = 0; tries < 5 && (tries === 0 || was !== is); tries += 1) {
        await page.reload()
        await page.locator('.figure-why').waitFor()
        was = await shown()
        rows = await rows_listed(page, href)
        await page.reload()
        await page.locator('.figure-why').waitFor()
        is = await shown()
      }
      assert.equal(was, is, `${href} never stood still`)
      assert.equal(rows, is)
      await page.context().close()
    })
  }
})

describe('A new account', () => {
  test('is proposed by one administrator and refused by another, to whom it comes without reloading', async () => {
    const [proposer, decider] = [await open_page(browser, desk), await open_page(browser, desk)]
    await sign_in_to_console(decider, 'security_administrator')
    await decider.goto(`${office}/#/grants`)
    await check_page(decider, 'no grants')
    await sign_in_to_console(proposer, 'system_administrator')
    await proposer.goto(`${office}/#/accounts`)
    await proposer.locator('main header .el-button').click()
    const form = proposer.locator('[role=dialog]:visible')
    assert.equal(await form.locator('[data-field]').count(), account_fields)
    await form.locator('input').nth(0).fill('钱多多')
    await form.locator('input').nth(1).fill('new.account')
    await form.locator('select').selectOption('social_worker')
    await form.locator('input[role=combobox]').fill(accounts.street_staff.area)
    await form.locator('[role=option]').first().click()
    await form.locator('button[type=submit]').click()
    await form.locator('code').waitFor()
    await check_page(proposer, 'first password')

    const row = decider.locator('tbody tr', { hasText: '钱多多' })
    await row.locator('.el-button').last().click()
    await decider.locator('[role=dialog]:visible textarea').fill('岗位有误')
    await check_page(decider, 'refusing a grant')
    await decider.locator('[role=dialog]:visible button[type=submit]').click()
    await row.waitFor({ state: 'detached' })
    for (const page of [proposer, decider]) await page.context().close()
  })
})

describe('A volunteer without a phone number known here', () => {
  test('is registered and gets a sign-in slip, whose code opens the phone page with a new PIN', async () => {
    const [staff, phone] = [await open_page(browser, desk), await open_page(browser, pocket)]
    await sign_in_to_console(staff, 'community_worker')
    await staff.goto(`${office}/#/people/register`)
    await check_page(staff, 'registering')
    assert.equal(await staff.locator('form [data-field]').count(), register_fields)
    await staff.locator('form input').first().fill('周立夏')
    await staff.locator('input[role=combobox]').fill(accounts.community_worker.area.slice(0, 4))
    await staff.locator('[role=option]', { hasText: accounts.community_worker.area }).click()
    // Nobody is enrolled unasked: the words are read at the desk, and without the person's yes nothing is done.
    await staff.locator('input[name=volunteer]').check()
    await staff.locator('input[name=agreed]').waitFor()
    await staff.locator('button[type=submit]').click()
    await staff.locator('.terms .field-error').waitFor()
    await check_page(staff, 'registering a volunteer who has not agreed')
    await staff.locator('input[name=agreed]').check()
    await staff.locator('button[type=submit]').click()
    await staff.waitForURL(/#\/people\/\d+$/)
    await staff.locator('article .el-button--primary').click()
    await staff.locator('.paper .code').waitFor()
    await check_page(staff, 'sign-in slip')
    const code = (await staff.locator('.paper .code').textContent()).trim()
    await sign_in_to_phone(phone, { code, pin: '246802' })
    await check_page(phone, 'home of a new volunteer')
    for (const page of [staff, phone]) await page.context().close()
  })
})

describe('Whoever is not signed in', () => {
  test('comes back to the page asked for after signing in', async () => {
    const page = await open_page(browser, desk)
    await page.goto(`${office}/#/password`)
    await page.waitForURL(/#\/sign-in\?back=/)
    await page.locator('input[name=username]').fill(accounts.auditor.username)
    await page.locator('input[name=password]').fill(accounts.auditor.password)
    await page.locator('input[name=password]').press('Enter')
    await page.waitForURL(/#\/password$/)
    await page.context().close()
  })

  test('is told why a wrong password does not help', async () => {
    const page = await open_page(browser, desk)
    await page.goto(`${office}/#/sign-in`)
    await page.locator('input[name=username]').fill('nobody')
    await page.locator('input[name=password]').fill('wrong')
    await page.locator('button[type=submit]').click()
    await page.locator('[role=alert]').waitFor()
    await check_page(page, 'sign in refused')
    await page.context().close()
  })

  test('is told that a slip does not exist', async () => {
    const page = await open_page(browser, pocket)
    await page.goto(`${open_side}/m/#/slip/bad`)
    await page.locator('[role=alert]').waitFor()
    await check_page(page, 'unknown slip')
    await page.context().close()
  })
})

describe('Without a network', () => {
  test('a report is kept on the phone and sent once when the network is back', async () => {
    const page = await open_page(browser, pocket)
    await sign_in_to_phone(page, accounts.grid_worker)
    await page.locator('a[href="#/needs/report"]').click()
    const what = `楼道需要清理 ${Date.now()}`
    await page.locator('textarea').fill(what)
    await page.locator('input[type=radio][value=P3]').check()
    await settled(page) // an answer on its way would say that the network is there
    await page.route('**/api/**', (route) => route.abort())
    await page.locator('button[type=submit]').click()
    await page.locator('.waiting', { hasText: what }).waitFor()
    await page.locator('.offline-banner').waitFor()
    await check_page(page, 'report kept')
    await page.unroute('**/api/**')
    await page.reload()
    await page.locator('nav a').first().waitFor()
    await page.locator('.waiting').waitFor({ state: 'detached' })
    await page.goto(`${open_side}/m/#/needs/mine`)
    await page.locator('article', { hasText: what }).first().waitFor()
    assert.equal(await page.locator('article', { hasText: what }).count(), 1)
    await page.context().close()
  })
})
