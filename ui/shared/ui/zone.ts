// The zone in which the place lives, as its rule pack says: a slip printed anywhere shows the same hour. The last
// known zone stays in the browser, since pages open without a network too.
import { ref } from 'vue'
import { api, ask } from '../api/client'

const stored_as = 'hezhi.zone'
const minute_ms = 60_000

/** A name of the tz database. */
export const zone = ref('Asia/Shanghai')

let clock: { zone: string; format: Intl.DateTimeFormat } | undefined

function format_of(name: string): Intl.DateTimeFormat {
  const digits = 'numeric'
  if (clock?.zone !== name) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', year: digits, month: digits, day: digits, hour: digits, minute: digits })
    clock = { zone: name, format }
  }
  return clock.format
}

/** By how many milliseconds the wall clock of the place is ahead of UTC at this instant. */
export function offset_at(at: number): number {
  const parts = Object.fromEntries(format_of(zone.value).formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute) - Math.floor(at / minute_ms) * minute_ms
}

function set_zone(name: string | null) {
  if (!name) return
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    zone.value = name
  } catch {
    // A browser without this zone, or somebody else's text: as if nothing was known.
  }
}

/** Waits for the server only where nothing is known yet. */
export async function learn_zone(): Promise<void> {
  const known = localStorage.getItem(stored_as)
  set_zone(known)
  const learning = ask(api.GET('/api/place')).then(
    (place) => {
      localStorage.setItem(stored_as, place.zone)
      set_zone(place.zone)
    },
    () => undefined,
  )
  if (!known) await learning
}
