// Colour grades in a browser: a team's "why", a grave case proposed at a desk and confirmed by an officer, the lead
// who sees it on the phone and appeals; and the queue of call-backs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { lead_of_a_team } from './team.mjs'

use_site('HEZHI_LIVELY')
const proposal_fields = 2 // reason of the pack, what happened
const appeal_fields = 1 // why

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const dialog = (page, inner) => page.locator(`[role=dialog]:visible ${inner}`)

for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
  test(`A lowered grade is proposed, confirmed and appealed at ${viewport.width} in ${language}`, async () => {
    const lead = await lead_of_a_team(browser)
    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'street_staff')
    await staff.goto(`${office}/#/grades`)
    await settled(staff)
    await check_page(staff, 'grades of teams')
    await staff.goto(`${office}/#/grades/${lead.team}`)
    await staff.locator('article h2').first().waitFor()
    assert.match(await staff.locator('article').innerText(), language === 'en' ? /not yet graded/i : /未评/)
    await check_page(staff, 'why of a grade')
    await staff.locator('article .el-button').first().click()
    assert.equal(await dialog(staff, 'form [data-field]').count(), proposal_fields)
    await dialog(staff, 'button[type=submit]').click()
    await dialog(staff, '.field-error').first().waitFor()
    await check_page(staff, 'a lower grade is proposed')
    await dialog(staff, 'select').selectOption({ index: 1 })
    await dialog(staff, 'textarea').fill('家属反映收了礼品')
    await dialog(staff, 'button[type=submit]').click()
    await staff.locator('[role=dialog]:visible').waitFor({ state: 'detached' })
    await staff.context().close()

    const officer = await open_page(browser, viewport, language)
    await sign_in_to_console(officer, 'district_officer')
    await officer.goto(`${office}/#/grade-proposals`)
    await settled(officer)
    await check_page(officer, 'grades to decide')
    await officer.locator('article .el-button--danger').first().click()
    await dialog(officer, 'textarea').fill('已向双方核实')
    await check_page(officer, 'a lower grade is confirmed')
    await dialog(officer, 'button[type=submit]').click()
    await officer.locator('[role=dialog]:visible').waitFor({ state: 'detached' })

    const phone = await open_page(browser, pocket, language)
    await sign_in_to_phone(phone, lead.account)
    await phone.goto(`${open_side}/m/#/grades`)
    await settled(phone)
    await check_page(phone, 'grades of one\'s own')
    await phone.goto(`${open_side}/m/#/grades/team/${lead.team}`)
    await phone.locator('article .van-button').first().click()
    assert.equal(await phone.locator('form [data-field]').count(), appeal_fields)
    await check_page(phone, 'appeal against a grade')
    await phone.locator('form textarea').fill('礼品当场退还，有照片')
    await phone.locator('form button[type=submit]').click()
    await phone.locator('form').waitFor({ state: 'detached' })
    await check_page(phone, 'a grade under appeal')
    await phone.context().close()

    await officer.goto(`${office}/#/grade-appeals`)
    await officer.locator('article').first().waitFor()
    assert.equal(await officer.locator('article .el-button').count(), 0, 'who confirmed does not decide the appeal')
    await check_page(officer, 'appeals')
    await officer.context().close()
  })

  test(`Records to call back are a queue with its reasons at ${viewport.width} in ${language}`, async () => {
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'street_staff')
    await page.goto(`${office}/#/spot-checks`)
    await settled(page)
    await check_page(page, 'spot checks')
    const call = page.locator('article .el-button--primary')
    if (await call.count()) {
      await call.first().click()
      await dialog(page, 'button[type=submit]').click()
      await dialog(page, '.field-error').first().waitFor()
      await check_page(page, 'a call-back')
    }
    await page.context().close()
  })
}
