// What a fact holds, in words. Numbers of people and hashes stay what they are: they are evidence.
import type { Fact } from '../../shared/api/types'
import { grant_state_label, role_label, t, text_or_key } from '../../shared/texts/texts'
import { instant_words } from '../../shared/ui/dates'

export interface ValueInWords {
  key: string
  name: string
  words: string
  /** Stands as it was written down, in no language. */
  raw: boolean
}

const people = ['leader', 'recipient', 'reporter', 'person', 'account', 'deputy', 'from', 'to']
const named = ['channel', 'duty_boundary', 'resolution', 'satisfaction', 'why']
const groups: Record<string, string> = { duty_boundary: 'boundary', why: 'earning_why' }
const hash_digits = 12

function words_of(key: string, value: string, category: string | undefined): { words: string; raw?: boolean } {
  if (/_at$|(^|_)until$|^(at|day|month)$/.test(key)) return { words: instant_words(Number(value)) }
  if (value === 'true' || value === 'false') return { words: t(value === 'true' ? 'fact_value.yes' : 'fact_value.no') }
  if (people.includes(key)) return { words: t('readings.person', { n: value }) }
  if (named.includes(key)) return { words: text_or_key(groups[key] ?? key, value) }
  if (key === 'queue') return { words: text_or_key('queue', value) }
  if (key === 'category' && category) return { words: category }
  if (key === 'role') return { words: role_label(value) }
  if (key === 'state') return { words: grant_state_label(value) }
  if (key === 'pack') return { words: value.slice(0, hash_digits), raw: true }
  return { words: value, raw: true }
}

/** `category`: the name of the order's category, where the page knows it. */
export function values_in_words(fact: Fact, category?: string): ValueInWords[] {
  return fact.values
    .filter(({ key, value }) => !(people.includes(key) && value === '0')) // nobody
    .map(({ key, value }) => ({ key, name: text_or_key('fact_key', key), raw: false, ...words_of(key, value, category) }))
}
