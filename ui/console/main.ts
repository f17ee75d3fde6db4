import { createApp } from 'vue'
import { on_signed_out, offline } from '../shared/api/client'
import { session } from '../shared/api/session'
import { stop_live } from '../shared/live/live'
import { language } from '../shared/texts/language'
import { use_language, whole_texts } from '../shared/texts/texts'
import '../shared/ui/base.css'
import { learn_zone } from '../shared/ui/zone'
import App from './App.vue'
import { router } from './routes'
import './console.css'

on_signed_out(() => {
  const was_inside = session.value
  session.value = null
  stop_live()
  const here = router.currentRoute.value
  if (was_inside && here.name !== 'sign_in') {
    void router.replace({ name: 'sign_in', query: { back: here.fullPath } })
  }
})

await Promise.all([whole_texts(), use_language(language.value), learn_zone()]).catch(() => (offline.value = true))
createApp(App).use(router).mount('#app')
