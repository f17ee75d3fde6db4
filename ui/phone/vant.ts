// The one place that names Vant. Each component's own style only: the library's icon font stays out
// (26 kB, and the content security policy allows no data: fonts); our icons are shared/ui/Icon.vue.
import 'vant/es/style/base.css'
import 'vant/es/button/index.css'
import 'vant/es/overlay/index.css'
import 'vant/es/popup/index.css'
import 'vant/es/dialog/index.css'
import 'vant/es/loading/index.css'
import 'vant/es/toast/index.css'
import { Button, showConfirmDialog, showToast } from 'vant'
import { t } from '../shared/texts/texts'

export { Button as VanButton }

/** A short word that something was done. */
export function say_done(message: string): void {
  showToast({ message, duration: 2200, position: 'bottom', wordBreak: 'break-word' })
}

/** Asks before something that hurts; true if the answer was yes. The way back closes it, unless it is what asks. */
export async function sure(title: string, message: string, yes: string, no = t('form.back'), closeOnPopstate = true): Promise<boolean> {
  return showConfirmDialog({ title, message, confirmButtonText: yes, cancelButtonText: no, closeOnPopstate })
    .then(() => true)
    .catch(() => false)
}
