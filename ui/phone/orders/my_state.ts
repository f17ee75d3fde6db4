import type { MyOrder } from '../../shared/api/types'
import { offer_state_label, order_state_label, t } from '../../shared/texts/texts'

/** Where the order stands for her: her own part until she has done it, then how it went on. */
export function my_state_label(order: MyOrder): string {
  if (order.state === 'offered') return t('my_orders.offered')
  return order.state === 'delivered' ? order_state_label(order.order_state) : offer_state_label(order.state)
}
