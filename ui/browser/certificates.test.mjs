// Service certificates in a browser: an issuer entered, a certificate issued on the phone and at the desk,
// the paper opened, checked by whoever holds it, revoked.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accounts, check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { call } from './team.mjs'

use_site('HEZHI_NEW')
const issuer_fields = 6 // kind, area, official name, in charge, handler, contact
const day_ms = 86_400_000

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** A record of the volunteer on a day of its own, so that nothing overlaps. */
async function serve(staff, person_id, days_ago) {
  const starts_at = Math.floor(Date.now() / day_ms) * day_ms - days_ago * day_ms - 4 * 3_600_000
  const answer = await call(staff, 'POST', '/api/records', {
    person_id, category: 'environment_clean_up', starts_at, ends_at: starts_at + 3_600_000, time_was: 'free_time', unpaid: true,
  })
  assert.ok(answer.status === 200 || answer.body.code === 'record_overlaps', JSON.stringify(answer.body))
}

async function name_issuer(staff) {
  await staff.goto(`${office}/#/certificates`)
  await check_page(staff, 'certificates')
  await staff.locator('main header .el-button').first().click()
  const form = staff.locator('[role=dialog]:visible form')
  await form.waitFor()
  assert.equal(await form.locator('[data-field]').count(), issuer_fields)
  await form.locator('button[type=submit]').click()
  await staff.locator('.field-error').first().waitFor()
  await check_page(staff, 'issuer refused')
  await form.locator('input[role=combobox]').fill(accounts.street_staff.area)
  await staff.locator('[role=option]', { hasText: accounts.street_staff.area }).first().click()
  await form.locator('input[name=name]').fill(`${accounts.street_staff.area}办事处`)
  await form.locator('input[name=in_charge]').fill('王主任')
  await form.locator('input[name=handler]').fill('李干事')
  await form.locator('input[name=contact]').fill('0532-00000000')
  await form.locator('button[type=submit]').click()
  await staff.locator('.issuers li').first().waitFor()
  await check_page(staff, 'issuers')
}

const runs = [
  { language: 'zh-CN', viewport: desk, days_ago: 2, valid: '有效', held: '有异议', revoke: '撤销', revoked: '已撤销', left_out: '有异议待核实' },
  { language: 'en', viewport: pocket, days_ago: 3, valid: 'valid', held: 'held', revoke: 'revoke', revoked: 'revoked', left_out: 'under objection' },
]
for (const run of runs) {
  describe(`In ${run.language} at ${run.viewport.width}`, () => {
    test('a certificate is issued by its volunteer, checked by a stranger and revoked by the staff', async () => {
      const [account] = accounts.volunteers
      const phone = await open_page(browser, pocket, run.language)
      await sign_in_to_phone(phone, account)
      const { body: session } = await call(phone, 'GET', '/api/session')
      const staff = await open_page(browser, run.viewport, run.language)
      await sign_in_to_console(staff, 'street_staff')
      await serve(staff, session.person_id, run.days_ago)
      await name_issuer(staff)

      await phone.goto(`${open_side}/m/#/certificates`)
      await phone.locator('form button[type=submit]').first().waitFor()
      await check_page(phone, 'my certificates')
      await phone.locator('.volunteer-number button').first().click()
      await phone.locator('input[name=volunteer_number]').fill('12')
      await phone.locator('.volunteer-number button[type=submit]').click()
      await phone.locator('.volunteer-number .field-error').waitFor()
      await check_page(phone, 'a volunteer number that is none')
      await phone.locator('input[name=volunteer_number]').fill('330106000000001')
      await phone.locator('.volunteer-number button[type=submit]').click()
      await phone.locator('.volunteer-number b', { hasText: '330106000000001' }).waitFor()
      await phone.locator('form button[type=submit]').first().click()
      await phone.locator('article.certificate').first().waitFor()
      await phone.locator('details.notices summary').click()
      await phone.locator('details.notices li').first().waitFor()
      await check_page(phone, 'a certificate of mine, and what is posted')
      const paper = await phone.evaluate(async (path) => {
        const answer = await fetch(path)
        return { type: answer.headers.get('Content-Type'), start: (await answer.text()).slice(0, 5) }
      }, await phone.locator('article.certificate a.paper').first().getAttribute('href'))
      assert.deepEqual(paper, { type: 'application/pdf', start: '%PDF-' })

      const { body: mine } = await call(phone, 'GET', '/api/certificates/mine')
      const link = new URL(mine.items[0].link)
      const stranger = await open_page(browser, run.viewport, run.language)
      await stranger.goto(`${open_side}/m/${link.hash}`)
      await stranger.locator('.result .state-tag', { hasText: run.valid }).waitFor()
      await check_page(stranger, 'check of a certificate')
      await stranger.locator('input[name=code]').fill('0000000000')
      await stranger.locator('form button[type=submit]').click()
      await stranger.locator('.problem-note').waitFor()
      await check_page(stranger, 'check with a wrong code')

      await staff.goto(`${office}/#/people/${session.person_id}`)
      await staff.locator('section.certificates a').first().waitFor()
      await check_page(staff, 'certificates of a person')
      await staff.locator('section.certificates .el-button').click()
      await staff.locator('[role=dialog]:visible select[name=issuer]').waitFor()
      await check_page(staff, 'issue at the desk')
      await staff.locator('[role=dialog]:visible button[type=submit]').click()
      await staff.locator('[role=dialog]:visible [role=status] a').waitFor()

      await staff.goto(`${office}/#/certificates/${mine.items[0].id}`)
      await staff.locator('article').waitFor()
      await check_page(staff, 'certificate')
      await staff.locator('section.objection .el-button').first().click()
      await staff.locator('[role=dialog]:visible textarea').fill('签到表上没有这一天')
      await check_page(staff, 'object to a certificate')
      await staff.locator('[role=dialog]:visible button[type=submit]').click()
      await staff.locator('article .state-tag', { hasText: run.held }).first().waitFor()
      await staff.locator('section.objection .words').waitFor()
      await check_page(staff, 'certificate under objection')
      await stranger.goto(`${open_side}/m/${link.hash.replace(mine.items[0].number, mine.items[0].number.toLowerCase())}`)
      await stranger.reload()
      await stranger.locator('.result b', { hasText: mine.items[0].number }).waitFor()
      await stranger.locator('.result .state-tag', { hasText: run.held }).waitFor()

      // The one from the desk says the same and is held with it; nothing new is issued over the record.
      await phone.reload()
      await phone.locator('form p', { hasText: run.left_out }).first().waitFor()
      await phone.locator('article.certificate .held-with', { hasText: mine.items[0].number }).first().waitFor()
      await check_page(phone, 'certificates that are held together')

      await staff.locator('article .el-button', { hasText: run.revoke }).click()
      await staff.locator('[role=dialog]:visible select').selectOption('own_wish')
      await check_page(staff, 'revoke a certificate')
      await staff.locator('[role=dialog]:visible button[type=submit]').click()
      await staff.locator('article .state-tag', { hasText: run.revoked }).first().waitFor()
      await check_page(staff, 'revoked certificate')

      await stranger.reload()
      await stranger.locator('.result .state-tag', { hasText: run.revoked }).waitFor()
      await settled(stranger)
      for (const page of [phone, staff, stranger]) {
        assert.deepEqual(page.mistakes, [])
        await page.context().close()
      }
    })
  })
}
