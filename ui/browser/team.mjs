// A team with a lead, an activity and an invited person, and an order of today, made through the API as staff would
// make them.
import assert from 'node:assert/strict'
import { accounts, desk, office, open_page, pocket, sign_in_to_console, sign_in_to_phone } from './site.mjs'

/** Asks the API from the page, with its session. */
export function call(page, method, path, body) {
  return page.evaluate(
    async ({ method, path, body }) => {
      const headers = body === undefined ? {} : { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
      const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
      const text = await answer.text()
      return { status: answer.status, body: text ? JSON.parse(text) : {} }
    },
    { method, path, body },
  )
}

export async function must(page, method, path, body) {
  const answer = await call(page, method, path, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const asked_ms_max = 45_000

/** Asks again until there is an answer: what a timer of the server does needs a moment. */
export async function once(look, missing) {
  const late = Date.now() + asked_ms_max
  for (;;) {
    const found = await look()
    if (found) return found
    assert.ok(Date.now() < late, missing)
  }
}

const minute_ms = 60_000
const hour_ms = 60 * minute_ms
const day_ms = 24 * hour_ms
const zone_ms = 8 * hour_ms

/** By day, whenever the tests run: ordinary activities are not held at night. */
function in_two_days_at_ten() {
  const midnight = Math.floor((Date.now() + zone_ms) / day_ms) * day_ms - zone_ms
  return midnight + 2 * day_ms + 10 * hour_ms
}

async function person_behind(browser, account) {
  const phone = await open_page(browser, pocket)
  await sign_in_to_phone(phone, account)
  const { person_id } = await must(phone, 'GET', '/api/session')
  await phone.context().close()
  return person_id
}

/** The first volunteer leads; the second is a member; a third was invited and has not answered. */
export async function lead_of_a_team(browser) {
  const page = await open_page(browser, desk)
  await sign_in_to_console(page, 'social_worker')
  const [account, other] = accounts.volunteers
  const session = await must(page, 'GET', '/api/session')
  const area = session.roles[0].area_id
  const everybody = await must(page, 'GET', '/api/people?limit=100')
  const team = await must(page, 'POST', '/api/organizations', { name: '海滨志愿服务队', organization_kind: 'team', area_id: area })
  const join = async (person_id) => {
    await must(page, 'POST', `/api/organizations/${team.id}/invitations`, { person_id })
    const members = await must(page, 'GET', `/api/organizations/${team.id}/members?limit=100`)
    return members.items.find((member) => member.person_id === person_id).link.split('/').pop()
  }
  const lead_person = await person_behind(browser, account)
  const member_person = await person_behind(browser, other)
  for (const person of [lead_person, member_person]) {
    await must(page, 'POST', `/api/invitations/${await join(person)}/consent`, { agreed: true })
  }
  await must(page, 'POST', `/api/organizations/${team.id}/leads`, { person_id: lead_person, role: 'volunteer_lead' })
  const stranger = everybody.items.find((person) => ![lead_person, member_person].includes(person.id))
  const invitation_token = await join(stranger.id)
  const starts_at = in_two_days_at_ten()
  const activity = await must(page, 'POST', '/api/activities', {
    area_id: area, organization_id: team.id, category: accounts.category, title: '海滩清洁', place: '金沙滩东入口', risk: '礁石湿滑，请穿防滑鞋',
    shifts: [{ starts_at, ends_at: starts_at + 7_200_000, capacity: 8 }],
  })
  const [order] = (await must(page, 'GET', '/api/orders?limit=1')).items
  const slip = order && (await must(page, 'GET', `/api/orders/${order.id}/slip`))
  await page.context().close()
  return { account, other, area, team: team.id, activity: activity.id, order: order?.id, slip_token: slip?.link.split('/').pop(), invitation_token }
}

let officers = 0

/** The page of a district officer beside the demonstration's one, who took no part in anything yet. */
export async function another_officer(browser, viewport, language) {
  const admin = await open_page(browser, desk)
  await sign_in_to_console(admin, 'system_administrator')
  const { area } = accounts.district_officer
  const areas = await must(admin, 'GET', `/api/areas?q=${encodeURIComponent(area)}&limit=20`)
  const username = `quji.${process.pid}.${++officers}`
  const opened = await must(admin, 'POST', '/api/accounts', {
    name: '周正明', username, role: 'district_officer', area_id: areas.items.find((each) => each.name === area).id,
  })
  await admin.context().close()
  const security = await open_page(browser, desk)
  await sign_in_to_console(security, 'security_administrator')
  await must(security, 'POST', `/api/grants/${opened.account.roles[0].grant_id}/confirmation`, {})
  await security.context().close()

  const page = await open_page(browser, viewport, language)
  await page.goto(`${office}/#/sign-in`)
  await page.locator('input[name=username]').fill(username)
  await page.locator('input[name=password]').fill(opened.first_password)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(/#\/password$/)
  await page.locator('input[type=password]').nth(0).fill(opened.first_password)
  await page.locator('input[type=password]').nth(1).fill('only-mine-now')
  await page.locator('form button[type=submit]').click()
  await page.waitForURL((url) => !url.hash.endsWith('/password'))
  return page
}

const taken = ['offered', 'accepted', 'in_service']

/**
 * Calls off what the demonstration gave them for this hour; at most hours it is nothing. Its orders begin on the minute,
 * which tells them from one of another test beside this.
 */
async function free_them(phones, staff, starts_at, ends_at) {
  for (const phone of phones) {
    const { items } = await must(phone, 'GET', '/api/orders/mine')
    for (const order of items.filter((each) => taken.includes(each.order_state) && each.starts_at % minute_ms === 0)) {
      if (order.starts_at > ends_at + hour_ms || order.ends_at < starts_at - hour_ms) continue
      await must(staff, 'POST', `/api/orders/${order.order_id}/cancellation`, { reason: '家属已到' })
    }
  }
}

/**
 * An order of today for somebody who is registered, taken by those of the first two volunteers whom it needs; urgent, so
 * that it may be served whenever the tests run. `staff` is signed in as a social worker.
 */
export async function order_of_today(browser, staff, who) {
  const phones = []
  for (const account of accounts.volunteers.slice(0, 2)) {
    const phone = await open_page(browser, pocket, staff.language)
    await sign_in_to_phone(phone, account)
    phones.push(phone)
  }
  const person_ids = await Promise.all(phones.map(async (phone) => (await must(phone, 'GET', '/api/session')).person_id))
  const need = await must(staff, 'POST', '/api/calls', { who, what: '今早没有拉开窗帘', consent: true, urgent: true })
  const starts_at = Date.now() + 3_000
  const ends_at = starts_at + 1_200_000
  await free_them(phones, staff, starts_at, ends_at)
  const order = await must(staff, 'POST', `/api/needs/${need.id}/order`, { category: 'daily_safety_signal', starts_at, ends_at, contacted: true })
  await must(staff, 'POST', `/api/orders/${order.id}/offers`, { person_ids })
  // By day one goes, in the evening two.
  for (const phone of phones) await call(phone, 'POST', `/api/orders/${order.id}/acceptance`, {})
  assert.equal((await must(staff, 'GET', `/api/orders/${order.id}`)).state, 'accepted')
  return { order: order.id, starts_at, phones }
}
