// Each rule pack of a district in its own short-lived installation: what the pack settles itself stands on the pages.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Installation } from './installation.mjs'
import { register } from './people.mjs'
import * as site from './site.mjs'
import { check_page, desk, launch, open_page, pocket, settled, sign_in_to_console, sign_in_to_phone } from './site.mjs'
import { must, once } from './team.mjs'

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const day_ms = 86_400_000
const zone_ms = 8 * 3_600_000
const packs = [
  { pack: 'daxing', divisions: 'beijing-daxing', bank: '时间币', limits: ['1 小时内联系，24 小时内', '4 小时内联系，7 日内'] },
  {
    pack: 'west-coast', divisions: 'qingdao-huangdao', bank: '时间银行', limits: ['12 小时内联系，7 日内'],
    lived: ['--days', '35', '--people', '16', '--until', '2025-11-03'], // over a month's end
  },
  { pack: 'taiyuan', divisions: 'taiyuan', bank: '互助时间', limits: [] },
]

const under = (pack, divisions, life) => ['--pack', `packs/${pack}`, '--divisions', `assets/divisions/${divisions}.csv`, ...life]

/** Signs in, opens the page and answers it. */
async function at_desk(role, path) {
  const page = await open_page(browser, desk)
  await sign_in_to_console(page, role)
  await page.goto(`${site.office}/#/${path}`)
  await settled(page)
  return page
}

async function on_phone(account, path) {
  const page = await open_page(browser, pocket)
  await sign_in_to_phone(page, account)
  await page.goto(`${site.open_side}/m/#/${path}`)
  await settled(page)
  return page
}

for (const { pack, divisions, bank, limits, lived } of packs) {
  describe(`Under the pack ${pack}`, () => {
    let district
    before(async () => {
      district = new Installation(under(pack, divisions, lived ?? ['--days', '1', '--people', '6']))
      site.use_served(await district.serve())
    })
    after(() => district.end())

    test('the pack is in force, and the time bank has its name on desk and phone', async () => {
      const officer = await at_desk('district_officer', 'rule-packs')
      await officer.locator('.list-row', { hasText: pack }).first().click()
      await officer.locator('article').first().waitFor()
      await check_page(officer, `rules of ${pack}`)
      await officer.goto(`${site.office}/#/time-bank`)
      await officer.locator('h1', { hasText: bank }).waitFor()
      await officer.locator('nav a[href="#/time-bank"]', { hasText: bank }).waitFor()
      await officer.context().close()
      const phone = await on_phone(site.accounts.volunteers[0], 'time')
      await phone.locator('h1', { hasText: bank }).waitFor()
      await check_page(phone, `my time under ${pack}`)
      await phone.context().close()
    })

    if (limits.length) {
      test('whoever reports a need reads its time limits', async () => {
        const page = await on_phone(site.accounts.grid_worker, 'needs/report')
        for (const limit of limits) await page.locator('.says', { hasText: limit }).waitFor()
        await check_page(page, `reporting a need under ${pack}`)
        await page.context().close()
      })
    }
    if (pack === 'daxing') test('a record of more than eight hours is refused', refuses_nine_hours)
    if (pack === 'west-coast') test('a team reads its higher marks', reads_higher_marks)
    if (pack === 'taiyuan') test('the first star is nearer', reads_the_first_star)
  })
}

/** Base would take twelve; nobody else lives here, so that nothing overlaps. */
async function refuses_nine_hours() {
  const desk_worker = await at_desk('community_worker', 'people')
  await register(desk_worker, '甄满', '19750301', '741', true)
  await desk_worker.context().close()
  const page = await at_desk('social_worker', 'records/enter')
  await page.locator('input[type=search]').fill('甄满')
  await page.locator('fieldset').nth(1).waitFor()
  await page.locator('fieldset').first().locator('input[type=radio]').first().check()
  await page.locator('select').first().selectOption('errands')
  const yesterday = new Date(Date.now() + zone_ms - day_ms).toISOString().slice(0, 10)
  await page.locator('input[type=date]').fill(yesterday)
  await page.locator('input[type=time]').nth(0).fill('08:00')
  await page.locator('input[type=time]').nth(1).fill('17:00')
  await page.locator('input[type=radio][value=free_time]').check()
  await page.locator('label.tick input').check()
  await page.locator('button[type=submit]').click()
  await page.locator('.field-error, .problem-note').first().waitFor()
  await check_page(page, 'nine hours refused')
  await page.locator('input[type=time]').nth(1).fill('16:00')
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/#\/records\/\d+$/)
  await page.context().close()
}

async function reads_higher_marks() {
  const page = await at_desk('street_staff', 'grades')
  await page.locator('a.list-row').first().click() // each was graded at a month's end
  await page.getByText('90 分以上为绿，75 分以上为蓝').waitFor()
  await page.getByText('连续 3 次月评').waitFor()
  await check_page(page, 'marks of the west coast')
  await page.context().close()
}

async function reads_the_first_star() {
  const page = await on_phone(site.accounts.volunteers[0], 'certification')
  await page.locator('.star', { hasText: '50 小时' }).waitFor()
  await check_page(page, 'stars of taiyuan')
  await page.context().close()
}

/** The open orders, once the timer has caught up with the days since. */
function open_orders(page) {
  return once(async () => {
    const { items } = await must(page, 'GET', '/api/orders?state=open&limit=100')
    const orders = await Promise.all(items.map(({ id }) => must(page, 'GET', `/api/orders/${id}`)))
    if (orders.every(({ widen_at }) => !widen_at || widen_at > Date.now())) return orders
  }, 'the timer widens nothing')
}

test('In Taiyuan an order that nobody took is looked for in the whole city', async () => {
  // From 60 per cent of an ordinary need's seven days on; the social worker has it at 80. Some lives leave no such order
  // behind, so that several are tried.
  const four_days_ago = new Date(Date.now() - 4 * day_ms).toISOString().slice(0, 10)
  for (const days of ['8', '7', '6', '10', '12', '5']) {
    const district = new Installation(under('taiyuan', 'taiyuan', ['--days', days, '--people', '60', '--until', four_days_ago]))
    site.use_served(await district.serve())
    const page = await at_desk('social_worker', 'orders')
    const order = (await open_orders(page)).find((each) => each.reach_zh === '市')
    if (order) {
      await page.goto(`${site.office}/#/orders/${order.id}`)
      await page.getByText('正在市内寻找').waitFor()
      await check_page(page, 'an order for the whole city')
    }
    await page.context().close()
    district.end()
    if (order) return
  }
  assert.fail('no demonstration left an order open for four days')
})
