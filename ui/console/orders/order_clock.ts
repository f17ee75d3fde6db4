import type { Order } from '../../shared/api/types'
import { t } from '../../shared/texts/texts'
import { time_left, type Haste } from '../../shared/ui/clock'

const running = ['open', 'offered', 'accepted', 'in_service', 'escalated']

/** The handling clock of an order that still runs. */
export function order_clock(order: Order, now: number): { haste: Haste; step: string; left: string } | undefined {
  if (!running.includes(order.state)) return undefined
  return { step: t('clock.handling'), ...time_left(order.opened_at, order.handle_until, now) }
}
