// A certificate under objection, decided by an officer, and its sealed proof: downloaded from the page and checked at the
// command line with the public key alone. In an installation of its own, whose facts are sealed while it stands still.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { Installation, run_program } from './installation.mjs'
import { register, serve, slip_of } from './people.mjs'
import { check_page, desk, launch, office, open_page, open_side, pocket, sign_in_to_console, sign_in_to_phone, use_served } from './site.mjs'
import { must } from './team.mjs'

const words = ['--divisions', 'assets/divisions/qingdao-huangdao.csv', '--days', '0', '--people', '2']
const runs = [
  { viewport: desk, language: 'zh-CN', outcome: 'stands', state: '有效', name: '时念' },
  { viewport: pocket, language: 'en', outcome: 'upheld', state: 'revoked', name: '时安' },
]

let browser, district
before(async () => {
  browser = await launch()
  district = new Installation(words)
  use_served(await district.serve())
  for (const [at, run] of runs.entries()) Object.assign(run, await issued(run.name, `75${at}`))
  await district.stop()
  district.command('export', 'head') // seals what waits
  writeFileSync(district.path('pem'), district.command('export', 'seal-keys'))
  use_served(await district.serve())
})
after(async () => {
  await browser.close()
  district.end()
})

const dialog = (page, inner) => page.locator(`[role=dialog]:visible ${inner}`)

/** A certificate of 75 minutes to which its volunteer's neighbour objected. */
async function issued(name, serial) {
  const signed_in = async (role) => {
    const page = await open_page(browser, desk)
    await sign_in_to_console(page, role)
    return page
  }
  const [worker, social, staff] = [await signed_in('community_worker'), await signed_in('social_worker'), await signed_in('street_staff')]
  const person_id = await register(worker, name, '19850301', serial, true)
  await serve(social, person_id, 75)
  const area_id = (await must(staff, 'GET', '/api/session')).roles[0].area_id
  await must(staff, 'POST', '/api/certificate-issuers', { area_id, name: '街道办事处', in_charge: '王主任', handler: '李干事', contact: '0532-00000000' })
  const certificate = await must(staff, 'POST', '/api/certificates', { person_id })
  await must(staff, 'POST', `/api/certificates/${certificate.id}/objections`, { what: '那天没有看到本人' })
  const slip = await slip_of(worker, person_id)
  for (const page of [worker, social, staff]) await page.context().close()
  return { certificate, slip }
}

/** Downloads the proof from the page and has the program check it, which knows the public key alone. */
async function download_proof(page, number) {
  const proof = page.locator(`a[download="${number}.json"]`)
  await proof.waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), proof.click()])
  assert.equal(download.suggestedFilename(), `${number}.json`)
  const path = district.path('proof.json')
  await download.saveAs(path)
  const file = JSON.parse(readFileSync(path, 'utf8'))
  const told = run_program('check-proof', path, '--public-key', district.path('pem'))
  assert.match(told, /certificate\.issued/)
  if (file.content) assert.match(told, new RegExp(`${number}[^]*75 min`))
  return file
}

for (const run of runs) {
  test(`The proof is downloaded and the objection decided at ${run.viewport.width} in ${run.language}`, async () => {
    const { id, number, link } = run.certificate
    const officer = await open_page(browser, run.viewport, run.language)
    await sign_in_to_console(officer, 'district_officer')
    await officer.goto(`${office}/#/certificates/${id}`)
    const sealed = await download_proof(officer, number)
    assert.ok(sealed.fact.includes(run.certificate.content), 'the seal is of what is printed')
    assert.equal(sealed.content, undefined, 'while it is held, nobody gets what is printed')

    const stranger = await open_page(browser, run.viewport, run.language)
    await stranger.goto(`${open_side}/m/${new URL(link).hash}`)
    await stranger.locator('.result .state-tag').waitFor()
    assert.doesNotMatch(await stranger.locator('.result').innerText(), /^(有效|valid)$/m)

    await officer.locator('.objection .words', { hasText: '那天没有看到本人' }).waitFor()
    await officer.locator('.objection .el-button--primary').click()
    await dialog(officer, 'button[type=submit]').click()
    await dialog(officer, '.field-error').nth(1).waitFor()
    await dialog(officer, `input[type=radio][value=${run.outcome}]`).check()
    await dialog(officer, 'textarea').fill('核对了签到表')
    await check_page(officer, 'an objection is decided')
    await dialog(officer, 'button[type=submit]').click()
    await officer.locator('.objection', { hasText: '核对了签到表' }).waitFor()
    await officer.locator('article .state-tag', { hasText: run.state }).first().waitFor()
    assert.equal(await officer.locator('.objection .el-button--primary').count(), 0, 'it is decided once')
    await check_page(officer, 'a certificate after the objection')

    await stranger.reload()
    await stranger.locator('.result .state-tag', { hasText: run.state }).waitFor()
    await check_page(stranger, 'check of a certificate after the objection')
    for (const page of [officer, stranger]) await page.context().close()
    if (run.outcome === 'stands') await downloaded_by_its_volunteer(run)
  })
}

/** With what is printed, to whoever may hold the paper. */
async function downloaded_by_its_volunteer({ certificate: { number }, slip, language }) {
  const phone = await open_page(browser, pocket, language)
  await sign_in_to_phone(phone, slip)
  await phone.goto(`${open_side}/m/#/certificates`)
  const file = await download_proof(phone, number)
  assert.equal(JSON.parse(file.content).number, number)
  await check_page(phone, 'my certificate and its proof')
  await phone.context().close()
}
