// Where the homes lead to: the page behind each item, and the next step of each role.
import type { IconName } from '../ui/Icon.vue'

/** What a fact must begin with for the home to be read again. */
export const home_news = ['need', 'order', 'offer', 'activity', 'plan', 'record', 'grant', 'protection', 'deputy', 'item', 'member', 'shift', 'person', 'contact', 'incident', 'complaint', 'certification', 'course', 'check', 'phone_check', 'project_need', 'grade']

/** The page of an item by its noun, where there is one. */
const console_pages: Record<string, string> = {
  need: 'needs', order: 'orders', plan: 'plans', activity: 'activities', record: 'records', grant: 'grants', reading: 'readings', protection: 'protections', incident: 'incidents', complaint: 'complaints', certification: 'certifications', project_need: 'project_needs', grade_proposal: 'grade_proposals',
}
/** On the phone an activity stands on the home of whoever leads its team. */
const phone_pages: Record<string, string> = { activity: 'shift_lists', order: 'my_order', record: 'my_minutes', need: 'my_needs' }
const without_id = ['plans', 'grants', 'readings', 'protections', 'project_needs', 'grade_proposals', 'my_minutes', 'my_needs']

export type Side = 'console' | 'phone'
export interface Target { name: string; params?: Record<string, string | number> }

export function page_of(side: Side, noun: string, id: number): Target | undefined {
  const name = (side === 'console' ? console_pages : phone_pages)[noun]
  if (!name) return undefined
  return without_id.includes(name) ? { name } : { name, params: { id } }
}

export interface Step { name: string; icon: IconName; text: string; permission: string }

/** The one strong button of a role's home at a desk. */
export const next_steps: Record<string, Step> = {
  district_officer: { name: 'figures', icon: 'figures', text: 'card_next.figures', permission: 'figure.read' },
  street_staff: { name: 'orders', icon: 'orders', text: 'card_next.orders', permission: 'order.offer' },
  community_worker: { name: 'call_desk', icon: 'report', text: 'card_next.call_desk', permission: 'call.take' },
  social_worker: { name: 'needs', icon: 'needs', text: 'card_next.needs', permission: 'need.contact' },
  protection_officer: { name: 'protections', icon: 'grants', text: 'card_next.protections', permission: 'protection.answer' },
  system_administrator: { name: 'accounts', icon: 'accounts', text: 'card_next.accounts', permission: 'account.open' },
  security_administrator: { name: 'grants', icon: 'grants', text: 'card_next.grants', permission: 'grant.confirm' },
  auditor: { name: 'readings', icon: 'readings', text: 'card_next.readings', permission: 'reading.read' },
}
