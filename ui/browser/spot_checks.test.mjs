// A call-back proves a record false: it is corrected to no minutes, the page says so, and whoever served reads why on the
// phone, answers what is proposed because of it and appeals against what follows. Another is not reached, three times. In
// an installation of its own, which ended on a day with records to call back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Installation } from './installation.mjs'
import { slip_of } from './people.mjs'
import { check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_served } from './site.mjs'
import { another_officer, must, once } from './team.mjs'

const words = ['--divisions', 'assets/divisions/qingdao-huangdao.csv', '--days', '14', '--people', '40', '--until', '2025-11-28']

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
const closed = (page) => page.locator('[role=dialog]:visible').waitFor({ state: 'detached' })
const card_of = (page, check) => page.locator('article', { has: page.locator(`a[href$="/records/${check.record_id}"]`) })

async function signed_in(role, viewport, language) {
  const page = await open_page(browser, viewport, language)
  await sign_in_to_console(page, role)
  return page
}

async function show(page, state) {
  await page.goto(`${office}/#/spot-checks`)
  await settled(page)
  await page.locator(`.choice-field input[value=${state}]`).check()
}

async function call_back(page, check, outcome, said) {
  await card_of(page, check).locator('.el-button--primary').click()
  await dialog(page, `input[type=radio][value=${outcome}]`).check()
  await dialog(page, 'textarea').fill(said)
  await dialog(page, 'button[type=submit]').click()
  await closed(page)
}

/** Settled by an officer, who reads what was said. */
async function settle(officer, check, from, said, result, reason) {
  await show(officer, from)
  const card = card_of(officer, check)
  await card.locator('.words', { hasText: said }).waitFor()
  await card.locator('.el-button--primary').click()
  await dialog(officer, `input[type=radio][value=${result}]`).check()
  await dialog(officer, 'textarea').fill(reason)
  await check_page(officer, `a call-back is settled as ${result}`)
  await dialog(officer, 'button[type=submit]').click()
  await closed(officer)
  await card.waitFor({ state: 'detached' })
}

/** A record that waits to be called back, with minutes to lose or without; the timer looks once the server has begun. */
function to_call_back(page, lose) {
  return once(async () => {
    const { items } = await must(page, 'GET', '/api/spot-checks?state=open&limit=50')
    return items.find((each) => each.record_id && each.minutes_counted > 0 === lose)
  }, 'the demonstration left no such record')
}

for (const [viewport, language, paused, minutes_word] of [[desk, 'zh-CN', '暂停派单', '分钟'], [pocket, 'en', 'suspended', 'minutes']]) {
  test(`A record that a call-back proves false counts nothing any more, at ${viewport.width} in ${language}`, async () => {
    const staff = await signed_in('street_staff', viewport, language)
    const check = await to_call_back(staff, true)
    await show(staff, 'open')
    await call_back(staff, check, 'differs', '那天没有人来')
    const officer = await signed_in('district_officer', viewport, language)
    await settle(officer, check, 'differs', '那天没有人来', 'false', '监控里没有人上门')
    await show(officer, 'reversed')
    const card = card_of(officer, check)
    await card.locator('.words', { hasText: '监控里没有人上门' }).waitFor()
    await check_page(officer, 'records that were proven false')
    await card.locator(`a[href$="/records/${check.record_id}"]`).click()
    await officer.locator('.versions li', { hasText: '监控里没有人上门' }).waitFor()
    assert.match(await officer.locator('article header h2').innerText(), / 0 /)
    await check_page(officer, 'a record that was proven false')
    await officer.context().close()

    const { person_id } = await must(staff, 'GET', `/api/records/${check.record_id}`)
    const phone = await open_page(browser, pocket, language)
    await sign_in_to_phone(phone, await slip_of(staff, person_id))
    await phone.goto(`${open_side}/m/#/records`)
    await settled(phone)
    const why = phone.locator('.correction', { hasText: '监控里没有人上门' })
    await why.waitFor()
    assert.match(await why.innerText(), new RegExp(`${check.minutes} ${minutes_word}`), 'what it said before')
    await check_page(phone, 'my records after one was proven false')
    await appealed_and_restored(phone, person_id, viewport, paused)
    for (const page of [staff, phone]) await page.context().close()
  })

  test(`Whoever is not reached three times is settled by an officer, at ${viewport.width} in ${language}`, async () => {
    const staff = await signed_in('street_staff', viewport, language)
    const check = await to_call_back(staff, false)
    assert.ok(check.minutes > 0, 'what is asked about has minutes, also while none of them counts')
    await show(staff, 'open')
    await card_of(staff, check).locator('p', { hasText: `${check.minutes} ${minutes_word}` }).first().waitFor()
    for (const attempt of [1, 2]) {
      await call_back(staff, check, 'not_reached', '无人接听')
      await card_of(staff, check).locator('.small.soft', { hasText: `${attempt}` }).first().waitFor()
    }
    await check_page(staff, 'not reached twice')
    await call_back(staff, check, 'not_reached', '三次无人接听')
    await card_of(staff, check).waitFor({ state: 'detached' })
    await staff.context().close()
    const officer = await signed_in('district_officer', viewport, language)
    await settle(officer, check, 'not_reached', '三次无人接听', 'stands', '签到表齐全')
    await show(officer, 'stands')
    await card_of(officer, check).locator('.words', { hasText: '签到表齐全' }).waitFor()
    await check_page(officer, 'records that stand')
    await officer.context().close()
  })
}

/** What follows from a false record: dispatch is suspended, somebody confirms it, and another upholds the appeal. */
async function appealed_and_restored(phone, person_id, viewport, paused) {
  await phone.goto(`${open_side}/m/#/grades`)
  await phone.locator('.grade', { hasText: paused }).click()
  const proposal = phone.locator('article').first()
  await proposal.waitFor()
  await check_page(phone, 'my dispatch is suspended')
  const own_word = `我按时到了 ${viewport.width}`
  await proposal.locator('.van-button').click()
  await proposal.locator('form textarea').fill(own_word)
  await check_page(phone, 'my own word on a proposal')
  await proposal.locator('form button[type=submit]').click()
  await proposal.locator('form').waitFor({ state: 'detached' })
  await proposal.getByText(own_word).waitFor()

  const second = await another_officer(browser, viewport, phone.language)
  await second.goto(`${office}/#/grade-proposals`)
  const waiting = second.locator('article', { has: second.locator(`a[href$="/${person_id}"]`) })
  await waiting.locator('.el-button--danger').click()
  assert.ok((await dialog(second, '.own-word').innerText()).includes(own_word), 'who confirms it reads it there')
  await dialog(second, 'textarea').fill('已调取监控核实')
  await dialog(second, 'button[type=submit]').click()
  await waiting.waitFor({ state: 'detached' })
  await second.context().close()

  await phone.goto(`${open_side}/m/#/records`)
  const why = phone.locator('.correction', { hasText: /可在 .+ 前申诉|may appeal until/ })
  await why.waitFor()
  await check_page(phone, 'until when one appeals against what follows from a false record')
  await why.locator(`a[href="#/grades/person/${person_id}"]`).click()
  await proposal.locator('.van-button').click()
  await proposal.locator('button[type=submit]').click()
  await proposal.locator('.field-error').waitFor()
  const said = `走的是后门，邻居可以作证 ${viewport.width}`
  await proposal.locator('textarea').fill(said)
  await check_page(phone, 'appeal against my own grade')
  await proposal.locator('button[type=submit]').click()
  await proposal.locator('form').waitFor({ state: 'detached' })

  const third = await another_officer(browser, viewport, phone.language)
  await third.goto(`${office}/#/grade-appeals`)
  const appeal = third.locator('article', { hasText: said })
  await appeal.locator('.el-button--primary').click()
  await dialog(third, 'input[type=radio][value=upheld]').check()
  await dialog(third, 'textarea').fill('邻居证实')
  await dialog(third, 'button[type=submit]').click()
  await appeal.waitFor({ state: 'detached' })
  await third.context().close()

  await phone.reload()
  await proposal.getByText('邻居证实').waitFor()
  assert.doesNotMatch(await phone.locator('main .card').first().innerText(), new RegExp(paused), 'dispatch goes on')
  assert.equal(await proposal.locator('.state-tag.late').count(), 0, 'nor does the card say that it is suspended')
  await check_page(phone, 'my grade after the appeal')
}
