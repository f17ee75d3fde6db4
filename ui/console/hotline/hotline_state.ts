import type { HotlineOrder } from '../../shared/api/types'
import type { Tone } from '../../shared/ui/tones'

/** Where a work order stands, in one word. */
export function hotline_state(order: HotlineOrder): string {
  if (order.returned_at) return 'returned'
  if (order.running) return order.late ? 'overdue' : 'open'
  if (order.answered_at && order.due_at) return order.late ? 'late' : 'in_time'
  return order.answered_at ? 'answered' : order.outcome
}

export function hotline_tone(order: HotlineOrder): Tone {
  if (order.running) return order.late ? 'late' : 'soon'
  return 'fine'
}
