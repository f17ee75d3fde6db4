// A change of the rules from its draft to its publication: checked, tested against the history, proposed
// from what was found, published by a second officer, who sees whether it was tested; a run that is cancelled
// stays in the list. At a desk in Chinese, on a phone in English.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { check_page, desk, launch, office, open_page, pocket, settled, sign_in_to_console, use_site } from './site.mjs'
import { call } from './team.mjs'

use_site('HEZHI_LIVELY')

let browser
before(async () => (browser = await launch()))
after(() => browser.close())

const project = resolve(import.meta.dirname, '../..')
const hezhi = resolve(join(import.meta.dirname, '..'), process.env.HEZHI ?? '../build/release/hezhi')
const beside = (ending) => JSON.parse(process.env.HEZHI_LIVELY).accounts.replace(/accounts\.json$/, ending)
const dialog = (page) => page.locator('[role=dialog]:visible')

/** Another officer of the district, opened at the command line; answers the first password. */
function second_officer(username) {
  const done = spawnSync(
    hezhi,
    ['account', '--name', '孙立新', '--username', username, '--role', 'district_officer', '--area', '370211', '--db', `sqlite:${beside('sqlite')}`, '--keys', beside('keys')],
    { cwd: project, encoding: 'utf8' },
  )
  assert.equal(done.status, 0, done.stdout + done.stderr)
  return /first password: (\S+)/.exec(done.stdout)[1]
}

async function sign_in_first_time(page, username, password) {
  await page.goto(`${office}/#/sign-in`)
  await page.locator('input[name=username]').fill(username)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(/#\/password$/)
  await page.locator('input[type=password]').nth(0).fill(password)
  await page.locator('input[type=password]').nth(1).fill('only-mine-now')
  await page.locator('form button[type=submit]').click()
  await page.waitForURL((url) => !url.hash.endsWith('/password'))
}

const head = (version) => `name = "district"
version = "${version}"
extends = "base"
title = { zh = "本区规则", en = "District rules" }
says = { zh = "本区的规则。", en = "The rules of this district." }
`
const quick_contact = `[class.P3]
says = { zh = "一般需求 1 小时内联系。", en = "Ordinary needs: contact within 1 hour." }
first_contact = { hours = 1, clock = "calendar" }
`

const draft_files = (version) => [
  { name: 'pack.toml', text: head(version) },
  { name: 'time_limits.toml', text: quick_contact },
]

async function draft(page, version) {
  await page.goto(`${office}/#/rule-packs`)
  await settled(page)
  await page.locator('header a', { hasText: page.language === 'en' ? 'Draft' : '起草' }).click()
  await page.waitForURL(/#\/rule-packs\/\d+\/draft$/)
  await page.locator('textarea.code').waitFor()
  await page.locator('textarea.code').fill(head(version))
  await page.locator('select.add').selectOption('time_limits.toml')
  await page.locator('textarea.code').fill('[class.P3]\nfirst_contact = { fortnights = 1 }\n')
  await page.locator('.el-button--primary').click()
  await page.locator('section[aria-live] tbody tr').first().waitFor()
  assert.match(await page.locator('section[aria-live] tbody').textContent(), /time_limits\.toml/)
  await check_page(page, 'draft with mistakes')
  await page.locator('textarea.code').fill(quick_contact)
  await page.locator('.el-button--primary').first().click()
  await page.locator('form.back-test-start').waitFor()
  await check_page(page, 'draft checked')
}

async function back_test(page) {
  assert.ok(await page.locator('form.back-test-start input[name=whole]').isChecked(), 'over the whole history unless told')
  await page.locator('form.back-test-start button[type=submit]').click()
  await page.waitForURL(/#\/back-tests\/\d+$/)
  await page.locator('article.back-test').waitFor()
  await page.locator('.part[data-mechanism=first_contact]').waitFor({ timeout: 120_000 })
  const part = page.locator('.part[data-mechanism=first_contact]')
  assert.ok(Number(/\d+/.exec(await part.locator('strong').last().textContent())[0]) > 0, 'a shorter limit makes some late')
  await reads_its_chart(part)
  for (const folded of await page.locator('.part summary').all()) await folded.click()
  for (const told of await page.locator('.part tbody td:not(:first-child)').allTextContents()) {
    assert.doesNotMatch(told.trim(), /^[1-9]$/, 'no number of fewer than ten is told')
  }
  await check_page(page, 'back-test finished')
}

/** Beside each band of the table its name and two numbers, or the mark of what is not shown, in letters large enough. */
async function reads_its_chart(part) {
  const rows = await part.locator('figure tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())))
  assert.ok(rows.length >= 3, `${rows.length} bands`)
  const chart = part.locator('figure [role=img]')
  assert.deepEqual(await chart.locator('.band').allInnerTexts(), rows.map(([name]) => name))
  const counts = (await chart.locator('.count').allInnerTexts()).map((count) => (/^\d+$/.test(count) ? count : '—'))
  assert.deepEqual(counts, rows.flatMap(([, before, after]) => [before, after]))
  assert.equal(await chart.locator('.bar.hidden').count(), counts.filter((count) => count === '—').length)
  for (const words of await chart.locator('.band, .count').all()) {
    const { cut, px } = await words.evaluate((element) => ({
      cut: element.scrollWidth > element.clientWidth + 1, px: parseFloat(getComputedStyle(element).fontSize),
    }))
    assert.ok(!cut && px >= 12, `${await words.innerText()} is ${cut ? 'cut off' : `${px} px`}`)
  }
  const ends = await chart.locator('.count').evaluateAll((all) => all.map((count) => count.getBoundingClientRect().right))
  const edge = await chart.evaluate((element) => element.getBoundingClientRect().right)
  assert.ok(Math.max(...ends) <= edge + 1, 'the numbers stand within the chart')
}

/** The page of a pack names its run beside the button that publishes it. */
async function was_tested(page) {
  await page.locator('.pack-back-tests [data-run] .state-tag.fine').first().waitFor()
  assert.equal(await page.locator('.pack-back-tests .state-tag.late').count(), 0)
}

async function propose(page) {
  const tomorrow = await page.locator('form.propose input[type=date]').getAttribute('min')
  await page.locator('form.propose input[type=date]').fill(tomorrow)
  await page.locator('form.propose textarea').fill('联系太慢')
  await page.locator('form.propose button[type=submit]').click()
  await page.waitForURL(/#\/rule-packs\/\d+$/)
  await page.locator('article').waitFor()
  await was_tested(page)
  await check_page(page, 'rule pack proposed')
  assert.equal(await page.locator('article header .el-button--primary').count(), 0, 'nobody publishes what they proposed')
  return page.url()
}

const runs = [
  ['at a desk, in Chinese', desk, 'zh-CN', '1', 'second.one'],
  ['on a phone, in English', pocket, 'en', '2', 'second.two'],
]
describe('A change of the rules', () => {
  for (const [name, viewport, language, version, username] of runs) {
    test(`is tested on the history before a second officer publishes it, ${name}`, async () => {
      const page = await open_page(browser, viewport, language)
      await sign_in_to_console(page, 'district_officer')
      await draft(page, version)
      await back_test(page)
      const proposed = await propose(page)
      await page.context().close()

      const other = await open_page(browser, viewport, language)
      await sign_in_first_time(other, username, second_officer(username))
      await other.goto(proposed)
      await was_tested(other)
      await other.locator('article header .el-button--primary').click()
      await check_page(other, 'publishing a rule pack')
      await dialog(other).locator('button[type=submit]').click()
      await dialog(other).waitFor({ state: 'hidden' })
      assert.equal(await other.locator('article header .el-button').count(), 0, 'published, and never edited')
      await check_page(other, 'rule pack published')
      await other.context().close()
    })
  }

  test('says of a pack that it was not tested, and shows the files of what it extends', async () => {
    const page = await open_page(browser, desk)
    await sign_in_to_console(page, 'district_officer')
    const in_a_week = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
    const body = { files: draft_files('untested'), effective_on: in_a_week, why: '联系太慢' }
    const made = await call(page, 'POST', '/api/rule-packs', body)
    assert.equal(made.status, 200)
    await page.goto(`${office}/#/rule-packs/${made.body.id}`)
    await page.locator('.pack-back-tests .state-tag.late').waitFor()
    assert.equal(await page.locator('.pack-back-tests [data-run]').count(), 0)
    assert.ok((await page.locator('[data-layer=base] details').count()) > 5, 'the clauses that the draft does not write')
    await check_page(page, 'rule pack not tested')
    const back = await call(page, 'POST', `/api/rule-packs/${made.body.id}/rejection`, { reason: '先回测' })
    assert.equal(back.status, 200)
    await page.context().close()
  })

  test('is tested no further once that is cancelled, and the run stays in the list', async () => {
    const page = await open_page(browser, desk)
    await sign_in_to_console(page, 'district_officer')
    const runs = []
    const until_on = new Date().toISOString().slice(0, 10)
    // One runs at a time, so that the last still waits for the others when it is cancelled.
    for (let n = 0; n < 4; ++n) runs.push(await call(page, 'POST', '/api/back-tests', { files: draft_files('cancelled'), until_on }))
    assert.deepEqual(runs.map((run) => run.status), [200, 200, 200, 200])
    const { id } = runs[3].body
    const cancelled = await call(page, 'POST', `/api/back-tests/${id}/cancellation`, {})
    assert.deepEqual([cancelled.status, cancelled.body.state], [200, 'cancelled'])
    await page.goto(`${office}/#/back-tests/${id}`)
    await page.locator('article.back-test').waitFor()
    assert.equal(await page.locator('article.back-test .part').count(), 0, 'nothing of it was kept')
    await page.locator('.list-row[aria-current=true] .state-tag', { hasText: '已取消' }).waitFor()
    await check_page(page, 'back-test cancelled')
    await page.context().close()
  })

  test('keeps every run in the list, and cancels none that has ended', async () => {
    const page = await open_page(browser, desk)
    await sign_in_to_console(page, 'district_officer')
    await page.goto(`${office}/#/back-tests`)
    await settled(page)
    assert.ok((await page.locator('.list-row').count()) >= 2)
    const { items } = (await call(page, 'GET', '/api/back-tests')).body
    const refused = await call(page, 'POST', `/api/back-tests/${items[0].id}/cancellation`, {})
    assert.deepEqual([refused.status, refused.body.code], [409, 'back_test_ended'])
    const removed = await call(page, 'DELETE', `/api/back-tests/${items[0].id}`, {})
    assert.ok(removed.status >= 400, 'nothing deletes a run')
    await check_page(page, 'back-tests')
    await page.context().close()
  })
})
