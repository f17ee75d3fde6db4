// Links opened one after the other in the same tab, where only what stands behind the # changes: each shows what it
// names, as a reload would, and a list at a desk stays while its detail changes. In an installation of its own.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Installation } from './installation.mjs'
import { register, serve } from './people.mjs'
import { check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_served } from './site.mjs'
import { lead_of_a_team, must } from './team.mjs'

const words = ['--divisions', 'assets/divisions/qingdao-huangdao.csv', '--days', '1', '--people', '6']

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

async function at_desk(role) {
  const page = await open_page(browser, desk)
  await sign_in_to_console(page, role)
  return page
}

/** Two certificates, of which the second was revoked. */
async function two_certificates() {
  const [worker, social, staff] = [await at_desk('community_worker'), await at_desk('social_worker'), await at_desk('street_staff')]
  const area_id = (await must(staff, 'GET', '/api/session')).roles[0].area_id
  await must(staff, 'POST', '/api/certificate-issuers', { area_id, name: '街道办事处', in_charge: '王主任', handler: '李干事', contact: '0532-00000000' })
  const made = []
  for (const [name, serial] of [['时甲', '761'], ['时乙', '762']]) {
    const person_id = await register(worker, name, '19850301', serial, true)
    await serve(social, person_id, 75)
    made.push(await must(staff, 'POST', '/api/certificates', { person_id }))
  }
  await must(staff, 'POST', `/api/certificates/${made[1].id}/revocation`, { reason: 'own_wish' })
  for (const page of [worker, social, staff]) await page.context().close()
  return made.map(({ number, link }) => ({ number, hash: new URL(link).hash }))
}

/** What the page shows now is what it shows after a reload. */
async function as_after_a_reload(page) {
  await settled(page)
  const shown = await page.locator('main').innerText()
  await page.reload()
  await settled(page)
  assert.equal(shown, await page.locator('main').innerText())
}

test('The check of a revoked certificate does not say what it said of a valid one, and the other way', async () => {
  const [valid, revoked] = await two_certificates()
  const stranger = await open_page(browser, pocket)
  const open = async ({ number, hash }, result) => {
    await stranger.goto(`${open_side}/m/${hash}`)
    await stranger.locator('.result b', { hasText: number }).waitFor()
    assert.equal(await stranger.locator('.result .state-tag').innerText(), result)
    assert.equal(await stranger.locator('input[name=number]').inputValue(), number)
  }
  await open(valid, '有效')
  await open(revoked, '已撤销')
  await check_page(stranger, 'another certificate in the same tab')
  await open(valid, '有效')
  await stranger.goBack()
  await stranger.locator('.result b', { hasText: revoked.number }).waitFor()
  await as_after_a_reload(stranger)
  await stranger.goto(`${open_side}/m/#/check`)
  await stranger.locator('.result').waitFor({ state: 'detached' })
  assert.equal(await stranger.locator('input[name=number]').inputValue(), '')
  await stranger.context().close()
})

test("One's own grade stands under one's own heading after that of a team, and the other way", async () => {
  const lead = await lead_of_a_team(browser)
  const phone = await open_page(browser, pocket)
  await sign_in_to_phone(phone, lead.account)
  const { person_id } = await must(phone, 'GET', '/api/session')
  const heading = phone.locator('section.card h2').first()
  const open = async (path, words_of_it) => {
    await phone.goto(`${open_side}/m/#/grades/${path}`)
    await heading.filter({ hasText: words_of_it }).waitFor()
  }
  await open(`team/${lead.team}`, '海滨志愿服务队')
  await open(`person/${person_id}`, '我本人')
  await as_after_a_reload(phone)
  await open(`team/${lead.team}`, '海滨志愿服务队')
  await as_after_a_reload(phone)
  await phone.context().close()
})

test('A list at a desk stays while its detail changes, and a page of one thing is made anew', async () => {
  const staff = await at_desk('street_staff')
  const { items } = await must(staff, 'GET', '/api/people?limit=2')
  await staff.goto(`${office}/#/people/${items[0].id}`)
  await staff.locator('article').first().waitFor()
  await staff.locator('.list-detail').evaluate((list) => (list.dataset.same = 'yes'))
  await staff.goto(`${office}/#/people/${items[1].id}`)
  await staff.locator(`.list-row[aria-current=true][href="#/people/${items[1].id}"]`).waitFor()
  await settled(staff)
  assert.equal(await staff.locator('.list-detail').getAttribute('data-same'), 'yes')
  await staff.goto(`${office}/#/complaints/take?about=order&id=11`)
  await staff.locator('input[name=number]').waitFor()
  await staff.goto(`${office}/#/complaints/take?about=activity&id=12`)
  await staff.waitForFunction(() => document.querySelector('input[name=number]')?.value === '12')
  assert.equal(await staff.locator('form select').first().inputValue(), 'activity')
  await staff.context().close()
})
