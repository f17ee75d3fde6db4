// Whoever goes through a page by the Tab key sees where they are: a ring around each link, button and field.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, desk, launch, office, open_page, open_side, pocket, settled, sign_in_to_console, sign_in_to_phone, use_site } from './site.mjs'

use_site('HEZHI_LIVELY')
const stops_max = 200
const ring_px_min = 2

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

/** What the focus stands on, and the ring that is seen there; undefined where it has been before. */
function stop() {
  const at = document.activeElement
  if (!at || at === document.body) return { kind: 'body' } // between the last and the first
  if (at.dataset.stop) return undefined
  at.dataset.stop = 'seen'
  const { outlineStyle, outlineWidth } = getComputedStyle(at.closest('.choice') ?? at) // an unseen radio shows it on its choice
  return { kind: at.localName, html: at.outerHTML.slice(0, 160), style: outlineStyle, px: parseFloat(outlineWidth) }
}

/** Presses Tab all round the page; answers the kinds of elements that it came to. */
async function go_round(page, name) {
  await page.reload() // begins at the top, with nothing marked
  await settled(page)
  let stops = []
  while (stops.length < stops_max) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(stop)
    if (!found || stops.filter(({ kind }) => kind === 'body').length > 1) break
    stops.push(found)
  }
  stops = stops.filter(({ kind }) => kind !== 'body')
  assert.ok(stops.length > 1, `${name}: ${stops.length} stops`)
  const unseen = stops.filter(({ style, px }) => style === 'none' || px < ring_px_min)
  assert.deepEqual(unseen.map(({ html }) => html), [], `${name}: no ring`)
  return stops.map(({ kind }) => kind)
}

test('On the phone the focus is seen on links, buttons and fields', async () => {
  const page = await open_page(browser, pocket)
  const kinds = new Set()
  for (const path of ['sign-in', 'join', 'check']) {
    await page.goto(`${open_side}/m/#/${path}`)
    for (const kind of await go_round(page, path)) kinds.add(kind)
  }
  await page.context().close()
  const inside = await open_page(browser, pocket)
  await sign_in_to_phone(inside, accounts.volunteers[0])
  for (const path of ['', 'help', 'certificates']) {
    await inside.goto(`${open_side}/m/#/${path}`)
    for (const kind of await go_round(inside, path || 'home')) kinds.add(kind)
  }
  await inside.context().close()
  for (const kind of ['a', 'button', 'input', 'textarea']) assert.ok(kinds.has(kind), `a ${kind} was among them`)
})

test('In a dialog of the phone the focus is seen too', async () => {
  const page = await open_page(browser, pocket)
  await page.goto(`${open_side}/m/#/join`)
  await page.locator('input[name=name]').fill('林一')
  await page.locator('a[href="#/sign-in"]').click()
  await page.locator('.van-dialog__confirm').waitFor()
  for (const answer of ['.van-dialog__cancel', '.van-dialog__confirm']) {
    await page.locator(answer).focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    const { style, px } = await page.locator(answer).evaluate((button) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(button)
      return { style: outlineStyle, px: parseFloat(outlineWidth) }
    })
    assert.ok(style !== 'none' && px >= ring_px_min, `${answer}: ${style} ${px}`)
  }
  await page.context().close()
})

test('At a desk the focus is seen on links, buttons and fields', async () => {
  const page = await open_page(browser, desk)
  await page.goto(`${office}/#/sign-in`)
  await go_round(page, 'sign in')
  await sign_in_to_console(page, 'social_worker')
  for (const path of ['home', 'calls', 'needs']) {
    await page.goto(`${office}/#/${path}`)
    await go_round(page, path)
  }
  await page.context().close()
})
