// What stands in the left navigation, by what it is about.
import { may, roles } from '../../shared/api/session'
import type { IconName } from '../../shared/ui/Icon.vue'
import { has_hotline, hotline_name } from '../hotline/hotline_terms'

export interface Destination {
  name: string
  text: string
  /** Shown to whoever holds one of these. */
  permissions: string[]
  /** Shown only where the rule pack has it, under the name that it has there. */
  exists?: () => boolean
  named?: () => string
}
export interface Group {
  key: string
  icon: IconName
  destinations: Destination[]
}

/** A new page is added to the group in which somebody would look for it. */
const groups: Group[] = [
  {
    key: 'overview',
    icon: 'figures',
    destinations: [{ name: 'figures', text: 'nav.figures', permissions: ['figure.read'] }],
  },
  {
    key: 'work',
    icon: 'orders',
    destinations: [
      { name: 'needs', text: 'nav.needs', permissions: ['need.read'] },
      { name: 'call_desk', text: 'nav.call_desk', permissions: ['call.take'] },
      { name: 'orders', text: 'nav.orders', permissions: ['order.read'] },
      { name: 'dispatch', text: 'nav.dispatch', permissions: ['dispatch_run.make'] },
      { name: 'my_day', text: 'nav.my_day', permissions: ['order.accept'] },
      { name: 'queues', text: 'nav.queues', permissions: ['item.lead', 'item.hand_on'] },
      { name: 'reviews', text: 'nav.reviews', permissions: ['review.note'] },
      { name: 'phone_checks', text: 'nav.phone_checks', permissions: ['phone_check.answer'] },
      { name: 'plans', text: 'nav.plans', permissions: ['plan.read'] },
      { name: 'project_needs', text: 'nav.project_needs', permissions: ['project_need.read'] },
      { name: 'hotline', text: 'nav.hotline', permissions: ['hotline_order.read'], exists: has_hotline, named: hotline_name },
      { name: 'protections', text: 'nav.protections', permissions: ['protection.read'] },
    ],
  },
  {
    key: 'service',
    icon: 'activities',
    destinations: [
      { name: 'activities', text: 'nav.activities', permissions: ['activity.read'] },
      { name: 'records', text: 'nav.records', permissions: ['record.read'] },
      { name: 'spot_checks', text: 'nav.spot_checks', permissions: ['spot_check.read'] },
      { name: 'time_bank', text: 'nav.time_bank', permissions: ['posting.read'] },
      { name: 'certificates', text: 'nav.certificates', permissions: ['certificate.print', 'certificate.revoke'] },
    ],
  },
  {
    key: 'people',
    icon: 'people',
    destinations: [
      { name: 'people', text: 'nav.people', permissions: ['person.read', 'person.register'] },
      { name: 'teams', text: 'nav.teams', permissions: ['organization.found'] },
      { name: 'certifications', text: 'nav.certifications', permissions: ['certification.read'] },
      { name: 'insurances', text: 'nav.insurances', permissions: ['insurance.read'] },
      { name: 'guardians', text: 'nav.guardians', permissions: ['guardian.ask'] },
      { name: 'reading_requests', text: 'nav.reading_requests', permissions: ['reading.approve'] },
      { name: 'deputies', text: 'nav.deputies', permissions: ['deputy.name'] },
    ],
  },
  {
    key: 'quality',
    icon: 'grants',
    destinations: [
      { name: 'grades', text: 'nav.grades', permissions: ['grade.confirm', 'grade.propose'] },
      { name: 'grade_proposals', text: 'nav.grade_proposals', permissions: ['grade.confirm'] },
      { name: 'grade_appeals', text: 'nav.grade_appeals', permissions: ['grade_appeal.decide'] },
      { name: 'incidents', text: 'nav.incidents', permissions: ['incident.settle'] },
      { name: 'complaints', text: 'nav.complaints', permissions: ['complaint.decide'] },
      { name: 'take_complaint', text: 'nav.take_complaint', permissions: ['complaint.take'] },
      { name: 'disputes', text: 'nav.disputes', permissions: ['dispute.read'] },
    ],
  },
  {
    key: 'rules',
    icon: 'catalogue',
    destinations: [
      { name: 'areas', text: 'nav.areas', permissions: ['area.add', 'area.rename', 'area.close'] },
      { name: 'catalogue', text: 'nav.catalogue', permissions: ['need.read'] },
      { name: 'rule_packs', text: 'nav.rule_packs', permissions: ['rule_pack.read'] },
      { name: 'back_tests', text: 'nav.back_tests', permissions: ['back_test.read'] },
    ],
  },
  {
    key: 'system',
    icon: 'health',
    destinations: [
      { name: 'health', text: 'nav.health', permissions: ['health.read'] },
      { name: 'accounts', text: 'nav.accounts', permissions: ['account.open', 'account.read'] },
      { name: 'grants', text: 'nav.grants', permissions: ['grant.confirm', 'grant.read'] },
      { name: 'security_log', text: 'nav.security_log', permissions: ['security_log.read'] },
      { name: 'readings', text: 'nav.readings', permissions: ['reading.read'] },
    ],
  },
]

/** Who holds only these works on the phone page; what they may read there needs no console. */
const phone_roles = ['grid_worker', 'volunteer', 'resident']

function allowed_groups(): Group[] {
  if (roles.value.every((role) => phone_roles.includes(role))) return []
  return groups
    .map((group) => ({ ...group, destinations: group.destinations.filter(({ permissions, exists }) => permissions.some(may) && (!exists || exists())) }))
    .filter((group) => group.destinations.length)
}

/** Whoever works here begins at home. */
export function home_of(): string {
  return allowed_groups().length ? 'home' : 'welcome'
}

const home: Destination = { name: 'home', text: 'nav.home', permissions: [] }

/** The home in front; then what this person may open. */
export function navigation(): Group[] {
  const allowed = allowed_groups()
  return allowed.length ? [{ key: 'home', icon: 'home', destinations: [home] }, ...allowed] : []
}
