// Time that moves between two districts: sent at a desk of the one, taken in by the other at the command line, disputed
// there and settled. Each district is an installation of its own.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { Installation } from './installation.mjs'
import { choose, masked, register, serve, slip_of } from './people.mjs'
import { check_page, desk, launch, office, open_page, open_side, pocket, sign_in_to_console, sign_in_to_phone, use_served } from './site.mjs'
import { must } from './team.mjs'

const words = ['--divisions', 'assets/divisions/qingdao-huangdao.csv', '--days', '1', '--people', '4']

let browser, here, there
before(async () => {
  browser = await launch()
  here = new Installation(words)
  there = new Installation(words)
})
after(async () => {
  await browser.close()
  here.end()
  there.end()
})

const dialog = (page, inner) => page.locator(`[role=dialog]:visible ${inner}`)
const closed = (page) => page.locator('[role=dialog]:visible').waitFor({ state: 'detached' })

/** The public key of a district's seals and the number of its ledger, as its operator hands them out. */
function key_of(installation) {
  const told = installation.command('export', 'seal-keys')
  writeFileSync(installation.path('pem'), told)
  return { ledger: told.split(/\s+/)[1], pem: told.slice(told.indexOf('-----BEGIN')), file: installation.path('pem') }
}

async function signed_in(role, viewport = desk, language = 'zh-CN') {
  const page = await open_page(browser, viewport, language)
  await sign_in_to_console(page, role)
  return page
}

/** Sends the amounts one after the other by the form; the numbers of the transfers. */
async function send(page, name, peer, ...amounts) {
  await page.goto(`${office}/#/time-bank/statement`)
  await page.locator('.peer').first().waitFor()
  for (const [at, minutes] of amounts.entries()) {
    await page.locator('section .el-button', { hasText: '转出时间' }).click()
    await dialog(page, `option[value="${peer.ledger}"]`).waitFor({ state: 'attached' })
    if (at === 0) {
      await dialog(page, 'button[type=submit]').click()
      await dialog(page, '.field-error').nth(2).waitFor()
      await check_page(page, 'sending time refused')
    }
    await choose(page, name)
    await dialog(page, 'select').selectOption(peer.ledger)
    await dialog(page, 'input[type=number]').fill(String(minutes))
    await dialog(page, 'button[type=submit]').click()
    await closed(page)
    await page.locator('.transfer').nth(at).waitFor()
  }
  await check_page(page, 'time that was sent')
  const { items } = await must(page, 'GET', '/api/time-bank/transfers')
  return amounts.map((minutes) => items.find((transfer) => transfer.minutes === minutes).id)
}

test('Time is sent to another district, taken in there, disputed and settled', async () => {
  const keys = { here: key_of(here), there: key_of(there) }
  use_served(await there.serve())
  const registrar = await signed_in('community_worker')
  const receiver = await register(registrar, '池谷雨', '19480301', '731')
  const slip = await slip_of(registrar, receiver)
  const admitting = await signed_in('district_officer')
  await must(admitting, 'POST', '/api/time-bank/peers', { name: '那边', public_key: keys.here.pem })
  for (const page of [registrar, admitting]) await page.context().close()
  await there.stop()

  use_served(await here.serve())
  const worker = await signed_in('community_worker')
  const sender = await register(worker, '池惊蛰', '19680301', '732', true)
  const social = await signed_in('social_worker')
  await serve(social, sender, 120)
  const officer = await signed_in('district_officer')
  await must(officer, 'POST', '/api/time-bank/peers', { name: '这边', public_key: keys.there.pem })
  const numbers = await send(officer, '池惊蛰', keys.there, 40, 25)
  await worker.goto(`${office}/#/people/${sender}`)
  await worker.locator('.why-figure summary', { hasText: '55' }).waitFor()
  for (const page of [worker, social, officer]) await page.context().close()
  await here.stop()
  here.command('export', 'head') // seals what waits

  for (const number of numbers) {
    const proof = there.path(`proof.${number}.json`)
    writeFileSync(proof, here.command('prove', '--fact', String(number)))
    there.command('import', 'transfer', proof, '--public-key', keys.here.file, '--person', String(receiver))
  }
  use_served(await there.serve())
  const phone = await open_page(browser, pocket)
  await sign_in_to_phone(phone, slip)
  await phone.goto(`${open_side}/m/#/time`)
  await phone.locator('.total strong', { hasText: /^65$/ }).waitFor()
  await check_page(phone, 'time that came from another district')

  for (const { viewport, language, minutes, upheld } of [
    { viewport: desk, language: 'zh-CN', minutes: 40, upheld: true },
    { viewport: pocket, language: 'en', minutes: 25, upheld: false },
  ]) {
    const page = await signed_in('district_officer', viewport, language)
    await page.goto(`${office}/#/time-bank/statement`)
    const transfer = page.locator('.transfer', { hasText: new RegExp(`${masked('池谷雨').replaceAll('*', '\\*')} · ${minutes} `) })
    await transfer.waitFor()
    await check_page(page, 'time that was received')
    await transfer.locator('.el-button').click()
    await dialog(page, 'button[type=submit]').click()
    await dialog(page, '.field-error').waitFor()
    await dialog(page, 'textarea').fill('对方区来函：服务时间有误')
    await check_page(page, 'a transfer is disputed')
    await dialog(page, 'button[type=submit]').click()
    await closed(page)
    const left = upheld ? 25 : 0 // of the first nothing came back
    await phone.goto(`${open_side}/m/#/home`)
    await phone.goto(`${open_side}/m/#/time`)
    await phone.locator('.total strong', { hasText: new RegExp(`^${left}$`) }).waitFor()
    await phone.locator('.why-figure', { hasText: `争议冻结 ${minutes} 分钟` }).waitFor()
    await check_page(phone, 'time that is disputed')

    await transfer.locator('.el-button').click()
    if (upheld) await dialog(page, 'input[type=checkbox]').check()
    await dialog(page, 'textarea').fill('已与对方区核对')
    await check_page(page, 'a transfer is settled')
    await dialog(page, 'button[type=submit]').click()
    await closed(page)
    await transfer.locator('.el-button').waitFor({ state: 'detached' })
    await check_page(page, 'a transfer that was settled')
    const back = transfer.locator('a[href*="time-bank/"]')
    assert.equal(await back.count(), upheld ? 1 : 0)
    if (upheld) {
      await back.click()
      await page.locator('article .legs tr').nth(1).waitFor()
      assert.match(await page.locator('article .legs').innerText(), new RegExp(`-${minutes}`))
      await check_page(page, 'posting of what went back')
    }
    await page.context().close()
  }
  await phone.goto(`${open_side}/m/#/home`)
  await phone.goto(`${open_side}/m/#/time`)
  await phone.locator('.total strong', { hasText: /^25$/ }).waitFor()
  await phone.context().close()

  const last = await signed_in('district_officer')
  await last.goto(`${office}/#/time-bank/statement`)
  await last.locator('.peer .el-button').click()
  await check_page(last, 'the registration of a district is ended')
  await dialog(last, 'button[type=submit]').click()
  await closed(last)
  await last.locator('.peer', { hasText: '已撤销' }).waitFor()
  await last.context().close()
})
