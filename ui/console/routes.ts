import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import { load_session, session } from '../shared/api/session'
import { start_live } from '../shared/live/live'
import { home_of } from './shell/navigation'

const number = (name: string) => (route: { params: Record<string, string | string[]> }) => ({
  [name]: route.params[name] ? Number(route.params[name]) : undefined,
})

const pages: RouteRecordRaw[] = [
  { path: 'home', name: 'home', component: () => import('./homes/Home.vue') },
  { path: 'home/:card([a-z_]+)', name: 'home_card', component: () => import('./homes/HomeCardList.vue'), props: true },
  { path: 'queues', name: 'queues', component: () => import('./queues/Queues.vue') },
  { path: 'deputies', name: 'deputies', component: () => import('./deputies/Deputies.vue') },
  { path: 'needs/:id(\\d+)?', name: 'needs', component: () => import('./needs/Needs.vue'), props: number('id') },
  { path: 'needs/:id(\\d+)/order', name: 'open_order', component: () => import('./needs/OpenOrder.vue'), props: number('id') },
  { path: 'calls', name: 'call_desk', component: () => import('./calls/CallDesk.vue') },
  { path: 'orders/:id(\\d+)?', name: 'orders', component: () => import('./orders/Orders.vue'), props: number('id') },
  { path: 'dispatch/:id(\\d+)?', name: 'dispatch', component: () => import('./dispatch/DispatchRuns.vue'), props: number('id') },
  { path: 'my-day', name: 'my_day', component: () => import('./orders/MyDay.vue') },
  { path: 'reviews/:id(\\d+)?', name: 'reviews', component: () => import('./orders/ReviewCalls.vue'), props: number('id') },
  { path: 'phone-checks/:id(\\d+)?', name: 'phone_checks', component: () => import('./orders/PhoneChecks.vue'), props: number('id') },
  { path: 'orders/:id(\\d+)/slip', name: 'order_slip', component: () => import('./orders/OrderSlip.vue'), props: number('id') },
  { path: 'figures/:area(\\d+)?', name: 'figures', component: () => import('./figures/Figures.vue'), props: number('area') },
  {
    path: 'figures/:area(\\d+)/:figure/:part(numerator|denominator|not_counted)',
    name: 'figure_needs',
    component: () => import('./figures/FigureNeeds.vue'),
    props: (route) => ({ area: Number(route.params.area), figure: route.params.figure, part: route.params.part }),
  },
  { path: 'time-bank/statement', name: 'time_statement', component: () => import('./time_bank/TimeStatement.vue') },
  { path: 'time-bank/listings', name: 'listings', component: () => import('./time_bank/Listings.vue') },
  { path: 'time-bank/:id(\\d+)?', name: 'time_bank', component: () => import('./time_bank/TimeBank.vue'), props: number('id') },
  { path: 'records/:id(\\d+)?', name: 'records', component: () => import('./records/Records.vue'), props: number('id') },
  { path: 'records/by-team', name: 'late_by_team', component: () => import('./records/LateByTeam.vue') },
  { path: 'records/enter', name: 'enter_record', component: () => import('./records/EnterRecord.vue') },
  { path: 'activities/:id(\\d+)?', name: 'activities', component: () => import('./activities/Activities.vue'), props: number('id') },
  { path: 'activities/:id(\\d+)/place-code', name: 'place_code', component: () => import('./activities/PlaceCode.vue'), props: number('id') },
  { path: 'activities/publish', name: 'publish_activity', component: () => import('./activities/PublishActivity.vue') },
  { path: 'hotline/:id(\\d+)?', name: 'hotline', component: () => import('./hotline/Hotline.vue'), props: number('id') },
  { path: 'hotline/import', name: 'hotline_import', component: () => import('./hotline/HotlineImport.vue') },
  { path: 'rule-packs/:id(\\d+)?', name: 'rule_packs', component: () => import('./rules/RulePacks.vue'), props: number('id') },
  { path: 'rule-packs/:from(\\d+)/draft', name: 'draft_rule_pack', component: () => import('./rules/DraftRulePack.vue'), props: number('from') },
  { path: 'back-tests/:id(\\d+)?', name: 'back_tests', component: () => import('./rules/BackTests.vue'), props: number('id') },
  { path: 'catalogue', name: 'catalogue', component: () => import('./catalogue/Catalogue.vue') },
  { path: 'protections', name: 'protections', component: () => import('./plans/Protections.vue') },
  { path: 'project-needs', name: 'project_needs', component: () => import('./plans/ProjectNeeds.vue') },
  { path: 'plans', name: 'plans', component: () => import('./plans/Plans.vue') },
  { path: 'people/:id(\\d+)?', name: 'people', component: () => import('./people/People.vue'), props: number('id') },
  { path: 'people/register', name: 'register_person', component: () => import('./people/RegisterPerson.vue') },
  { path: 'teams/:id(\\d+)?', name: 'teams', component: () => import('./organizations/Teams.vue'), props: number('id') },
  { path: 'guardians', name: 'guardians', component: () => import('./guardians/Guardians.vue') },
  { path: 'reading-requests', name: 'reading_requests', component: () => import('./people/ReadingRequests.vue') },
  { path: 'certifications/:id(\\d+)?', name: 'certifications', component: () => import('./certification/Certifications.vue'), props: number('id') },
  { path: 'insurances/:id(\\d+)?', name: 'insurances', component: () => import('./insurance/Insurances.vue'), props: number('id') },
  { path: 'certificates/:id(\\d+)?', name: 'certificates', component: () => import('./certificates/Certificates.vue'), props: number('id') },
  { path: 'incidents/:id(\\d+)?', name: 'incidents', component: () => import('./incidents/Incidents.vue'), props: number('id') },
  {
    path: 'incidents/report/:about(order|activity)/:id(\\d+)',
    name: 'report_incident',
    component: () => import('./incidents/ReportIncident.vue'),
    props: (route) => ({ about: route.params.about, id: Number(route.params.id) }),
  },
  { path: 'complaints/:id(\\d+)?', name: 'complaints', component: () => import('./complaints/Complaints.vue'), props: number('id') },
  { path: 'complaints/take', name: 'take_complaint', component: () => import('./complaints/TakeComplaint.vue') },
  { path: 'grades/:id(\\d+)?', name: 'grades', component: () => import('./grading/Grades.vue'), props: number('id') },
  { path: 'grades/people/:id(\\d+)', name: 'person_grade', component: () => import('./grading/PersonGrade.vue'), props: number('id') },
  { path: 'spot-checks', name: 'spot_checks', component: () => import('./spot_checks/SpotChecks.vue') },
  { path: 'grade-proposals', name: 'grade_proposals', component: () => import('./grading/GradeProposals.vue') },
  { path: 'grade-appeals', name: 'grade_appeals', component: () => import('./grading/GradeAppeals.vue') },
  { path: 'disputes', name: 'disputes', component: () => import('./people/Disputes.vue') },
  { path: 'areas/:id(\\d+)?', name: 'areas', component: () => import('./areas/Areas.vue'), props: number('id') },
  { path: 'accounts', name: 'accounts', component: () => import('./accounts/Accounts.vue') },
  { path: 'grants', name: 'grants', component: () => import('./accounts/Grants.vue') },
  { path: 'readings', name: 'readings', component: () => import('./people/Readings.vue') },
  { path: 'security-log', name: 'security_log', component: () => import('./accounts/SecurityLog.vue') },
  { path: 'health', name: 'health', component: () => import('./health/Health.vue') },
  { path: 'password', name: 'password', component: () => import('./accounts/Password.vue') },
  { path: 'second-factor', name: 'second_factor', component: () => import('./accounts/SecondFactor.vue') },
  { path: 'welcome', name: 'welcome', component: () => import('./shell/Welcome.vue') },
]

export const router = createRouter({
  history: createWebHashHistory('/'),
  routes: [
    { path: '/sign-in', name: 'sign_in', component: () => import('./sign_in/SignIn.vue') },
    { path: '/', name: 'inside', component: () => import('./shell/Shell.vue'), children: pages },
    { path: '/:rest(.*)', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  if (to.name === 'sign_in') return true
  await load_session().catch(() => null)
  if (!session.value) return { name: 'sign_in', query: to.fullPath === '/' ? {} : { back: to.fullPath } }
  if (session.value.must_change_password && to.name !== 'password') return { name: 'password' }
  if (session.value.must_set_second_factor && !['password', 'second_factor'].includes(String(to.name))) return { name: 'second_factor' }
  start_live()
  if (to.name === 'inside') return { name: home_of() }
  return true
})
