// The way back from yellow: the month's proposal is confirmed, remedial training is noted at a desk, and whoever it
// concerns reads on the phone what is missing. In an installation of its own that lived through three months' ends; its seed
// is one by which the last of them proposes yellow for a team and for people.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Installation } from './installation.mjs'
import { slip_of } from './people.mjs'
import { check_page, desk, launch, office, open_page, open_side, pocket, sign_in_to_console, sign_in_to_phone, use_served } from './site.mjs'
import { must } from './team.mjs'

const words = ['--divisions', 'assets/divisions/qingdao-huangdao.csv', '--days', '95', '--people', '16', '--until', '2025-11-03', '--seed', '4']
const needed_minutes = 240 // of packs/base/color_grades.toml

let browser, district
before(async () => {
  browser = await launch()
  district = new Installation(words)
  use_served(await district.serve())
})
after(async () => {
  await browser.close()
  district.end()
})

const dialog = (page, inner) => page.locator(`[role=dialog]:visible ${inner}`)

for (const [viewport, language, graded, paired] of [[desk, 'zh-CN', 'person', '结对'], [pocket, 'en', 'team']]) {
  test(`Training is noted on the way back of a ${graded} at ${viewport.width} in ${language}`, async () => {
    const officer = await open_page(browser, viewport, language)
    await sign_in_to_console(officer, 'district_officer')
    const { items } = await must(officer, 'GET', '/api/grade-proposals?limit=50')
    const proposal = items.find((each) => each.graded === graded && each.to === 'yellow')
    assert.ok(proposal, 'the demonstration proposed nobody for yellow')
    const why = graded === 'team' ? `grades/${proposal.subject_id}` : `grades/people/${proposal.subject_id}`
    await officer.goto(`${office}/#/grade-proposals`)
    const waiting = officer.locator('article', { has: officer.locator(`a[href="#/${why}"]`) }).filter({ has: officer.locator('.el-button--danger') })
    await waiting.locator('.el-button--danger').click()
    await dialog(officer, 'textarea').fill('已核对未到的记录')
    await dialog(officer, 'button[type=submit]').click()
    await officer.locator('[role=dialog]:visible').waitFor({ state: 'detached' })

    await officer.goto(`${office}/#/${why}`)
    const minutes = officer.locator('article form input[type=number]')
    await minutes.fill('0')
    await officer.locator('article form button[type=submit]').click()
    await officer.locator('article form .field-error').waitFor()
    await check_page(officer, 'remedial training refused')
    for (const [noted, sum] of [[90, 90], [60, 150]]) {
      await minutes.fill(String(noted))
      await officer.locator('article form button[type=submit]').click()
      await officer.getByText(new RegExp(`${sum}\\D+${needed_minutes}`)).waitFor()
    }
    await check_page(officer, 'remedial training is noted')
    await officer.context().close()

    if (graded === 'person') await read_on_the_phone(proposal.subject_id, language, paired)
  })
}

async function read_on_the_phone(person, language, paired) {
  const worker = await open_page(browser, desk)
  await sign_in_to_console(worker, 'street_staff')
  const phone = await open_page(browser, pocket, language)
  await sign_in_to_phone(phone, await slip_of(worker, person))
  await worker.context().close()
  await phone.goto(`${open_side}/m/#/grades`)
  await phone.locator('.grade', { hasText: paired }).click()
  await phone.getByText(new RegExp(`150\\D+${needed_minutes}`)).waitFor()
  await check_page(phone, 'my way back')
  await phone.context().close()
}
