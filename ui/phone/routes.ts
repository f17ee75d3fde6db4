import { createRouter, createWebHashHistory } from 'vue-router'
import { load_session, session } from '../shared/api/session'
import { start_live } from '../shared/live/live'
import { send_waiting_reports } from './needs/waiting_reports'

export const router = createRouter({
  history: createWebHashHistory('/m/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'home', component: () => import('./home/Home.vue') },
    { path: '/sign-in', name: 'sign_in', component: () => import('./sign_in/SignIn.vue'), meta: { open: true } },
    { path: '/join', name: 'join', component: () => import('./joining/Join.vue'), meta: { open: true } },
    { path: '/service', name: 'my_service', component: () => import('./joining/MyService.vue') },
    { path: '/invitation/:token', name: 'invitation', component: () => import('./organizations/Invitation.vue'), props: true, meta: { open: true } },
    { path: '/teams', name: 'my_teams', component: () => import('./organizations/MyTeams.vue') },
    { path: '/needs/report', name: 'report_need', component: () => import('./needs/ReportNeed.vue') },
    { path: '/needs/mine', name: 'my_needs', component: () => import('./needs/MyNeeds.vue') },
    { path: '/protections', name: 'report_protection', component: () => import('./needs/ReportProtection.vue') },
    { path: '/needs/ask', name: 'ask_need', component: () => import('./needs/AskNeed.vue') },
    { path: '/orders/mine', name: 'my_orders', component: () => import('./orders/MyOrders.vue') },
    { path: '/records', name: 'my_minutes', component: () => import('./records/MyRecords.vue') },
    { path: '/activities', name: 'near_activities', component: () => import('./activities/NearActivities.vue') },
    { path: '/activities/:id(\\d+)', name: 'activity', component: () => import('./activities/ActivityPage.vue'), props: (route) => ({ id: Number(route.params.id) }) },
    { path: '/orders/:id(\\d+)', name: 'my_order', component: () => import('./orders/MyOrder.vue'), props: (route) => ({ id: Number(route.params.id) }) },
    { path: '/password', name: 'password', component: () => import('./sign_in/FirstPassword.vue') },
    { path: '/help', name: 'ask_for_help', component: () => import('./own/AskForHelp.vue') },
    { path: '/slip/:token', name: 'slip', component: () => import('./slips/Slip.vue'), props: true, meta: { open: true } },
    { path: '/:rest(.*)', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const known = await load_session().catch(() => undefined)
  if (known === undefined) return true // no network: forms still open and keep what is written
  if (!session.value) return { name: 'sign_in', query: to.fullPath === '/' ? {} : { back: to.fullPath } }
  if (session.value.must_change_password && to.name !== 'password') return { name: 'password' }
  start_live()
  void send_waiting_reports()
  return true
})
