// Insurance, incidents and complaints in a browser: a policy for a team, an activity under it and one's own
// cover; an incident with one tap, settled at a desk; a complaint through the slip and one that is hidden.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_LIVELY')
const insurance_fields = 6 // covers, team, insurer, number, first day, last day
const incident_fields = 2 // how serious, what
const complaint_fields = 2 // what, how to reach
const decision_fields = 2 // outcome, reason

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const dialog = (page, inner) => page.locator(`[role=dialog]:visible ${inner}`)

/** A team that the first volunteer belongs to and leads; its id. */
async function lead_a_team(page, name) {
  return page.evaluate(async ({ name, who }) => {
    const ask = async (method, path, body) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
      const answer = await fetch(`/api${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
      return answer.json()
    }
    const areas = await ask('GET', `/areas?q=${encodeURIComponent(who.area.slice(0, 4))}&limit=20`)
    const team = await ask('POST', '/organizations', { name, organization_kind: 'team', area_id: areas.items.find((each) => each.name === who.area).id })
    const found = await ask('GET', `/people?q=${encodeURIComponent(who.name)}`)
    for (const person of found.items) await ask('POST', `/organizations/${team.id}/invitations`, { person_id: person.id })
    const { items } = await ask('GET', `/organizations/${team.id}/members`)
    for (const member of items) await ask('POST', `/invitations/${member.link.split('/').pop()}/consent`, { agreed: true })
    await ask('POST', `/organizations/${team.id}/leads`, { person_id: found.items[0].id, role: 'volunteer_lead' })
    return team.id
  }, { name, who: accounts.volunteers[0] })
}

/** An order of the demonstration that somebody has served, with its slip's link. */
async function served_order(page) {
  await page.goto(`${office}/#/orders`)
  await settled(page)
  const orders = await page.evaluate(async () => {
    const found = []
    for (const state of ['reviewed', 'confirmed', 'delivered']) {
      const answer = await (await fetch(`/api/orders?state=${state}&sort=newest&limit=20`)).json()
      found.push(...answer.items)
    }
    return found
  })
  const led = orders.find((order) => order.leader_name === accounts.social_worker.name)
  assert.ok(led, 'the social worker of the demonstration leads an order that was served')
  const slip = await page.evaluate(async (id) => (await (await fetch(`/api/orders/${id}/slip`)).json()), led.id)
  return { id: led.id, link: slip.link.replace(/^https?:\/\/[^/]+/, open_side) }
}

for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
  test(`A team is insured at ${viewport.width} in ${language}, and its members see until when`, async () => {
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'street_staff')
    const team = await lead_a_team(page, `浪花队${viewport.width}`)
    await page.goto(`${office}/#/insurances`)
    await page.locator('.list-row').first().waitFor()
    await check_page(page, 'insurances')
    await page.locator('header .el-button--primary').click()
    await dialog(page, 'form').waitFor()
    await settled(page)
    assert.equal(await dialog(page, '[data-field]').count(), insurance_fields)
    await dialog(page, 'button[type=submit]').click()
    await dialog(page, '.field-error').first().waitFor()
    await check_page(page, 'add insurance refused')
    await dialog(page, 'select').nth(1).selectOption(String(team))
    await dialog(page, 'input[name=insurer]').fill('示范保险')
    await dialog(page, 'input[name=policy]').fill(`BD-${viewport.width}`)
    await dialog(page, 'button[type=submit]').click()
    await page.waitForURL(/#\/insurances\/\d+$/)
    await page.locator('article h2').waitFor()
    await check_page(page, 'insurance of a team')
    const policy = page.url()
    await page.goto(`${office}/#/teams/${team}`)
    await page.locator('article a[href*="insurances"]').first().waitFor()
    await check_page(page, 'team with its insurance')
    await page.goto(policy)
    await page.locator('article .el-button').first().click()
    await dialog(page, 'textarea').fill('登记有误')
    await check_page(page, 'end insurance')
    await dialog(page, 'button[type=submit]').click()
    await page.locator('article .state-tag.plain').waitFor()

    await page.goto(`${office}/#/insurances`)
    await page.locator('header .el-button--primary').click()
    await dialog(page, 'select').first().selectOption('named_people')
    await dialog(page, 'input[role=combobox]').fill(accounts.street_staff.area)
    await dialog(page, '[role=option]').first().click()
    await dialog(page, 'input[name=insurer]').fill('示范保险')
    await dialog(page, 'input[name=policy]').fill(`RY-${viewport.width}`)
    await dialog(page, 'button[type=submit]').click()
    await page.waitForURL(/#\/insurances\/\d+$/)
    await page.locator('article input[type=search]').fill(accounts.volunteers[0].name)
    await page.locator('article [role=status] .el-button').first().click()
    await page.locator('article ul li').first().waitFor()
    await check_page(page, 'insurance of named people')
    await page.context().close()

    const phone = await open_page(browser, pocket, language)
    await sign_in_to_phone(phone, accounts.volunteers[0])
    await phone.locator('a[href="#/service"]').click()
    await phone.locator('.own-cover').waitFor()
    assert.match(await phone.locator('.own-cover').textContent(), /20\d\d/)
    await check_page(phone, 'my own cover')
    await phone.goto(`${open_side}/m/#/teams`)
    await phone.locator('.team-cover').first().waitFor()
    await check_page(phone, 'cover of my team')
    await phone.context().close()
  })

  test(`An incident is reported and settled by others, at ${viewport.width} in ${language}`, async () => {
    const worker = await open_page(browser, viewport, language)
    await sign_in_to_console(worker, 'social_worker')
    const order = await served_order(worker)
    await worker.goto(`${office}/#/orders/${order.id}`)
    await worker.locator(`a[href*="incidents/report/order/${order.id}"]`).click()
    await worker.locator('form').waitFor()
    await settled(worker)
    assert.equal(await worker.locator('form [data-field]').count(), incident_fields)
    await worker.locator('button[type=submit]').click()
    await worker.locator('.field-error').first().waitFor()
    await check_page(worker, 'report incident refused')
    await worker.locator('form input[type=radio]').nth(1).check()
    await worker.locator('form textarea').fill('老人起身时滑倒，已扶起')
    await worker.locator('button[type=submit]').click()
    await worker.waitForURL(/#\/orders\/\d+$/)
    await worker.context().close()

    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'street_staff')
    await staff.goto(`${office}/#/incidents`)
    await staff.locator('.list-row', { hasText: '滑倒' }).first().click()
    await staff.locator('form.settle').waitFor()
    await check_page(staff, 'incident to be settled')
    await staff.locator('form.settle button[type=submit]').click()
    await staff.locator('.field-error').first().waitFor()
    await staff.locator('form.settle input[type=radio]').nth(1).check()
    await staff.locator('form.settle textarea').fill('已电话核实，与服务无关')
    await staff.locator('form.settle button[type=submit]').click()
    await staff.locator('form.settle').waitFor({ state: 'detached' })
    await staff.locator('details summary').click()
    await staff.locator('details select').selectOption({ index: 1 })
    await staff.locator('details input').fill('LP-2026-01')
    await staff.locator('details button[type=submit]').click()
    await staff.locator('dd', { hasText: 'LP-2026-01' }).waitFor()
    await check_page(staff, 'incident settled')
    await staff.context().close()

    const phone = await open_page(browser, pocket, language)
    await sign_in_to_phone(phone, accounts.volunteers[0])
    await phone.goto(`${open_side}/m/#/incident/order/${order.id}`)
    await phone.locator('.numbers a[href="tel:120"]').waitFor()
    await settled(phone)
    assert.equal(await phone.locator('form [data-field]').count(), incident_fields)
    await phone.locator('form input[type=radio]').first().check()
    await check_page(phone, 'incident on the phone')
    await phone.context().close()
  })

  test(`A complaint comes through the slip and is decided and reviewed, at ${viewport.width} in ${language}`, async () => {
    const worker = await open_page(browser, viewport, language)
    await sign_in_to_console(worker, 'social_worker')
    const order = await served_order(worker)
    await worker.goto(`${office}/#/complaints/take?about=order&id=${order.id}`)
    await worker.locator('form textarea').fill('迟到')
    await check_page(worker, 'take complaint')
    await worker.locator('button[type=submit]').click()
    await worker.locator('.problem-note').waitFor() // who leads it is told why not
    await check_page(worker, 'take complaint refused')
    await worker.context().close()

    const resident = await open_page(browser, pocket, language)
    await resident.goto(order.link)
    await resident.locator('.complain').click()
    await resident.locator('form').waitFor()
    assert.equal(await resident.locator('form [data-field]').count(), complaint_fields)
    await resident.locator('button[type=submit]').click()
    await resident.locator('.field-error').waitFor()
    await check_page(resident, 'complaint through a slip')
    await resident.locator('textarea').fill(`志愿者迟到一小时 ${viewport.width}`)
    await resident.locator('form input[maxlength="60"]').fill('王秀英 13900000001')
    await resident.locator('button[type=submit]').click()
    await resident.locator('.link-text').waitFor()
    await check_page(resident, 'complaint filed')
    const own = await resident.locator('.link-text').getAttribute('href')

    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'street_staff')
    await staff.goto(`${office}/#/complaints`)
    await staff.locator('.list-row', { hasText: `迟到一小时 ${viewport.width}` }).click()
    await staff.locator('form.decide').waitFor()
    await check_page(staff, 'complaint to be decided')
    await staff.locator('article .el-button--primary').first().click()
    await staff.locator('article .state-tag.strong').waitFor()
    assert.equal(await staff.locator('form.decide [data-field]').count(), decision_fields)
    await staff.locator('form.decide input[type=radio]').nth(2).check()
    await staff.locator('form.decide textarea').fill('已核实，按约定时间到达')
    await staff.locator('form.decide button[type=submit]').click()
    await staff.locator('form.decide').waitFor({ state: 'detached' })
    await staff.locator('article dd .link').last().click()
    await dialog(staff, 'textarea').fill('电话告知决定')
    await check_page(staff, 'read contact')
    await dialog(staff, 'button[type=submit]').click()
    await staff.locator('dd', { hasText: '13900000001' }).waitFor()

    await resident.goto(`${open_side}/m/${own}`)
    await resident.locator('article', { hasText: '已核实' }).waitFor() // not the card of the page before
    await resident.locator('article .van-button').first().click()
    await resident.locator('article textarea').fill('没有问过我')
    await check_page(resident, 'asking for a review')
    await resident.locator('article form button[type=submit]').click()
    await resident.locator('article .state-tag.soon').waitFor()
    await staff.reload()
    await staff.locator('article p.card').waitFor() // somebody else reviews it
    await check_page(staff, 'complaint waits for another')
    await staff.context().close()

    const officer = await open_page(browser, viewport, language)
    await sign_in_to_console(officer, 'district_officer')
    await officer.goto(`${office}/#/figures`)
    await officer.locator('.complaints-card a').first().waitFor()
    const shown = Number(await officer.locator('.complaints-card a').first().textContent())
    await check_page(officer, 'figures with complaints')
    await officer.locator('.complaints-card a').first().click()
    await officer.locator('.list-row').first().waitFor()
    await settled(officer)
    assert.equal(await officer.locator('.list-row').count(), shown)
    await officer.locator('.list-row', { hasText: `迟到一小时 ${viewport.width}` }).click()
    await officer.locator('form.decide input[type=radio]').nth(1).check()
    await officer.locator('form.decide textarea').fill('已请双方说明')
    await officer.locator('form.decide button[type=submit]').click()
    await officer.locator('form.decide').waitFor({ state: 'detached' })
    await officer.context().close()

    await resident.reload()
    await resident.locator('article', { hasText: '已请双方说明' }).waitFor()
    await check_page(resident, 'complaint reviewed')
    await resident.context().close()
  })

  test(`A hidden complaint is followed by its link only, at ${viewport.width} in ${language}`, async () => {
    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'street_staff')
    await lead_a_team(staff, `海鸥队${viewport.width}`)
    await staff.context().close()
    const phone = await open_page(browser, pocket, language)
    await sign_in_to_phone(phone, accounts.volunteers[0])
    await phone.goto(`${open_side}/m/#/teams`)
    await phone.locator('a.complain').first().click()
    await phone.locator('form').waitFor()
    await phone.locator('input[type=checkbox]').check()
    await phone.locator('textarea').fill('安排不公')
    await check_page(phone, 'hidden complaint')
    await phone.locator('button[type=submit]').click()
    await phone.locator('.link-text').waitFor()
    const own = await phone.locator('.link-text').getAttribute('href')
    await phone.goto(`${open_side}/m/#/complaints`)
    await phone.locator('.empty-note').waitFor()
    await check_page(phone, 'my complaints')
    await phone.goto(`${open_side}/m/${own}`)
    await phone.locator('article .van-button').last().click()
    await phone.locator('.van-dialog__confirm').click()
    await phone.locator('article .state-tag.plain').waitFor()
    await check_page(phone, 'complaint withdrawn')
    await phone.context().close()
  })
}
