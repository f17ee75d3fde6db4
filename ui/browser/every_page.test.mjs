// Every route of the console and of the phone, read from the two files of routes, so that a new page is
// looked at without being named here: both sizes, both languages, no stray English, axe, no overflow; and every
// dialog that a button of it opens, at a desk in Chinese and on a narrow screen in English.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accounts, check_dialogs, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { call, lead_of_a_team } from './team.mjs'

use_site('HEZHI_LIVELY')

/** A path as the file has it: its backslashes are doubled there. */
const routes_of = (file) =>
  [...readFileSync(join(import.meta.dirname, '..', file), 'utf8').matchAll(/path: '([^']+)',\s*name: '([a-z_]+)'/g)]
    .map(([, path, name]) => ({ path: path.replace(/^\//, '').replaceAll('\\\\', '\\'), name }))
const console_routes = routes_of('console/routes.ts').filter(({ name }) => !['inside', 'sign_in'].includes(name))
const phone_routes = routes_of('phone/routes.ts')
const roles = ['social_worker', 'street_staff', 'community_worker', 'district_officer', 'protection_officer', 'system_administrator', 'security_administrator', 'auditor']
const sizes = [desk, pocket]
const languages = ['zh-CN', 'en']

/** Where an id of each noun comes from; a route of a new noun says it here. */
const lists = {
  needs: '/api/needs?limit=1',
  orders: '/api/orders?limit=1',
  dispatch: '/api/dispatch-runs?limit=1',
  reviews: '/api/orders/unreviewed?limit=1',
  'phone-checks': '/api/orders/phone-checks?limit=1',
  records: '/api/records?limit=1',
  'time-bank': '/api/time-bank/postings?limit=1',
  activities: '/api/activities?limit=1',
  hotline: '/api/hotline-orders?limit=1',
  people: '/api/people?limit=1',
  teams: '/api/organizations?limit=1',
  grades: '/api/organizations?limit=1',
  'grades/people': '/api/people?limit=1',
  insurances: '/api/insurances',
  certifications: '/api/people?limit=1',
  incidents: '/api/incidents',
  'incidents/report': '/api/orders?limit=1',
  complaints: '/api/complaints',
  certificates: '/api/certificates?limit=1',
  areas: '/api/areas?q=',
  figures: '/api/areas?q=',
  'rule-packs': '/api/rule-packs',
  'back-tests': '/api/back-tests',
}
/** Other captures than ids. */
const values = { ':card': 'needs_due', ':figure': 'found' }

let browser
let lead
before(async () => {
  browser = await launch()
  lead = await lead_of_a_team(browser)
})
after(() => browser.close())

/** The first card that the home of this account shows. */
const card_of = async (page) => (await call(page, 'GET', '/api/home')).body.cards?.[0]?.card

/** The path with its captures filled in; undefined where this role's lists hold nothing. */
async function filled(page, path) {
  let full = path
  for (const [capture, name, choices, optional] of path.matchAll(/(?<=\/):(\w+)(\([^)]*\))?(\?)?/g)) {
    let value = values[`:${name}`]
    if (name === 'card') value = await card_of(page)
    if (choices && /^\([a-z_|]+\)$/.test(choices)) value = choices.slice(1, -1).split('|')[0]
    if (value === undefined && name !== 'card') {
      const noun = path.slice(0, path.indexOf('/:'))
      assert.ok(lists[noun], `say in every_page.test.mjs where an id of "${noun}" comes from (${path})`)
      const { items } = (await call(page, 'GET', lists[noun])).body
      value = items?.[0]?.id
    }
    if (value === undefined && !optional) return undefined
    full = full.replace(capture, value ?? '')
  }
  return full.replace(/\/$/, '')
}

const opens = async (page, url) => {
  await page.goto(url)
  await settled(page)
  return !(await page.locator('.problem-note').count())
}

/** Each dialog once a language; the other two of the four combinations look at the pages only. */
const with_dialogs = (viewport, language) => (viewport === desk) === (language === 'zh-CN')

test('Every page of the console holds for a role that it is for', async () => {
  assert.ok(console_routes.length > 40, `${console_routes.length} routes were read`)
  const chosen = new Map() // name → role and full path
  const empty = new Set()
  for (const role of roles) {
    const page = await open_page(browser, desk)
    await sign_in_to_console(page, role)
    for (const { path, name } of console_routes) {
      if (chosen.has(name)) continue
      const full = await filled(page, path)
      if (full === undefined) empty.add(name)
      else if (await opens(page, `${office}/#/${full}`)) chosen.set(name, { role, full })
    }
    await page.context().close()
  }
  const missed = console_routes.map(({ name }) => name).filter((name) => !chosen.has(name) && !empty.has(name))
  assert.deepEqual(missed, [], 'pages that no role opens without a refusal')
  let opened = 0
  for (const viewport of sizes) {
    for (const language of languages) {
      const seen = new Set()
      for (const role of roles) {
        const page = await open_page(browser, viewport, language)
        await sign_in_to_console(page, role)
        for (const [name, { role: whose, full }] of chosen) {
          if (whose !== role) continue
          await page.goto(`${office}/#/${full}`)
          await check_page(page, `every ${name}`)
          if (with_dialogs(viewport, language)) opened += await check_dialogs(page, `every ${name}`, seen)
        }
        await page.context().close()
      }
    }
  }
  assert.ok(opened > 30, `${opened} dialogs were opened`)
})

test('Every page of the phone holds for somebody whom it is for', async () => {
  assert.ok(phone_routes.length > 25, `${phone_routes.length} routes were read`)
  const tokens = { invitation: lead.invitation_token, slip: lead.slip_token, complaint: 'unknown', guardian: 'unknown', certificates: 'unknown' }
  for (const viewport of sizes) {
    for (const language of languages) {
      const seen = new Set()
      for (const account of [lead.account, accounts.grid_worker]) {
        const page = await open_page(browser, viewport, language)
        await sign_in_to_phone(page, account)
        const ids = { orders: lead.order, activities: lead.activity, incident: lead.activity, complain: lead.activity, lead: lead.team, grades: lead.team }
        for (const { path, name } of phone_routes) {
          let full = path
          for (const [capture, field, choices] of path.matchAll(/:(\w+)(\([^)]*\))?/g)) {
            const noun = path.split('/')[0]
            const of_choices = choices && /^\([a-z_|]+\)$/.test(choices)
            const value = field === 'card' ? ((await card_of(page)) ?? 'offers') : of_choices ? (noun === 'grades' ? 'team' : 'activity') : (tokens[noun] ?? ids[noun])
            assert.ok(value !== undefined, `say in every_page.test.mjs how ${path} is filled in`)
            full = full.replace(capture, value)
          }
          await page.goto(`${open_side}/m/#/${full}`)
          await check_page(page, `every phone ${name}`)
          if (viewport === pocket) await check_dialogs(page, `every phone ${name}`, seen)
        }
        await page.context().close()
      }
    }
  }
})
