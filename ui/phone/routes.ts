import { createRouter, createWebHashHistory, type RouteLocationNormalized } from 'vue-router'
import { load_session, session } from '../shared/api/session'
import { start_live } from '../shared/live/live'
import { whole_texts } from '../shared/texts/texts'
import { send_waiting_reports } from './needs/waiting_reports'

/** A scanned code stands in the link, so that nobody types it. */
const with_code = (route: RouteLocationNormalized) => ({ id: Number(route.params.id), code: /^\d{6}$/.exec(String(route.query.code))?.[0] })

export const router = createRouter({
  history: createWebHashHistory('/m/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'home', component: () => import('./home/Home.vue'), meta: { first: true } },
    { path: '/home/:card([a-z_]+)', name: 'home_card', component: () => import('./home/HomeCardList.vue'), props: true },
    { path: '/sign-in', name: 'sign_in', component: () => import('./sign_in/SignIn.vue'), meta: { open: true, first: true } },
    { path: '/join', name: 'join', component: () => import('./joining/Join.vue'), meta: { open: true } },
    { path: '/service', name: 'my_service', component: () => import('./joining/MyService.vue') },
    { path: '/certification', name: 'my_certification', component: () => import('./certification/MyCertification.vue') },
    { path: '/invitation/:token', name: 'invitation', component: () => import('./organizations/Invitation.vue'), props: true, meta: { open: true } },
    { path: '/teams', name: 'my_teams', component: () => import('./organizations/MyTeams.vue') },
    { path: '/needs/report', name: 'report_need', component: () => import('./needs/ReportNeed.vue') },
    { path: '/needs/mine', name: 'my_needs', component: () => import('./needs/MyNeeds.vue') },
    { path: '/protections', name: 'report_protection', component: () => import('./needs/ReportProtection.vue') },
    { path: '/orders/mine', name: 'my_orders', component: () => import('./orders/MyOrders.vue') },
    { path: '/time', name: 'my_time', component: () => import('./time_bank/MyTime.vue') },
    { path: '/bookings', name: 'book_service', component: () => import('./time_bank/BookService.vue') },
    { path: '/exchange', name: 'exchange', component: () => import('./time_bank/Exchange.vue') },
    { path: '/records', name: 'my_minutes', component: () => import('./records/MyRecords.vue') },
    { path: '/certificates', name: 'my_certificates', component: () => import('./certificates/MyCertificates.vue') },
    { path: '/check', name: 'check_certificate', component: () => import('./certificates/CheckCertificate.vue'), meta: { open: true } },
    {
      path: '/certificates/:number',
      name: 'checked_certificate',
      component: () => import('./certificates/CheckCertificate.vue'),
      props: (route) => ({ number: route.params.number, code: route.query.code }),
      meta: { open: true },
    },
    { path: '/activities', name: 'near_activities', component: () => import('./activities/NearActivities.vue') },
    { path: '/activities/:id(\\d+)', name: 'activity', component: () => import('./activities/ActivityPage.vue'), props: with_code },
    { path: '/activities/:id(\\d+)/list', name: 'shift_lists', component: () => import('./lead/ShiftLists.vue'), props: (route) => ({ id: Number(route.params.id) }) },
    { path: '/lead', name: 'led_teams', component: () => import('./lead/LedTeams.vue') },
    { path: '/lead/:team(\\d+)/activity', name: 'publish_team_activity', component: () => import('./lead/PublishTeamActivity.vue'), props: (route) => ({ team: Number(route.params.team) }) },
    { path: '/orders/:id(\\d+)', name: 'my_order', component: () => import('./orders/MyOrder.vue'), props: with_code },
    { path: '/incident/:about(order|activity|record)/:id(\\d+)', name: 'report_incident', component: () => import('./incidents/ReportIncident.vue'), props: (route) => ({ about: route.params.about, id: Number(route.params.id) }) },
    { path: '/complain/:about(order|activity|record|team)/:id(\\d+)', name: 'file_complaint', component: () => import('./complaints/FileComplaint.vue'), props: (route) => ({ about: route.params.about, id: Number(route.params.id) }) },
    { path: '/complaints', name: 'my_complaints', component: () => import('./complaints/MyComplaints.vue') },
    { path: '/complaint/:token', name: 'complaint', component: () => import('./complaints/ComplaintPage.vue'), props: true, meta: { open: true } },
    { path: '/slip/:slip/complaint', name: 'slip_complaint', component: () => import('./complaints/FileComplaint.vue'), props: true, meta: { open: true } },
    { path: '/grades', name: 'my_grades', component: () => import('./grading/MyGrades.vue') },
    { path: '/grades/:graded(team|person)/:id(\\d+)', name: 'my_grade', component: () => import('./grading/MyGrade.vue'), props: (route) => ({ graded: route.params.graded, id: Number(route.params.id) }) },
    { path: '/password', name: 'password', component: () => import('./sign_in/FirstPassword.vue') },
    { path: '/second-factor', name: 'second_factor', component: () => import('./sign_in/SecondFactor.vue') },
    { path: '/help', name: 'ask_need', component: () => import('./needs/AskNeed.vue') },
    { path: '/guardian/:token', name: 'guardian', component: () => import('./guardians/Guardian.vue'), props: true, meta: { open: true } },
    { path: '/slip/:token', name: 'slip', component: () => import('./slips/Slip.vue'), props: true, meta: { open: true } },
    { path: '/:rest(.*)', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  if (!to.meta.first) await whole_texts()
  if (to.meta.open) return true
  const known = await load_session().catch(() => undefined)
  if (known === undefined) return true // no network: forms still open and keep what is written
  if (!session.value) return { name: 'sign_in', query: to.fullPath === '/' ? {} : { back: to.fullPath } }
  if (session.value.must_change_password && to.name !== 'password') return { name: 'password' }
  if (session.value.must_set_second_factor && !['password', 'second_factor'].includes(String(to.name))) return { name: 'second_factor' }
  start_live()
  void send_waiting_reports()
  return true
})
