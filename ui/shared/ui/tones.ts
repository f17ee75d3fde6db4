import type { NeedState, OrderState, Seat, ServiceRecord } from '../api/types'

export type Tone = 'plain' | 'strong' | 'fine' | 'soon' | 'late'

/** The colour beside a state's word; the word alone carries the meaning. */
export const need_tone: Record<NeedState, Tone> = { reported: 'soon', planned: 'strong', closed: 'fine', assessing: 'soon', assessed: 'soon', referred: 'strong', merged: 'plain', meeting: 'late' }

export const order_tone: Record<OrderState, Tone> = {
  open: 'soon',
  offered: 'strong',
  accepted: 'strong',
  in_service: 'strong',
  delivered: 'soon',
  confirmed: 'fine',
  reviewed: 'fine',
  escalated: 'late',
  cancelled: 'plain',
}

export const record_tone: Record<ServiceRecord['state'], Tone> = { entered: 'fine', waiting: 'soon', disputed: 'soon', rejected: 'plain' }

export const seat_tone: Record<Seat['state'], Tone> = {
  joined: 'strong',
  waiting: 'soon',
  left: 'plain',
  present: 'fine',
  recorded: 'fine',
  not_recorded: 'late',
}
