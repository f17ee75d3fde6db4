// Certification and stars in a browser: a course is signed, a level granted from the queue, a check
// observed, papers recognised; the volunteer reads on the phone what is missing to the next. And a suspension:
// proposed, answered on the phone, confirmed by somebody else who reads that, appealed against on the phone, acknowledged and decided by a third; and reviewed
// by a fourth.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { another_officer, call, must } from './team.mjs'

use_site('HEZHI_LIVELY')
const course_fields = 4 // which, hours, test, day
const check_fields = 3 // field, outcome, day
const licence_fields = 2 // which, until when
const lowering_fields = 5 // measure, level or days, ground, what caused it if anything, why
const answer_fields = 1 // one's own word
const appeal_fields = 1 // why
const decision_fields = 2 // upheld or not, why
const day_ms = 86_400_000
const zone_ms = 8 * 3_600_000

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const dialog = (page, inner) => page.locator(`[role=dialog]:visible ${inner}`)
const notice = { 'zh-CN': '平台能力认证（非国家职业资格）', en: 'not a national qualification' }

/** Somebody who has just registered as a volunteer; the id. */
async function new_volunteer(page, name) {
  const areas = (await call(page, 'GET', `/api/areas?q=${encodeURIComponent(accounts.volunteers[0].area.slice(0, 4))}&limit=20`)).body
  const area_id = areas.items.find((each) => each.name === accounts.volunteers[0].area).id
  const made = await call(page, 'POST', '/api/people', { name, area_id, volunteer: true, agreed: true, social_worker: false })
  return made.body.id
}

/** Somebody whom no other test meets while the certification is suspended: V1 from papers, signed in on a phone. */
async function certified_on_a_phone(name, language) {
  const staff = await open_page(browser, desk)
  await sign_in_to_console(staff, 'street_staff')
  const id = await new_volunteer(staff, name)
  await must(staff, 'POST', `/api/people/${id}/certification/recognition`, { level: 'V1', fields: [] })
  const { code } = await must(staff, 'POST', `/api/people/${id}/sign-in-slip`, {})
  await staff.context().close()
  const phone = await open_page(browser, pocket, language)
  await sign_in_to_phone(phone, { code, pin: '246813' })
  return { phone, id }
}

for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
  test(`A level is granted once its gates are met, at ${viewport.width} in ${language}`, async () => {
    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'street_staff')
    await staff.goto(`${office}/#/certifications`)
    await settled(staff)
    await check_page(staff, 'certifications to grant')
    for (const queue of await staff.locator('button.queue').all()) {
      await queue.click()
      await settled(staff)
    }
    await check_page(staff, 'certifications that ended')
    const id = await new_volunteer(staff, viewport === desk ? '冯立秋' : '冯小满')
    await staff.goto(`${office}/#/people/${id}`)
    await staff.locator('article a[href*="certifications"]').click()
    await staff.locator('article .gates').first().waitFor()
    assert.ok((await staff.locator('article').textContent()).includes(notice[language]))
    await check_page(staff, 'certification of a new volunteer')

    // 认定认证: closed again, so that the level is earned.
    await staff.locator('article .el-button').last().click()
    await dialog(staff, 'select').selectOption('V2')
    await dialog(staff, 'button[type=submit]').click()
    await dialog(staff, '.field-error').waitFor()
    await check_page(staff, 'recognise certification refused')
    await staff.keyboard.press('Escape')
    await staff.locator('article .el-button').nth(1).click()
    await dialog(staff, 'form').waitFor()
    assert.equal(await dialog(staff, '[data-field]').count(), licence_fields)
    await dialog(staff, 'button[type=submit]').click()
    await dialog(staff, '.field-error').first().waitFor()
    await check_page(staff, 'verify licence refused')
    await staff.keyboard.press('Escape')
    await staff.context().close()

    const teacher = await open_page(browser, viewport, language)
    await sign_in_to_console(teacher, 'social_worker')
    await teacher.goto(`${office}/#/certifications/${id}`)
    await teacher.locator('article .el-button').first().click()
    await dialog(teacher, 'form').waitFor()
    await settled(teacher)
    assert.equal(await dialog(teacher, '[data-field]').count(), course_fields)
    await dialog(teacher, 'select').first().selectOption('special')
    await dialog(teacher, 'button[type=submit]').click()
    await dialog(teacher, '.field-error').first().waitFor()
    await check_page(teacher, 'sign a course refused')
    await dialog(teacher, 'select').first().selectOption('general')
    await dialog(teacher, 'input[inputmode=numeric]').fill('88')
    await dialog(teacher, 'button[type=submit]').click()
    await teacher.locator('article .goal .state-tag.fine').first().waitFor()

    // The same once more, and one of before the registration.
    await teacher.locator('article .el-button').first().click()
    await dialog(teacher, 'input[inputmode=numeric]').fill('88')
    await dialog(teacher, 'button[type=submit]').click()
    await dialog(teacher, '.field-error').first().waitFor()
    await check_page(teacher, 'the same course is signed once')
    await dialog(teacher, 'input[type=date]').fill('2015-01-01')
    await dialog(teacher, 'button[type=submit]').click()
    await dialog(teacher, '.field-error').filter({ hasText: language === 'en' ? 'registration' : '注册为志愿者' }).waitFor()
    await teacher.keyboard.press('Escape')
    await teacher.locator('article .el-button').nth(1).click()
    await dialog(teacher, 'form').waitFor()
    assert.equal(await dialog(teacher, '[data-field]').count(), check_fields)
    await check_page(teacher, 'observe a check')
    await dialog(teacher, 'select').first().selectOption('elders')
    await dialog(teacher, 'button[type=submit]').click()
    await teacher.locator('article .facts-counted li').nth(2).waitFor()
    assert.match(await teacher.locator('article .facts-counted').innerText(), language === 'en' ? /held on/ : /举行/, 'the day it was held is to be read')
    await teacher.context().close()

    const grants = await open_page(browser, viewport, language)
    await sign_in_to_console(grants, 'street_staff')
    await grants.goto(`${office}/#/certifications/${id}`)
    await grants.locator('article .el-button--primary').first().click()
    await grants.locator('article h2', { hasText: 'V1' }).waitFor()
    await check_page(grants, 'certification granted')
    await grants.context().close()
  })

  test(`A certification is suspended, appealed against and restored, at ${viewport.width} in ${language}`, async () => {
    const { phone, id } = await certified_on_a_phone(viewport === desk ? '冯霜降' : '冯谷雨', language)

    const social = await open_page(browser, viewport, language)
    await sign_in_to_console(social, 'social_worker')
    const today = Math.floor((Date.now() + zone_ms) / day_ms) * day_ms - zone_ms
    const failed = await must(social, 'POST', `/api/people/${id}/observed-checks`, { field: 'elders', passed: false, observed_at: today })
    await social.goto(`${office}/#/certifications/${id}`)
    await social.locator('article .el-button').last().click()
    await dialog(social, 'form').waitFor()
    assert.equal(await dialog(social, '[data-field]').count(), lowering_fields)
    await dialog(social, 'button[type=submit]').click()
    await dialog(social, '.field-error').first().waitFor()
    await check_page(social, 'a lower certification refused')
    await dialog(social, 'select:has(option[value=complaint_upheld])').selectOption('complaint_upheld')
    const cause = dialog(social, 'select:has(option[value=complaint])')
    await cause.selectOption('complaint') // by its number, and there is none of this one
    await dialog(social, 'input[inputmode=numeric]').last().fill('999999999')
    await dialog(social, 'textarea').fill('投诉经核实成立')
    await dialog(social, 'button[type=submit]').click()
    await dialog(social, '.field-error').first().waitFor()
    await check_page(social, 'no such cause')
    await cause.selectOption(`observed_check ${failed.causes[0].id}`)
    await dialog(social, 'textarea').fill('投诉经核实成立')
    await dialog(social, 'button[type=submit]').click()
    await social.locator('article article .state-tag.soon').first().waitFor()
    assert.ok((await social.locator('article article').first().textContent()).includes(`${failed.causes[0].id}`), 'what caused it stands on the card')
    await check_page(social, 'a suspension is proposed')
    await social.context().close()

    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'street_staff')
    await staff.goto(`${office}/#/certifications`)
    await settled(staff)
    await staff.locator('button.queue').last().click()
    await staff.locator(`a.list-row[href$="/${id}"]`).waitFor()
    await check_page(staff, 'lowerings to decide')
    await staff.locator(`a.list-row[href$="/${id}"]`).click()
    await staff.locator('article article .el-button').first().waitFor()
    assert.equal(await staff.locator('article article .el-button--danger').count(), 0, 'nobody confirms it before the person was heard')
    await check_page(staff, 'a suspension that waits for the person to answer')

    await phone.goto(`${open_side}/m/#/certification`)
    await phone.locator('article .van-button').first().click()
    assert.equal(await phone.locator('form [data-field]').count(), answer_fields)
    await phone.locator('form button[type=submit]').click()
    await phone.locator('form .field-error').waitFor()
    await check_page(phone, 'my own word on a suspension that is proposed')
    await phone.locator('form textarea').fill('我当天在外地')
    await phone.locator('form button[type=submit]').click()
    await phone.locator('article form').waitFor({ state: 'detached' })
    await phone.locator('article', { hasText: '我当天在外地' }).first().waitFor()
    assert.equal(await phone.locator('article .van-button').count(), 0, 'it is said once')

    await staff.reload()
    await staff.locator('article article .el-button--danger').first().click()
    assert.match(await dialog(staff, '.own-word').innerText(), /我当天在外地/, 'who confirms it reads it there')
    await dialog(staff, 'textarea').fill('已核实')
    await check_page(staff, 'a suspension is confirmed')
    await dialog(staff, 'button[type=submit]').click()
    await staff.locator('article h2 + .state-tag.late').first().waitFor()
    await staff.context().close()

    await phone.reload()
    await phone.locator('article .van-button').first().click()
    assert.equal(await phone.locator('form [data-field]').count(), appeal_fields)
    await check_page(phone, 'appeal against a suspension')
    await phone.locator('form textarea').fill('那天我不在场')
    await phone.locator('form button[type=submit]').click()
    await phone.locator('article form').waitFor({ state: 'detached' })

    const officer = await open_page(browser, viewport, language)
    await sign_in_to_console(officer, 'district_officer')
    await officer.goto(`${office}/#/certifications/${id}`)
    const card = (page) => page.locator('article article').first()
    const acknowledge = card(officer).locator('.el-button:not(.el-button--primary)')
    await acknowledge.click()
    await acknowledge.waitFor({ state: 'detached' })
    await check_page(officer, 'an appeal against a suspension is acknowledged')
    await card(officer).locator('.el-button--primary').click()
    await dialog(officer, 'form').waitFor()
    assert.equal(await dialog(officer, 'form [data-field]').count(), decision_fields)
    await dialog(officer, 'input[type=radio][value=stands]').check()
    await dialog(officer, 'textarea').fill('签到记录上有名字')
    await check_page(officer, 'an appeal against a suspension is decided')
    await dialog(officer, 'button[type=submit]').click()
    await card(officer).locator('.el-button--primary').waitFor({ state: 'detached' })
    await officer.context().close()

    await phone.reload()
    await phone.locator('article .van-button').first().click() // 申请复核
    assert.equal(await phone.locator('form [data-field]').count(), appeal_fields)
    await phone.locator('form button[type=submit]').click()
    await phone.locator('form .field-error').waitFor()
    await check_page(phone, 'a second review of a suspension is asked for')
    await phone.locator('form textarea').fill('签到的是同名的人')
    await phone.locator('form button[type=submit]').click()
    await phone.locator('article form').waitFor({ state: 'detached' })
    await check_page(phone, 'a suspension under a second review')
    await phone.context().close()

    const another = await another_officer(browser, viewport, language)
    await another.goto(`${office}/#/certifications/${id}`)
    const said = await card(another).innerText()
    for (const words of ['我当天在外地', '那天我不在场', '签到记录上有名字', '签到的是同名的人']) assert.ok(said.includes(words), `${words} is to be read`)
    await card(another).locator('.el-button--primary').click()
    await dialog(another, 'input[type=radio][value=upheld]').check()
    await dialog(another, 'textarea').fill('身份证号不同')
    await check_page(another, 'a second review of a suspension is decided')
    await dialog(another, 'button[type=submit]').click()
    await card(another).locator('.state-tag.fine').waitFor()
    await another.context().close()
  })

  test(`A volunteer reads level, star and what is missing, in ${language}`, async () => {
    const phone = await open_page(browser, pocket, language)
    await sign_in_to_phone(phone, accounts.volunteers[0])
    await phone.goto(`${open_side}/m/#/service`)
    await phone.locator('a[href="#/certification"]').click()
    await phone.locator('.star').waitFor()
    await phone.locator('.gates li').first().waitFor()
    assert.ok((await phone.locator('main').textContent()).includes(notice[language]))
    await check_page(phone, 'my certification and star')
    await phone.context().close()
  })
}
