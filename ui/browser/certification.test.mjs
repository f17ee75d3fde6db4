// Certification and stars in a browser: a course is signed, a level granted from the queue, a check
// observed, papers recognised; the volunteer reads on the phone what is missing to the next.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { call } from './team.mjs'

use_site('HEZHI_LIVELY')
const course_fields = 4 // which, hours, test, day
const check_fields = 3 // field, outcome, day
const licence_fields = 2 // which, until when

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const dialog = (page, inner) => page.locator(`[role=dialog]:visible ${inner}`)
const notice = { 'zh-CN': '平台能力认证（非国家职业资格）', en: 'not a national qualification' }

/** Somebody who has just registered as a volunteer; the id. */
async function new_volunteer(page, name) {
  const areas = (await call(page, 'GET', `/api/areas?q=${encodeURIComponent(accounts.volunteers[0].area.slice(0, 4))}&limit=20`)).body
  const area_id = areas.items.find((each) => each.name === accounts.volunteers[0].area).id
  const made = await call(page, 'POST', '/api/people', { name, area_id, volunteer: true, social_worker: false })
  return made.body.id
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
    await teacher.locator('article .el-button').nth(1).click()
    await dialog(teacher, 'form').waitFor()
    assert.equal(await dialog(teacher, '[data-field]').count(), check_fields)
    await check_page(teacher, 'observe a check')
    await dialog(teacher, 'select').first().selectOption('elders')
    await dialog(teacher, 'button[type=submit]').click()
    await teacher.locator('article .facts-counted li').nth(2).waitFor()
    await teacher.context().close()

    const grants = await open_page(browser, viewport, language)
    await sign_in_to_console(grants, 'street_staff')
    await grants.goto(`${office}/#/certifications/${id}`)
    await grants.locator('article .el-button--primary').first().click()
    await grants.locator('article h2', { hasText: 'V1' }).waitFor()
    await check_page(grants, 'certification granted')
    await grants.context().close()
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
