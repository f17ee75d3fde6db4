// The one place that names Element Plus: single components with their styles, nothing else of it.
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-button.css'
import 'element-plus/theme-chalk/el-dialog.css'
import 'element-plus/theme-chalk/el-drawer.css'
import 'element-plus/theme-chalk/el-message.css'
import 'element-plus/theme-chalk/el-overlay.css'

export { ElButton } from 'element-plus/es/components/button/index'
export { ElConfigProvider } from 'element-plus/es/components/config-provider/index'
export { ElDialog } from 'element-plus/es/components/dialog/index'
export { ElDrawer } from 'element-plus/es/components/drawer/index'
import { ElMessage } from 'element-plus/es/components/message/index'

/** A short word that something was done; it goes by itself and takes no focus. */
export function say_done(message: string): void {
  ElMessage({ type: 'success', message, duration: 2500, grouping: true })
}
