// Joining on a phone: four fields and a code; "registered already" leads on without telling whose it is;
// leaving and coming back; and the desk settles a dispute.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, sign_in_to_console, use_site } from './site.mjs'

use_site('HEZHI_LIVELY')
const fields_max = 5 // name, number, phone, promise; the community too without the link of a poster
const taps_max = 4 // field, choice of the area, promise, button

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** Nobody's number: no area 990000. `n` makes it another person's. */
function number_of(n) {
  const digits = `99000019500101${String(n).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, at) => all + weight * Number(digits[at]), 0)
  return digits + '10X98765432'[sum % 11]
}

async function fill(page, { name, number, phone }) {
  await page.goto(`${open_side}/m/#/join`)
  await page.reload() // the same address alone would not open the form anew
  await page.locator('input[name=id_number]').waitFor()
  assert.equal(await page.locator('[data-field]').count(), fields_max)
  await check_page(page, 'join')
  let taps = 0
  await page.locator('input[name=name]').fill(name)
  await page.locator('input[name=id_number]').fill(number)
  await page.locator('input[name=phone]').fill(phone)
  await page.locator('input[name=area]').fill(accounts.street_staff.area)
  await page.locator('input[name=area]').press('Tab')
  taps += 1
  await page.locator('input[name=area_id]').first().check()
  taps += 1
  await page.locator('input[name=agreed]').check()
  taps += 1
  await page.locator('button[type=submit]').click()
  taps += 1
  assert.ok(taps <= taps_max)
}

for (const [language, n] of [['zh-CN', 21], ['en', 22]]) {
  test(`A volunteer joins on the phone in ${language}, leaves and comes back`, async () => {
    const page = await open_page(browser, pocket, language)
    await fill(page, { name: '欧阳𬱖·㐂', number: number_of(n), phone: `1390000${1000 + n}` })
    await page.locator('.code').waitFor()
    await check_page(page, 'joined')
    await page.locator('input[name=pin]').fill('204060')
    await page.locator('button[type=submit]').click()
    await page.locator('.hello strong', { hasText: '欧阳𬱖·㐂' }).waitFor()
    await page.locator('a[href="#/service"]').click()
    await page.locator('.card .van-button').click()
    await check_page(page, 'leaving dialog')
    await page.locator('.van-dialog__confirm').click()
    await page.locator('input[type=checkbox]').check()
    await check_page(page, 'left')
    await page.locator('.card .van-button').click()
    await page.locator('input[type=checkbox]').waitFor({ state: 'detached' })
    await page.context().close()
  })
}

test('A number that is registered leads to a claim or a dispute, which the desk settles', async () => {
  const page = await open_page(browser, pocket)
  const number = number_of(31)
  await fill(page, { name: '程甲', number, phone: '13900002001' })
  await page.locator('.code').waitFor()
  await fill(page, { name: '程乙', number, phone: '13900002002' })
  await page.locator('button', { hasText: '异议' }).waitFor()
  await check_page(page, 'number used')
  assert.ok(!(await page.locator('main').innerText()).includes('程甲'))
  await page.locator('button', { hasText: '认领' }).click()
  await page.locator('.problem-note', { hasText: '核对不上' }).waitFor()
  await page.locator('button', { hasText: '异议' }).click()
  await page.locator('section[role=status]').waitFor()
  await check_page(page, 'dispute noted')
  await page.context().close()

  for (const viewport of [desk, pocket]) {
    const staff = await open_page(browser, viewport)
    await sign_in_to_console(staff, 'street_staff')
    await staff.goto(`${office}/#/disputes`)
    await staff.locator('text=139****2002').first().waitFor()
    await check_page(staff, 'disputes')
    if (viewport === pocket) {
      await staff.locator('button', { hasText: '释放号码' }).first().click()
      await staff.locator('button', { hasText: '释放号码' }).first().waitFor({ state: 'detached' })
    }
    await staff.context().close()
  }
})

test('A name with rare characters is found, read and printed as its bearer writes it', async () => {
  const name = '买买提·𬱖㐂'
  const phone = await open_page(browser, pocket)
  await fill(phone, { name, number: number_of(41), phone: '13900004101' })
  await phone.locator('.code').waitFor()
  await phone.context().close()
  const staff = await open_page(browser, desk)
  await sign_in_to_console(staff, 'social_worker')
  for (const part of ['𬱖㐂', '买买提']) {
    await staff.goto(`${office}/#/people`)
    await staff.reload()
    await staff.locator('input[type=search]').first().fill(part)
    await staff.locator('.list-row', { hasText: '139****4101' }).first().waitFor()
  }
  await staff.locator('.list-row', { hasText: '139****4101' }).first().click()
  await staff.locator('button', { hasText: '查看明文' }).click()
  await staff.locator('.el-dialog textarea, .el-dialog input').first().fill('核对姓名')
  await staff.locator('.el-dialog button.el-button--primary').click()
  await staff.locator('h2', { hasText: name }).waitFor()
  await staff.locator('button', { hasText: '发登录单' }).click()
  await staff.locator('.paper .name', { hasText: name }).waitFor()
  await staff.emulateMedia({ media: 'print' })
  assert.ok((await staff.locator('.paper').innerText()).includes(name))
  assert.ok((await staff.pdf()).length > 10_000, 'the slip is a page of paper')
  await staff.context().close()
})
