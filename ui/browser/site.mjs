// What every browser test needs: where the server is, who may sign in, and what each page must pass.
// browser/run.mjs starts the servers and says in these settings where they are:
//
//   HEZHI_NEW     {"office", "open_side", "accounts"}: a database in which nothing has happened yet
//   HEZHI_LIVELY  the same of one that has lived some days
//   HEZHI_ABROAD  the same of one under the rule pack of a time bank abroad
//   HEZHI_SHOTS   a folder for pictures of every page that was checked; none are taken without it
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

/** The installation of this file's tests; `name` is one of the settings above. */
export function use_site(name) {
  const value = process.env[name]
  assert.ok(value, `${name} is not set; start the tests with npm run test:browser`)
  use_served(JSON.parse(value))
}

/** An installation of the file's own, as its `serve` answers (installation.mjs). */
export function use_served(site) {
  office = site.office
  open_side = site.open_side
  accounts = JSON.parse(readFileSync(site.accounts, 'utf8'))
}

export let office
export let open_side
export let accounts
const shots = process.env.HEZHI_SHOTS

export const desk = { width: 1440, height: 900 }
export const pocket = { width: 390, height: 844 }

const axe_source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export function launch() {
  return chromium.launch({
    executablePath: process.env.HEZHI_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  })
}

/** Movement between two states is not what is tested, and hundreds of dialogs wait for it. */
function stand_still() {
  const still = new CSSStyleSheet()
  still.replaceSync('*, *::before, *::after { transition-duration: 0s !important; animation-duration: 0s !important; }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]
}

let clients = 0

/** Of one client a page: how often an address may sign in is limited, and a quick machine comes to the limit. */
function next_address() {
  clients = (clients % 250) + 1
  return [10, (process.pid >> 8) & 255, process.pid & 255, clients].join('.')
}

/** A page of its own session whose errors fail the test through `page.mistakes`. */
export async function open_page(browser, viewport, language = 'zh-CN') {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', extraHTTPHeaders: { 'X-Forwarded-For': next_address() } })
  await context.addInitScript(axe_source)
  await context.addInitScript(stand_still)
  await context.addInitScript((chosen) => localStorage.setItem('hezhi.language', chosen), language)
  const page = await context.newPage()
  page.setDefaultTimeout(45_000)
  page.language = language
  page.mistakes = []
  follow_requests(page)
  page.on('pageerror', (error) => page.mistakes.push(error.message))
  page.on('console', (message) => {
    // A refused request is written to the console by the browser itself; refusals are part of the tests.
    const text = message.text()
    if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(text)) page.mistakes.push(text)
  })
  return page
}

/** Keeps count of the questions that are on their way; the event stream is one that stays. */
function follow_requests(page) {
  const on_their_way = new Set()
  let waiting = []
  const answered = (request) => {
    on_their_way.delete(request)
    if (on_their_way.size) return
    waiting.forEach((tell) => tell())
    waiting = []
  }
  page.on('request', (request) => request.url().endsWith('/api/events') || on_their_way.add(request))
  page.on('requestfinished', answered)
  page.on('requestfailed', answered)
  page.all_answered = () => (on_their_way.size ? new Promise((tell) => waiting.push(tell)) : undefined)
}

/** Waits until the page has its heading, its answers and has drawn them; nothing here waits for a clock. */
export async function settled(page) {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.all_answered()
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
  await page.all_answered() // drawing may have asked for more
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]')) // however many load
}

export async function sign_in_to_console(page, role) {
  await page.goto(`${office}/#/sign-in`)
  await page.locator('input[name=username]').fill(accounts[role].username)
  await page.locator('input[name=password]').fill(accounts[role].password)
  await page.locator('form button[type=submit]').click()
  await page.locator('nav a').first().waitFor({ state: 'attached' })
  await left_sign_in(page)
}

/** Until then the way from the sign-in to the home is still gone, and would end whatever else is opened. */
const left_sign_in = (page) => page.waitForURL((url) => !url.hash.startsWith('#/sign-in'))

/** Signs in and presses the one strong button of the home, the next step. */
export async function begin_at_console(page, role) {
  await sign_in_to_console(page, role)
  await page.waitForURL(/#\/home$/)
  await page.locator('.next-step').click()
  await page.waitForURL((url) => !url.hash.endsWith('/home'))
}

/** `account` is a row of the accounts file: username and password, or code and PIN of a sign-in slip. */
export async function sign_in_to_phone(page, account) {
  await page.goto(`${open_side}/m/#/sign-in`)
  if (account.code) {
    await page.locator('input[name=code]').fill(account.code)
    await page.locator('input[name=pin]').fill(account.pin)
  } else {
    await page.locator('input[type=radio][value=staff]').check()
    await page.locator('input[name=username]').fill(account.username)
    await page.locator('input[name=password]').fill(account.password)
  }
  await page.locator('form button[type=submit]').click()
  await page.locator('nav a').first().waitFor({ state: 'attached' })
  await left_sign_in(page)
}

/** Latin words in what a Chinese reader sees or hears, apart from marks and what is marked as untranslated. */
function stray_words() {
  const allowed = /\b(P[1-4]|V[0-4]|R[1-4]|QR|PIN)\b/g
  const found = []
  const look = (text, place) => {
    const words = (text ?? '').replace(allowed, '').match(/[A-Za-z]{2,}[^\n]{0,40}/g)
    if (words) found.push(`${place}: ${words.join(' … ')}`)
  }
  const excused = (element) => element.closest('[translate=no], [lang=en], script, style')
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    if (parent && !excused(parent)) look(walker.currentNode.data, parent.tagName)
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    if (excused(element)) continue
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) look(element.getAttribute(name), name)
  }
  return found
}

let shot = 0

/** Holds what every page owes every reader; `name` says where in the failure message. */
export async function check_page(page, name) {
  await settled(page)
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))))
  if (shots) {
    mkdirSync(shots, { recursive: true })
    const { width } = page.viewportSize()
    await page.screenshot({ path: join(shots, `${String(++shot).padStart(3, '0')}-${name.replaceAll(' ', '-')}-${width}-${page.language}.png`) })
  }
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const { violations: found } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`)
  })
  assert.deepEqual(violations, [], `${name}: axe`)
  const overflow_px = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(overflow_px <= 0, `${name}: ${overflow_px} px too wide`)
  if (page.language === 'zh-CN') assert.deepEqual(await page.evaluate(stray_words), [], `${name}: English on a Chinese page`)
  assert.deepEqual(page.mistakes, [], `${name}: errors in the browser`)
}

const openers = '.el-button, .van-button, button.link, button.ask'

/**
 * Presses each button of the page that sends no form, and holds what opens over the page to the same. Nothing is
 * written meanwhile: whatever is no question does not leave the browser. Answers how many dialogs opened. `seen`
 * keeps the buttons that were pressed before, by page and words.
 */
export async function check_dialogs(page, name, seen) {
  const url = page.url()
  const only_questions = (route) => (route.request().method() === 'GET' ? route.fallback() : route.abort())
  await page.route('**/api/**', only_questions)
  await page.evaluate(() => (window.print = () => undefined))
  const buttons = page.locator('main').locator(openers).and(page.locator(':enabled:not([type=submit])')).and(page.locator(':visible'))
  const all = await buttons.allInnerTexts()
  let opened = 0
  for (const words of all) {
    const button = `${name}: ${words.replace(/\d+/g, '').trim()}`
    if (seen.has(button)) continue
    const at = (await buttons.allInnerTexts()).indexOf(words)
    if (at < 0) continue // what others did in the district meanwhile took it away
    seen.add(button)
    await buttons.nth(at).click()
    await settled(page)
    const dialog = page.locator('[role=dialog]:visible')
    if (await dialog.count()) {
      opened += 1
      await check_page(page, `${name} with ${words.trim()}`)
    }
    await page.goto(url)
    await page.reload()
    await settled(page)
    await page.evaluate(() => (window.print = () => undefined))
  }
  await page.unroute('**/api/**', only_questions)
  return opened
}
