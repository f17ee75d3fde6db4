// A service on its day: nobody answers the door, or it is confirmed by phone and the recipient would rather have
// somebody else the next time.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, use_site } from './site.mjs'
import { must, order_of_today } from './team.mjs'

use_site('HEZHI_LIVELY')
const alarm_taps = 2
const finish_fields = 1 // minutes; who came is ticked

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
  test(`Nobody answers, and the social worker at ${viewport.width} sees an urgent need, in ${language}`, async () => {
    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'social_worker')
    const { order, phones } = await order_of_today(browser, staff, `郝玉珍 1380009${viewport.width.toString().padStart(4, '0')}`)
    await staff.goto(`${office}/#/orders/${order}`)
    await settled(staff)

    const [phone] = phones
    await phone.goto(`${open_side}/m/#/orders/${order}`)
    let taps = 0
    await phone.locator('button.alarm').click()
    taps += 1
    await phone.locator('.van-dialog__confirm').waitFor()
    await check_page(phone, 'nobody answers')
    await phone.locator('.van-dialog__confirm').click()
    taps += 1
    assert.equal(taps, alarm_taps)
    await phone.locator('p.safety[role=status]').waitFor()
    await phone.locator('button.alarm').waitFor({ state: 'detached' })
    await check_page(phone, 'it was reported that nobody answers')

    await staff.locator('article header a[href^="#/needs/"]').waitFor() // came by itself
    await check_page(staff, 'order where nobody answered')
    await staff.locator('article header a[href^="#/needs/"]').click()
    await staff.waitForURL(/#\/needs\/\d+$/)
    await staff.locator('article h2').first().waitFor()
    const need = Number(new URL(staff.url()).hash.match(/\d+$/)[0])
    assert.equal((await must(staff, 'GET', `/api/needs/${need}`)).priority_class, 'P1')
    await check_page(staff, 'urgent need of an alarm')
    // Called off and answered, so that nothing of it stands in the way of other tests.
    await must(staff, 'POST', `/api/needs/${need}/closure`, { reason: '已电话核实，平安' })
    await must(staff, 'POST', `/api/orders/${order}/cancellation`, { reason: '已电话核实' })
    for (const page of [staff, ...phones]) await page.context().close()
  })

  test(`The desk at ${viewport.width} confirms by phone, and two are not matched again, in ${language}`, async () => {
    const staff = await open_page(browser, viewport, language)
    await sign_in_to_console(staff, 'social_worker')
    const { order, starts_at, phones } = await order_of_today(browser, staff, `郝玉珍 1380008${viewport.width.toString().padStart(4, '0')}`)
    while (Date.now() <= starts_at) await staff.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)))
    await staff.goto(`${office}/#/orders/${order}`)
    await staff.locator('.attendance li input').first().waitFor()
    for (const came of await staff.locator('.attendance li input').all()) await came.check()
    await staff.locator('.attendance .row > .el-button').last().click()
    await staff.locator('#finish').waitFor()
    assert.equal(await staff.locator('#finish [data-field]').count(), finish_fields)
    await staff.locator('#finish input[type=number]').fill('5')
    await check_page(staff, 'done, confirmed by phone')
    await staff.locator('[role=dialog]:visible button[type=submit]').click()
    await staff.locator('.attendance').waitFor({ state: 'detached' })
    assert.equal((await must(staff, 'GET', `/api/orders/${order}`)).state, 'confirmed')
    await check_page(staff, 'order confirmed by phone')

    await staff.locator('button.separate').first().click()
    await staff.locator('[role=dialog]:visible textarea').fill('老人希望换人')
    await check_page(staff, 'not matched again')
    await staff.locator('[role=dialog]:visible button[type=submit]').click()
    const again = staff.locator('.offer-list .el-button:not(.separate)')
    await again.waitFor()
    await check_page(staff, 'two who are not matched')
    await again.click()
    await again.waitFor({ state: 'detached' })
    for (const page of [staff, ...phones]) await page.context().close()
  })
}
