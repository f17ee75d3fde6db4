// People of a test's own, whom no other test meets: registered at a desk, with time that they have served.
import { must } from './team.mjs'

/** A made-up resident id (GB 11643: ISO 7064, MOD 11-2); `born` is 19500101, `serial` three digits. */
export function resident_id(born, serial) {
  const digits = `999999${born}${serial}`
  const sum = [...digits].reduce((all, digit, at) => all + Number(digit) * 2 ** (17 - at), 0)
  return digits + '10X98765432'[sum % 11]
}

/** Registers somebody in the area of `staff`, who is a community worker; the id. */
export async function register(staff, name, born, serial, volunteer = false) {
  const { roles } = await must(staff, 'GET', '/api/session')
  const person = await must(staff, 'POST', '/api/people', {
    name, id_scheme: 'resident_id', id_number: resident_id(born, serial), area_id: roles[0].area_id, volunteer, agreed: volunteer, social_worker: false,
  })
  return person.id
}

const minute_ms = 60_000
const day_ms = 1_440 * minute_ms
const zone_ms = 480 * minute_ms
const morning_ms = 480 * minute_ms

/** Records of that many minutes from eight in the morning, yesterday and on the days before; the worker enters them. */
export async function serve(worker, person_id, ...minutes_of_days) {
  const midnight = Math.floor((Date.now() + zone_ms) / day_ms) * day_ms - zone_ms
  for (const [ahead, minutes] of minutes_of_days.entries()) {
    const starts_at = midnight - (ahead + 1) * day_ms + morning_ms
    await must(worker, 'POST', '/api/records', {
      person_id, category: 'hospital_escort', starts_at, ends_at: starts_at + minutes * minute_ms, time_was: 'free_time', unpaid: true,
    })
  }
}

/** What a sign-in slip of the desk lets somebody in with, on a phone. */
export async function slip_of(staff, person_id) {
  const { code } = await must(staff, 'POST', `/api/people/${person_id}/sign-in-slip`, {})
  return { code, pin: '246813' }
}

/** What a list shows of a name. */
export const masked = (name) => name[0] + '*'.repeat(name.length - 1)

/** Chooses the one of that name in the first search of the open dialog that nobody was chosen in. */
export async function choose(page, name) {
  await page.locator('[role=dialog]:visible input[maxlength="50"]').first().fill(name)
  await page.locator('[role=dialog]:visible button.link').filter({ hasText: `${masked(name)} ·` }).click()
}
