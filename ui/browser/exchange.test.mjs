// Members of a mutual time bank help each other, on their phones: an offer is listed and taken up, what was helped is
// confirmed by whoever was helped; a want is answered and called off; an entry is taken off the list; what was confirmed
// is undone by an officer.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { slip_of } from './people.mjs'
import { check_page, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'
import { must } from './team.mjs'

use_site('HEZHI_ABROAD')
const language = 'en'
const offered = 'Mending bicycles in the evening'
const wanted = 'A hand with the hedge'
const kept = 'Reading letters aloud'

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** A member of her own phone, whom no other test meets. */
async function member(worker, name, phone_number) {
  const { roles } = await must(worker, 'GET', '/api/session')
  const person = await must(worker, 'POST', '/api/people', {
    name, phone: phone_number, id_scheme: 'none', birth_date: '1980-05-06', area_id: roles[0].area_id, volunteer: true, agreed: true, social_worker: false,
  })
  const page = await open_page(browser, pocket, language)
  await sign_in_to_phone(page, await slip_of(worker, person.id))
  await open_exchange(page)
  return page
}

async function open_exchange(page) {
  await page.goto(`${open_side}/m/#/time`)
  await page.locator('a[href="#/exchange"]').click()
  await page.locator('.sides').waitFor()
  await settled(page)
}

const entry = (page, what) => page.locator('article.listing', { hasText: what })
const agreed = (page, what) => page.locator('article.running', { hasText: what })
const press = (card, words) => card.locator('.van-button', { hasText: words }).click()

async function list(page, side, what, minutes) {
  await page.locator('main > .van-button', { hasText: 'list an offer or a want' }).click()
  const form = page.locator('form')
  await form.locator('select[name=side]').selectOption(side)
  await form.locator('select[name=category]').selectOption({ index: 0 })
  await form.locator('input[name=what]').fill(what)
  await form.locator('input[name=minutes]').fill(String(minutes))
  await check_page(page, `a member lists: ${side}`)
  await form.locator('button[type=submit]').click()
  await entry(page, what).waitFor()
}

const balance = (page) => page.locator('.why-figure .own')

test('An offer is taken up and confirmed, a want is answered and called off', async () => {
  const worker = await open_page(browser, desk, language)
  await sign_in_to_console(worker, 'community_worker')
  const giver = await member(worker, 'Bryony Fell', '07700 900731')
  const receiver = await member(worker, 'Corin Wade', '07700 900732')

  await giver.locator('main > .van-button', { hasText: 'list an offer or a want' }).click()
  await giver.locator('form button[type=submit]').click()
  await giver.locator('form .field-error').nth(1).waitFor()
  await check_page(giver, 'an entry of a member refused')
  await giver.reload()
  await giver.locator('.sides').waitFor()
  await list(giver, 'offer', offered, 60)
  await list(giver, 'offer', kept, 30)

  await open_exchange(receiver)
  await press(entry(receiver, offered), 'agree to help')
  await receiver.locator('.van-dialog__confirm').click()
  const running = agreed(receiver, offered)
  await running.locator('a[href^="tel:"]').waitFor()
  assert.match(await running.innerText(), /Bryony Fell/)
  await check_page(receiver, 'what two members agreed')

  await open_exchange(giver)
  assert.match(await agreed(giver, offered).innerText(), /Corin Wade/)
  assert.equal(await agreed(giver, offered).locator('input').count(), 0, 'who helps does not confirm')
  await check_page(giver, 'what she helps with')

  await running.locator('input').fill('45')
  await press(running, 'confirm the help')
  await running.waitFor({ state: 'detached' })
  await receiver.locator('section b', { hasText: /^-45$/ }).waitFor()
  await balance(receiver).filter({ hasText: '-45' }).waitFor()
  await check_page(receiver, 'help that was confirmed')
  await open_exchange(giver)
  await giver.locator('section b', { hasText: /^\+45$/ }).waitFor()
  await balance(giver).filter({ hasText: '45' }).waitFor()

  await list(receiver, 'want', wanted, 30)
  await open_exchange(giver)
  await giver.locator('.sides .van-button').nth(1).click()
  await press(entry(giver, wanted), 'agree to help')
  await giver.locator('.van-dialog__confirm').click()
  await agreed(giver, wanted).waitFor()
  await open_exchange(receiver)
  await press(agreed(receiver, wanted), 'cancel the help')
  await receiver.locator('.van-dialog__confirm').click()
  await agreed(receiver, wanted).waitFor({ state: 'detached' })
  await check_page(receiver, 'help that was called off')

  await open_exchange(giver)
  await press(entry(giver, kept), 'take an entry off the list')
  await giver.locator('.van-dialog__confirm').click()
  await entry(giver, kept).waitFor({ state: 'detached' })
  await check_page(giver, 'an entry taken off the list')
  await worker.goto(`${office}/#/time-bank/listings`)
  await worker.locator('.entry', { hasText: /45/ }).first().waitFor()

  await worker.locator('.entry a').first().click() // the posting of what was confirmed last
  await worker.locator('article .legs tr').nth(1).waitFor()
  assert.equal(await worker.locator('article .el-button').count(), 0, 'the district undoes it')
  const officer = await open_page(browser, desk, language)
  await sign_in_to_console(officer, 'district_officer')
  await officer.goto(worker.url())
  await officer.locator('article .legs tr').nth(1).waitFor()
  await officer.locator('article .el-button').first().click()
  await officer.locator('[role=dialog]:visible textarea').fill('Not served')
  await officer.locator('[role=dialog]:visible button[type=submit]').click()
  await officer.locator('article a[href*="time-bank"]').waitFor()
  await check_page(officer, 'help that was undone')
  await open_exchange(receiver)
  await receiver.locator('section p', { hasText: 'reversed' }).waitFor()
  await check_page(receiver, 'her help that was undone')
  await receiver.goto(`${open_side}/m/#/time`)
  await receiver.locator('.moved', { hasText: 'Not served' }).waitFor()
  await receiver.locator('.total strong', { hasText: /^0$/ }).waitFor()
  for (const page of [worker, officer, giver, receiver]) await page.context().close()
})
