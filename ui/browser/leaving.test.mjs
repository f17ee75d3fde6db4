// What somebody wrote is not lost unasked: by a link, the way back, an address, a reload, or signing out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, use_site } from './site.mjs'
import { call } from './team.mjs'

use_site('HEZHI_LIVELY')

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const dialog = (page, inner = '') => page.locator(`[role=dialog]:visible ${inner}`)

/** Presses a button of the question and waits until it is gone. */
async function answer(page, button) {
  await dialog(page, button).click()
  await dialog(page).waitFor({ state: 'detached' })
}

/** What a reload asks is put by the browser; "stay" is the answer. */
async function reload_and_stay(page) {
  const [question] = await Promise.all([
    page.waitForEvent('dialog'),
    page.evaluate(() => void setTimeout(() => location.reload())),
  ])
  assert.equal(question.type(), 'beforeunload')
  await question.dismiss()
}

for (const [viewport, language] of [[desk, 'zh-CN'], [pocket, 'en']]) {
  test(`A draft of the rules is lost only by whoever says so, at ${viewport.width} in ${language}`, async () => {
    const page = await open_page(browser, viewport, language)
    await sign_in_to_console(page, 'district_officer')
    await page.goto(`${office}/#/rule-packs`)
    await settled(page)
    const to_draft = page.locator('header a[href$="/draft"]')
    const text = page.locator('textarea.code')
    await to_draft.click()
    await text.waitFor()
    await page.locator('.page > header a').click() // nothing was written yet
    await page.waitForURL(/#\/rule-packs$/)
    await to_draft.click()
    await text.waitFor()
    const written = 'name = "district"\n# half of it\n'
    await text.fill(written)

    await page.locator('.page > header a').click()
    await dialog(page, '.stay').waitFor()
    await check_page(page, 'a draft is left')
    await answer(page, '.stay')
    assert.equal(await text.inputValue(), written)
    await page.goBack()
    await answer(page, '.stay')
    await page.waitForURL(/#\/rule-packs\/\d+\/draft$/)
    await page.goto(`${office}/#/needs`)
    await answer(page, '.stay')
    await page.waitForURL(/#\/rule-packs\/\d+\/draft$/)
    await reload_and_stay(page)
    assert.equal(await text.inputValue(), written)

    await page.locator('.page > header a').click()
    await answer(page, '.leave')
    await page.waitForURL(/#\/rule-packs$/)
    await to_draft.click()
    await text.waitFor()
    assert.notEqual(await text.inputValue(), written)
    await page.context().close()
  })
}

test('Who signs out in the middle of a form is asked before the session ends', async () => {
  const page = await open_page(browser, desk)
  await sign_in_to_console(page, 'community_worker')
  await page.goto(`${office}/#/people/register`)
  const name = page.locator('form input').first()
  await name.fill('林立秋')
  const sign_out = page.locator('.who button.quiet')
  await sign_out.click()
  await answer(page, '.stay')
  assert.equal(await name.inputValue(), '林立秋')
  assert.equal((await call(page, 'GET', '/api/session')).status, 200)
  await sign_out.click()
  await answer(page, '.leave')
  await page.waitForURL(/#\/sign-in$/)
  await page.context().close()
})

for (const language of ['zh-CN', 'en']) {
  test(`A form on the phone asks as well, in ${language}`, async () => {
    const page = await open_page(browser, pocket, language)
    await page.goto(`${open_side}/m/#/sign-in`)
    await page.locator('a[href="#/join"]').click()
    const name = page.locator('input[name=name]')
    await name.fill('林立冬')
    await page.locator('a[href="#/sign-in"]').click()
    await dialog(page, '.van-dialog__cancel').waitFor()
    await check_page(page, 'a form of the phone is left')
    await dialog(page, '.van-dialog__cancel').click()
    await dialog(page).waitFor({ state: 'hidden' })
    await page.goBack()
    await dialog(page, '.van-dialog__cancel').click()
    await dialog(page).waitFor({ state: 'hidden' })
    await page.waitForURL(/#\/join$/)
    await reload_and_stay(page)
    assert.equal(await name.inputValue(), '林立冬')
    await page.goBack()
    await dialog(page, '.van-dialog__confirm').click()
    await page.waitForURL(/#\/sign-in$/)
    await page.locator('input[name=code]').waitFor()
    assert.deepEqual(page.mistakes, [])
    await page.context().close()
  })
}
