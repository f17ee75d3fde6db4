// A minor registers, the staff hands the link to the guardian, who consents on a phone without an account, sees where
// the child is, and withdraws; a minor's entry is read in clear only after somebody else approved it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, sign_in_to_console, use_site } from './site.mjs'

use_site('HEZHI_LIVELY')
const fields_max = 3 // relation, photos; below fourteen the separate text

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** Nobody's number: no area 990000. Twelve or thirteen years old in the year of the demonstration. */
function number_of(n) {
  const digits = `990000201306${String(10 + n)}${String(n).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, at) => all + weight * Number(digits[at]), 0)
  return digits + '10X98765432'[sum % 11]
}

async function child_registers(n) {
  const page = await open_page(browser, pocket)
  await page.goto(`${open_side}/m/#/join`)
  await page.locator('input[name=name]').fill(`祝小${'甲乙丙丁'[n]}`)
  await page.locator('input[name=id_number]').fill(number_of(n))
  await page.locator('input[name=phone]').fill(`1390000530${n}`)
  await page.locator('input[name=area]').fill(accounts.street_staff.area)
  await page.locator('input[name=area]').press('Tab')
  await page.locator('input[name=area_id]').first().check()
  await page.locator('input[name=agreed]').check()
  await page.locator('button[type=submit]').click()
  await page.locator('section[role=status]').waitFor()
  assert.equal(await page.locator('.code').count(), 0, 'no code before the guardian has consented')
  assert.ok(!(await page.locator('main').innerText()).includes('guardian/'), 'the child gets no link')
  await check_page(page, 'joining waits for the guardian')
  await page.context().close()
}

/** The link on the slip that the staff hands over. */
async function link_from_staff(viewport, language) {
  const staff = await open_page(browser, viewport, language)
  await sign_in_to_console(staff, 'street_staff')
  await staff.goto(`${office}/#/guardians`)
  await staff.locator('button', { hasText: /确认单|guardian's link/ }).first().click()
  await staff.locator('.paper .link-text').waitFor()
  await check_page(staff, 'guardians and a slip')
  const link = await staff.locator('.paper .link-text').innerText()
  await staff.context().close()
  return link.split('#')[1]
}

for (const [n, viewport, language] of [[0, desk, 'zh-CN'], [1, pocket, 'en']]) {
  test(`A guardian consents and withdraws by the link in ${language}`, async () => {
    await child_registers(n)
    const path = await link_from_staff(viewport, language)
    const page = await open_page(browser, pocket, language)
    await page.goto(`${open_side}/m/#${path}`)
    await page.locator('form').waitFor()
    assert.ok((await page.locator('[data-field]').count()) <= fields_max)
    await check_page(page, 'guardian asked')
    await page.locator('form button[type=submit]').click()
    await page.locator('.field-error').first().waitFor()
    await check_page(page, 'guardian asked for the separate text')
    await page.locator('input[name=sensitive]').check()
    await page.locator('form button[type=submit]').click()
    await page.locator('form').waitFor({ state: 'detached' })
    await check_page(page, 'guardian consented')
    await page.locator('.van-button--danger').click()
    await page.locator('.van-dialog__confirm').waitFor()
    await check_page(page, 'guardian withdraws')
    await page.locator('.van-dialog__confirm').click()
    await page.locator('.van-button--danger').waitFor({ state: 'detached' })
    await page.locator('.card .van-button').first().waitFor()
    await check_page(page, 'guardian withdrew')
    await page.context().close()
  })
}

test('A minor is read in clear once somebody else approved it', async () => {
  await child_registers(2)
  const worker = await open_page(browser, desk)
  await sign_in_to_console(worker, 'social_worker')
  await worker.goto(`${office}/#/people`)
  await worker.locator('input[type=search]').first().fill('13900005302')
  await worker.locator('.list-row', { hasText: '139****5302' }).first().click()
  await worker.locator('button', { hasText: '申请查看' }).click()
  await worker.locator('.el-dialog textarea, .el-dialog input').first().fill('核对证件')
  await check_page(worker, 'asking to read a minor')
  await worker.locator('.el-dialog button.el-button--primary').click()
  await worker.locator('dd', { hasText: '待批准' }).waitFor()
  assert.equal(await worker.locator('button', { hasText: '查看明文' }).count(), 0)

  const street = await open_page(browser, desk)
  await sign_in_to_console(street, 'street_staff')
  await street.goto(`${office}/#/reading-requests`)
  await street.locator('button', { hasText: '批准查看' }).first().waitFor()
  await check_page(street, 'reading requests')
  await street.locator('button', { hasText: '批准查看' }).first().click()
  await street.locator('text=已批准').first().waitFor()
  await street.context().close()

  await worker.reload()
  await worker.locator('button', { hasText: '查看明文' }).waitFor()
  await worker.context().close()
})
