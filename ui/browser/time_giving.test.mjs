// Time that changes hands at a desk: given to a parent, granted from the pool to a key group, and who is to have it
// after death; and how a grant and an estate are undone. In an installation of its own, since other tests read the newest posting and the month's totals.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Installation } from './installation.mjs'
import { choose, masked, register, serve, slip_of } from './people.mjs'
import { check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_served } from './site.mjs'
import { must } from './team.mjs'

const words = ['--divisions', 'assets/divisions/qingdao-huangdao.csv', '--days', '1', '--people', '4']
const granted_minutes = 600 // to either group of packs/base/time_bank.toml

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
const refused = (page) => dialog(page, '.problem-note').waitFor()

async function signed_in(viewport, role, language) {
  const page = await open_page(browser, viewport, language)
  await sign_in_to_console(page, role)
  return page
}

async function open_statement(page, button) {
  await page.goto(`${office}/#/time-bank/statement`)
  await page.locator('.totals').first().waitFor()
  await page.locator('article .row .el-button').nth(button).click()
  await dialog(page, 'form').waitFor()
}

/** Undoes the posting that is open, with a reason; ends at the posting that does it. */
async function undo(page, reason) {
  await page.locator('article .legs tr').nth(1).waitFor()
  await page.locator('article .el-button').first().click()
  await dialog(page, 'textarea').waitFor()
  await dialog(page, 'button[type=submit]').click()
  await dialog(page, '.field-error').waitFor()
  await dialog(page, 'textarea').fill(reason)
  await dialog(page, 'button[type=submit]').click()
  await page.locator('article a[href*="time-bank"]').waitFor() // the posting that it undoes
  await page.locator('article p', { hasText: reason }).waitFor()
}

/** The figures of somebody's time at the desk: a number each. */
async function figures_of(page, person, count) {
  await page.goto(`${office}/#/people/${person}`)
  await page.locator('.why-figure').nth(count - 1).waitFor()
  return (await page.locator('.why-figure > summary').allInnerTexts()).map((text) => Number(/-?\d+/.exec(text)[0]))
}

const runs = [
  { viewport: desk, language: 'zh-CN', serial: '721', names: ['段立春', '段奶奶', '段雨水', '段小暑'] },
  { viewport: pocket, language: 'en', serial: '722', names: ['阮立秋', '阮奶奶', '阮白露', '阮大寒'] },
]
for (const { viewport, language, serial, names: [giver_name, elder_name, younger_name, heir_name] } of runs) {
  test(`Time is given to a parent by the form at ${viewport.width} in ${language}`, async () => {
    const desk_worker = await signed_in(desk, 'community_worker')
    const social = await signed_in(desk, 'social_worker')
    const giver = await register(desk_worker, giver_name, '19700301', serial, true)
    const elder = await register(desk_worker, elder_name, '19450301', serial)
    await serve(social, giver, 45)

    const page = await signed_in(viewport, 'street_staff', language)
    await open_statement(page, 0)
    await choose(page, giver_name)
    await choose(page, elder_name)
    await dialog(page, 'select').selectOption('parent')
    await dialog(page, 'input[type=number]').fill('50')
    await dialog(page, 'button[type=submit]').click()
    await refused(page)
    await check_page(page, 'more than there is cannot be given')
    await dialog(page, 'input[type=number]').fill('30')
    await dialog(page, 'button[type=submit]').click()
    await closed(page)
    assert.deepEqual(await figures_of(page, elder, 1), [30])
    assert.deepEqual(await figures_of(page, giver, 1), [15])
    const gift = page.locator('.why-figure')
    await gift.locator('summary').click()
    await gift.locator('.counted li').nth(1).waitFor()
    await check_page(page, 'time that was given, and why')
    await gift.locator('.counted a').first().click()
    await page.locator('article .legs tr').nth(1).waitFor()
    assert.match(await page.locator('article .legs').innerText(), /\+30/)
    await check_page(page, 'posting of a gift')

    // Passed on by mistake: the time comes back and rests.
    const officer = await signed_in(viewport, 'district_officer', language)
    const estate = await must(officer, 'POST', '/api/time-bank/estates', { person_id: giver, died_at: Date.now() - 1000, reason: '死亡医学证明' })
    assert.deepEqual(await figures_of(officer, giver, 1), [0])
    await officer.goto(`${office}/#/time-bank/${estate.id}`)
    await undo(officer, '人员有误')
    await check_page(officer, 'an estate undone')
    assert.deepEqual(await figures_of(officer, giver, 1), [15])
    const rests = await must(officer, 'GET', `/api/time-bank/people/${giver}`)
    assert.equal(rests.dormant, true)
    await check_page(officer, 'an account that rests after an estate was undone')
    for (const each of [desk_worker, social, page, officer]) await each.context().close()
  })

  test(`Time of the pool is granted to a key group once a month at ${viewport.width} in ${language}`, async () => {
    const desk_worker = await signed_in(desk, 'community_worker')
    const social = await signed_in(desk, 'social_worker')
    const donor = await register(desk_worker, younger_name, '19710301', serial, true)
    const elder = await register(desk_worker, `${elder_name}甲`, '19400301', serial)
    await serve(social, donor, 210, 210, 210)
    const phone = await open_page(browser, pocket)
    await sign_in_to_phone(phone, await slip_of(desk_worker, donor))
    await must(phone, 'POST', '/api/time-bank/mine/donations', { minutes: granted_minutes })

    const page = await signed_in(viewport, 'street_staff', language)
    await open_statement(page, 1)
    await choose(page, younger_name)
    await dialog(page, 'select').selectOption('alone_80')
    await dialog(page, 'button[type=submit]').click()
    await refused(page)
    await check_page(page, 'who is younger is in no key group')
    await dialog(page, 'button.link').click() // somebody else
    await choose(page, `${elder_name}甲`)
    await dialog(page, 'button[type=submit]').click()
    await closed(page)
    assert.deepEqual(await figures_of(page, elder, 2), [0, granted_minutes])
    await check_page(page, 'time that was granted')

    await open_statement(page, 1)
    await choose(page, `${elder_name}甲`)
    await dialog(page, 'select').selectOption('hardship_60')
    await dialog(page, 'button[type=submit]').click()
    await refused(page)
    await page.keyboard.press('Escape')
    await dialog(page, 'form').waitFor({ state: 'detached' })

    const own = await open_page(browser, pocket, language)
    await sign_in_to_phone(own, await slip_of(desk_worker, elder))
    await own.goto(`${open_side}/m/#/time`)
    await own.locator('.why-figure', { hasText: String(granted_minutes) }).waitFor()
    await check_page(own, 'my granted time')

    // To the wrong person: whoever may grant takes it back, and she reads why.
    assert.deepEqual(await figures_of(page, elder, 2), [0, granted_minutes])
    const granted = page.locator('.why-figure').nth(1)
    await granted.locator('summary').click()
    await granted.locator('.counted a').first().click()
    await undo(page, '发放对象有误')
    await check_page(page, 'a grant undone')
    assert.deepEqual(await figures_of(page, elder, 1), [0])
    await own.reload()
    await own.locator('.moved', { hasText: '发放对象有误' }).waitFor()
    assert.equal(await own.locator('.why-figure', { hasText: String(granted_minutes) }).count(), 0)
    await check_page(own, 'my granted time was taken back')
    for (const each of [desk_worker, social, phone, page, own]) await each.context().close()
  })

  test(`A beneficiary is named at ${viewport.width} in ${language}`, async () => {
    const desk_worker = await signed_in(desk, 'community_worker')
    const person = await register(desk_worker, `${giver_name}甲`, '19550301', serial)
    await register(desk_worker, heir_name, '19560301', serial)
    await desk_worker.context().close()
    const page = await signed_in(viewport, 'community_worker', language)
    await page.goto(`${office}/#/people/${person}`)
    const time = page.locator('section', { has: page.locator('.why-figure') }).last()
    await time.locator('.el-button').first().click()
    await dialog(page, 'form').waitFor()
    await dialog(page, 'button[type=submit]').click()
    await dialog(page, '.field-error').waitFor()
    await choose(page, heir_name)
    await dialog(page, 'select').selectOption('spouse')
    await check_page(page, 'a beneficiary is named')
    await dialog(page, 'button[type=submit]').click()
    await closed(page)
    await time.locator('dd', { hasText: masked(heir_name) }).waitFor()
    await settled(page)
    await check_page(page, 'who is to have the time after death')
    await page.context().close()
  })
}
