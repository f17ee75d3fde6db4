import type { ForbiddenPerson } from '../../shared/api/types'
import { role_label, text_or_key } from '../../shared/texts/texts'
import { window_words } from '../../shared/ui/dates'

const roles = ['volunteer', 'social_worker']
const instants = /^(\d{4}-\d\d-\d\dT[^/]+)\/(\d{4}-\d\d-\d\dT[^/]+)$/

function in_words(value: string): string {
  if (roles.includes(value)) return role_label(value)
  const window = instants.exec(value)
  if (window) return window_words(Date.parse(window[1]!), Date.parse(window[2]!))
  return text_or_key('rule_value', value)
}

/** What a rule asks for and what it found, in words; nothing where the rule's own sentence says it all. */
export function needed_found(person: Pick<ForbiddenPerson, 'needed' | 'found'> & { rule?: string }): { needed: string; found: string } | undefined {
  if (!person.needed || !person.found || person.rule === 'outside_area') return undefined
  return { needed: in_words(person.needed), found: in_words(person.found) }
}
