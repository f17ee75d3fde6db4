import { createApp } from 'vue'
import { offline, on_signed_out } from '../shared/api/client'
import { session } from '../shared/api/session'
import { stop_live } from '../shared/live/live'
import { language } from '../shared/texts/language'
import { use_language } from '../shared/texts/texts'
import '../shared/ui/base.css'
import { learn_zone } from '../shared/ui/zone'
import App from './App.vue'
import { router } from './routes'
import './phone.css'
import { send_waiting_reports } from './needs/waiting_reports'

on_signed_out(() => {
  const was_inside = session.value
  session.value = null
  stop_live()
  const here = router.currentRoute.value
  if (was_inside && !here.meta.open) void router.replace({ name: 'sign_in', query: { back: here.fullPath } })
})

await Promise.all([use_language(language.value), learn_zone()]).catch(() => (offline.value = true))
createApp(App).use(router).mount('#app')

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  navigator.serviceWorker.register('/m/sw.js', { scope: '/m/' }).catch(() => undefined) // an extra only
}

// Reports that found no network are sent when the page opens, when it comes back to the front, and each minute.
const resend_ms = 60_000
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void send_waiting_reports())
setInterval(() => void send_waiting_reports(), resend_ms)
