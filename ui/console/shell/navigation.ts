// What stands in the left navigation.
import { may, roles } from '../../shared/api/session'
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
  { name: 'queues', icon: 'out', text: 'nav.queues', permissions: ['item.lead', 'item.hand_on'] },
  { name: 'deputies', icon: 'people', text: 'nav.deputies', permissions: ['deputy.name'] },
  { name: 'dispatch', icon: 'people', text: 'nav.dispatch', permissions: ['dispatch_run.make'] },
  { name: 'my_day', icon: 'clock', text: 'nav.my_day', permissions: ['order.accept'] },
  { name: 'activities', icon: 'activities', text: 'nav.activities', permissions: ['activity.read'] },
  { name: 'records', icon: 'records', text: 'nav.records', permissions: ['record.read'] },
  { name: 'time_bank', icon: 'clock', text: 'nav.time_bank', permissions: ['posting.read'] },
  { name: 'certificates', icon: 'records', text: 'nav.certificates', permissions: ['certificate.print', 'certificate.revoke'] },
  { name: 'reviews', icon: 'orders', text: 'nav.reviews', permissions: ['review.note'] },
  { name: 'spot_checks', icon: 'records', text: 'nav.spot_checks', permissions: ['spot_check.read'] },
  { name: 'hotline', icon: 'report', text: 'nav.hotline', permissions: ['hotline_order.read'] },
  { name: 'protections', icon: 'grants', text: 'nav.protections', permissions: ['protection.read'] },
  { name: 'plans', icon: 'clock', text: 'nav.plans', permissions: ['plan.read'] },
  { name: 'people', icon: 'people', text: 'nav.people', permissions: ['person.read', 'person.register'] },
  { name: 'teams', icon: 'people', text: 'nav.teams', permissions: ['organization.found'] },
  { name: 'grades', icon: 'figures', text: 'nav.grades', permissions: ['grade.confirm', 'grade.propose'] },
  { name: 'grade_proposals', icon: 'readings', text: 'nav.grade_proposals', permissions: ['grade.confirm'] },
  { name: 'grade_appeals', icon: 'readings', text: 'nav.grade_appeals', permissions: ['grade_appeal.decide'] },
  { name: 'guardians', icon: 'people', text: 'nav.guardians', permissions: ['guardian.ask'] },
  { name: 'reading_requests', icon: 'readings', text: 'nav.reading_requests', permissions: ['reading.approve'] },
  { name: 'certifications', icon: 'records', text: 'nav.certifications', permissions: ['certification.read'] },
  { name: 'insurances', icon: 'grants', text: 'nav.insurances', permissions: ['insurance.read'] },
  { name: 'incidents', icon: 'health', text: 'nav.incidents', permissions: ['incident.settle'] },
  { name: 'complaints', icon: 'readings', text: 'nav.complaints', permissions: ['complaint.decide'] },
  { name: 'take_complaint', icon: 'report', text: 'nav.take_complaint', permissions: ['complaint.take'] },
  { name: 'disputes', icon: 'readings', text: 'nav.disputes', permissions: ['dispute.read'] },
  { name: 'areas', icon: 'place', text: 'nav.areas', permissions: ['area.add', 'area.rename', 'area.close'] },
  { name: 'catalogue', icon: 'catalogue', text: 'nav.catalogue', permissions: ['need.read'] },
  { name: 'rule_packs', icon: 'catalogue', text: 'nav.rule_packs', permissions: ['rule_pack.read'] },
  { name: 'back_tests', icon: 'figures', text: 'nav.back_tests', permissions: ['back_test.read'] },
  { name: 'health', icon: 'health', text: 'nav.health', permissions: ['health.read'] },
  { name: 'accounts', icon: 'accounts', text: 'nav.accounts', permissions: ['account.open', 'account.read'] },
  { name: 'grants', icon: 'grants', text: 'nav.grants', permissions: ['grant.confirm', 'grant.read'] },
  { name: 'security_log', icon: 'security', text: 'nav.security_log', permissions: ['security_log.read'] },
  { name: 'readings', icon: 'readings', text: 'nav.readings', permissions: ['reading.read'] },
]

/** Who holds only these works on the phone page; what they may read there needs no console. */
const phone_roles = ['grid_worker', 'volunteer', 'resident']

export function allowed_destinations(): Destination[] {
  if (roles.value.every((role) => phone_roles.includes(role))) return []
  return destinations.filter((destination) => destination.permissions.some(may))
}

/** Whoever works here begins at home. */
export function home_of(): string {
  return allowed_destinations().length ? 'home' : 'welcome'
}

const home: Destination = { name: 'home', icon: 'home', text: 'nav.home', permissions: [] }

/** The navigation with the home in front. */
export function navigation(): Destination[] {
  const allowed = allowed_destinations()
  return allowed.length ? [home, ...allowed] : []
}
