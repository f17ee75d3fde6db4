// Splits the text catalogues in two: what the phone's sign-in and home say, and the rest, which is
// fetched with the first page that says more. So a text for a later page makes the home no larger.
//
//   import texts from './zh-CN.json?first'   // the groups below
//   import texts from './zh-CN.json?rest'    // all others
//
// The labels that the program describes (generated/catalogue.json) are split the same way.
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** A group stands here if a page of the phone that opens without the rest says something of it. */
export const first_groups = ['product', 'nav', 'form', 'list', 'problem', 'clock', 'sign_in', 'area', 'phone', 'home', 'card', 'card_says', 'card_empty', 'card_next', 'waiting', 'my_orders', 'resolution', 'channel']
const first_states = ['need', 'order', 'offer']

type Groups = Record<string, unknown>
const chosen = (all: Groups, wanted: (name: string) => boolean): Groups => Object.fromEntries(Object.entries(all).filter(([name]) => wanted(name)))

function part_of(path: string, part: string): unknown {
  const all = JSON.parse(readFileSync(path, 'utf8')) as Groups
  const first = part === 'first'
  if (!path.endsWith('catalogue.json')) return chosen(all, (group) => first_groups.includes(group) === first)
  const states = chosen(all.states as Groups, (noun) => first_states.includes(noun) === first)
  return first ? { roles: all.roles, states, kinds: Object.keys(all.facts as Groups) } : { actions: all.actions, facts: all.facts, states }
}

export function first_texts(): Plugin {
  return {
    name: 'first-texts',
    enforce: 'pre',
    load(id) {
      const [path, part] = id.split('?')
      if (!path?.endsWith('.json') || (part !== 'first' && part !== 'rest')) return null
      this.addWatchFile(path)
      return { code: `export default ${JSON.stringify(part_of(path, part))}`, moduleType: 'js' }
    },
  }
}
