// What stands in the left navigation, and which page each role sees first.
import { holds, may, roles } from '../../shared/api/session'
import type { IconName } from '../../shared/ui/Icon.vue'

export interface Destination {
  name: string
  icon: IconName
  text: string
  /** Shown to whoever holds one of these. */
  permissions: string[]
}

const destinations: Destination[] = [
  { name: 'figures', icon: 'figures', text: 'nav.figures', permissions: ['figure.read'] },
  { name: 'needs', icon: 'needs', text: 'nav.needs', permissions: ['need.read'] },
  { name: 'call_desk', icon: 'report', text: 'nav.call_desk', permissions: ['call.take'] },
  { name: 'orders', icon: 'orders', text: 'nav.orders', permissions: ['order.read'] },
  { name: 'activities', icon: 'activities', text: 'nav.activities', permissions: ['activity.read'] },
  { name: 'records', icon: 'records', text: 'nav.records', permissions: ['record.read'] },
  { name: 'reviews', icon: 'orders', text: 'nav.reviews', permissions: ['review.note'] },
  { name: 'hotline', icon: 'report', text: 'nav.hotline', permissions: ['hotline_order.read'] },
  { name: 'protections', icon: 'grants', text: 'nav.protections', permissions: ['protection.read'] },
  { name: 'plans', icon: 'clock', text: 'nav.plans', permissions: ['plan.read'] },
  { name: 'people', icon: 'people', text: 'nav.people', permissions: ['person.read', 'person.register'] },
  { name: 'teams', icon: 'people', text: 'nav.teams', permissions: ['organization.found'] },
  { name: 'disputes', icon: 'readings', text: 'nav.disputes', permissions: ['dispute.read'] },
  { name: 'areas', icon: 'place', text: 'nav.areas', permissions: ['area.add', 'area.rename', 'area.close'] },
  { name: 'catalogue', icon: 'catalogue', text: 'nav.catalogue', permissions: ['need.read'] },
  { name: 'health', icon: 'health', text: 'nav.health', permissions: ['health.read'] },
  { name: 'accounts', icon: 'accounts', text: 'nav.accounts', permissions: ['account.open', 'account.read'] },
  { name: 'grants', icon: 'grants', text: 'nav.grants', permissions: ['grant.confirm', 'grant.read'] },
  { name: 'security_log', icon: 'security', text: 'nav.security_log', permissions: ['security_log.read'] },
  { name: 'readings', icon: 'readings', text: 'nav.readings', permissions: ['reading.read'] },
]

const homes: Record<string, string> = {
  district_officer: 'figures',
  street_staff: 'orders',
  protection_officer: 'protections',
  social_worker: 'needs',
  community_worker: 'call_desk',
  system_administrator: 'health',
  security_administrator: 'grants',
  auditor: 'readings',
}

/** Who holds only these works on the phone page; what they may read there needs no console. */
const phone_roles = ['grid_worker', 'volunteer', 'resident']

export function allowed_destinations(): Destination[] {
  if (roles.value.every((role) => phone_roles.includes(role))) return []
  return destinations.filter((destination) => destination.permissions.some(may))
}

/** The role's own first page if it is allowed, else the first page that is. */
export function home_of(): string {
  const allowed = allowed_destinations().map((destination) => destination.name)
  const role = Object.keys(homes).find(holds)
  const home = role && homes[role]
  return home && allowed.includes(home) ? home : (allowed[0] ?? 'welcome')
}

/** The navigation with the home in front. */
export function navigation(): Destination[] {
  const home = home_of()
  return [...allowed_destinations()].sort((a, b) => Number(b.name === home) - Number(a.name === home))
}
