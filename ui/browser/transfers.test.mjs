// Time that moves between two districts: sent at a desk of the one, which downloads its proof; looked at and taken in at a
// desk of the other, disputed there and settled. Each district is an installation of its own.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { Installation } from './installation.mjs'
import { choose, masked, register, serve, slip_of } from './people.mjs'
import { check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_served } from './site.mjs'
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
  return { ledger: told.split(/\s+/)[1], pem: told.slice(told.indexOf('-----BEGIN')) }
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
  await page.locator('.transfer', { hasText: '等待封印' }).first().waitFor()
  await check_page(page, 'time that was sent')
  const { items } = await must(page, 'GET', '/api/time-bank/transfers')
  return amounts.map((minutes) => items.find((transfer) => transfer.minutes === minutes).id)
}

/** Downloads the proof of a transfer from the page; the text of the file. */
async function download_proof(page, number) {
  const link = page.locator(`a[download="transfer.${number}.json"]`)
  await link.waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  assert.equal(download.suggestedFilename(), `transfer.${number}.json`)
  const path = here.path('downloaded.json')
  await download.saveAs(path)
  return readFileSync(path, 'utf8')
}

/** Opens the dialog that takes time in. */
async function open_receiving(page) {
  await page.goto(`${office}/#/time-bank/statement`)
  await page.locator('.peer').first().waitFor()
  await page.locator('section .el-button', { hasText: /转入时间|take in time/i }).click()
  await dialog(page, 'input[name=proof]').waitFor({ state: 'attached' })
}
const choose_proof = (page, text) =>
  dialog(page, 'input[name=proof]').setInputFiles({ name: 'proof.json', mimeType: 'application/json', buffer: Buffer.from(text) })

/** In the page: no dialog is open any more, or it says why not. */
function closed_or_refused() {
  const open = [...document.querySelectorAll('[role=dialog]')].filter((each) => each.getClientRects().length)
  return open.every((each) => each.querySelector('.problem-note'))
}

/** Chooses a file that is refused; what the page says of it, the refusal and the field. */
async function refused(page, text, words) {
  await choose_proof(page, text)
  await dialog(page, '.field-error, .problem-note').filter({ hasText: words }).first().waitFor()
  assert.equal(await dialog(page, '.found').count(), 0, 'nothing of it is shown')
}

/** Looks at the proof, which is good, and chooses for whom it is. */
async function look_at(page, text, ledger, minutes, name) {
  await choose_proof(page, text)
  await dialog(page, '.found').waitFor()
  assert.match(await dialog(page, '.found').innerText(), new RegExp(`那边 · ${ledger}[^]*${minutes}`))
  await check_page(page, 'the proof of another district')
  await dialog(page, 'button[type=submit]').click()
  await dialog(page, '.field-error').waitFor()
  await choose(page, name)
}

/** Files that are no proof, or not one for here. */
async function refuse_wrong_files(page, text, ledger, minutes) {
  await refused(page, 'x'.repeat(40_000), '32')
  await refused(page, 'hello', '这不是转出证明')
  await refused(page, '{}', '不是证明文件')
  await refused(page, text.replace(ledger, '0123456789abcdef'), '对方区未登记')
  const changed = text.replace(`\\"minutes\\":${minutes}`, `\\"minutes\\":${minutes + 1}`)
  assert.notEqual(changed, text)
  await refused(page, changed, '证明不成立')
  await check_page(page, 'a proof that was changed')
}

/** At the desk of the other district; the second proof by two officers at once, of whom one is told that it is in. */
async function take_in(name, ledger, [first, second]) {
  const page = await signed_in('district_officer')
  await open_receiving(page)
  await check_page(page, 'time is taken in')
  await refuse_wrong_files(page, first.text, ledger, first.minutes)
  await look_at(page, first.text, ledger, first.minutes, name)
  await dialog(page, 'button[type=submit]').click()
  await closed(page)
  await page.locator('.transfer').first().waitFor()
  await open_receiving(page)
  await choose_proof(page, first.text)
  await dialog(page, '.found .received').waitFor()
  assert.equal(await dialog(page, 'button[type=submit]').count(), 0, 'it counts once')
  await check_page(page, 'a proof that was taken in already')

  const pages = [page, await signed_in('district_officer', pocket, 'en')]
  for (const each of pages) {
    await each.reload()
    await settled(each) // the way to its home ends before another page is opened
    await open_receiving(each)
    await look_at(each, second.text, ledger, second.minutes, name)
  }
  await Promise.all(pages.map((each) => dialog(each, 'button[type=submit]').click()))
  for (const each of pages) await each.waitForFunction(closed_or_refused)
  const late = []
  for (const each of pages) if (await dialog(each, '.problem-note').count()) late.push(each)
  assert.equal(late.length, 1, 'one of two comes late')
  await dialog(late[0], '.problem-note').filter({ hasText: /不能重复接收|taken in already/ }).waitFor()
  await check_page(late[0], 'a proof that another officer took in')
  const { items } = await must(page, 'GET', '/api/time-bank/transfers')
  assert.deepEqual(items.map((each) => [each.state, each.minutes]), [['received', second.minutes], ['received', first.minutes]])
  for (const each of pages) await each.context().close()
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

  use_served(await here.serve())
  const sending = await signed_in('district_officer')
  await sending.goto(`${office}/#/time-bank/statement`)
  const proofs = []
  for (const [at, number] of numbers.entries()) proofs.push({ minutes: [40, 25][at], text: await download_proof(sending, number) })
  await check_page(sending, 'time that was sent and sealed')
  await sending.context().close()
  await here.stop()
  for (const [at, number] of numbers.entries()) {
    assert.equal(here.command('prove', '--fact', String(number)).trimEnd(), proofs[at].text, 'as the command writes it')
  }

  use_served(await there.serve())
  await take_in('池谷雨', keys.here.ledger, proofs)
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
    const back = transfer.locator('a[href*="#/time-bank/"]')
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
