// How much time a need has left, in words: pure, the present is passed in.
import { t } from '../texts/texts'
import type { NeedState, PriorityClass } from '../api/types'

export type Haste = 'late' | 'soon' | 'fine' | 'done'

export interface Clock {
  haste: Haste
  /** What the time is for, e.g. 首次联系. */
  step: string
  /** e.g. 剩 2小时10分, 已超 1天3小时, 已办结. */
  left: string
}

export interface Timed {
  state: NeedState
  priority_class: PriorityClass
  reported_at: number
  first_contact_until: number
  first_contacted_at?: number
  handle_until: number
  triaged_at?: number
  assess_until?: number
  receipt_until?: number
}

const minute_ms = 60_000
const hour_minutes = 60
const day_minutes = 24 * hour_minutes
/** A clock is "soon" in the last quarter of its time. */
const soon_share = 0.25

/** The two largest units that matter: 2天3小时, 5小时10分, 8分. */
export function span_words(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / minute_ms))
  const days = Math.floor(minutes / day_minutes)
  const hours = Math.floor((minutes % day_minutes) / hour_minutes)
  const rest = minutes % hour_minutes
  const words = (unit: string, n: number) => (n > 0 ? t(`clock.${unit}`, { n }) : '')
  if (days > 0) return (words('days', days) + words('hours', hours)).trim()
  return (words('hours', hours) + words('minutes', rest)).trim()
}

export function clock_of(need: Timed, now: number): Clock {
  if (need.state === 'closed') return { haste: 'done', step: '', left: t('clock.done') }
  // What is answered elsewhere has no clock of ours any more.
  if (need.state === 'merged') return { haste: 'done', step: '', left: t('clock.merged') }
  if (need.state === 'referred') return other_clock(need, 'receipt', need.receipt_until, now)
  if (need.state === 'assessing' && need.first_contacted_at !== undefined) return other_clock(need, 'assessing', need.assess_until, now)
  const contacting = (need.state === 'reported' || need.state === 'assessing') && need.first_contacted_at === undefined
  const until = contacting ? need.first_contact_until : need.handle_until
  const step = t(contacting ? 'clock.first_contact' : 'clock.handling')
  return { step, ...time_left(need.reported_at, until, now) }
}

function other_clock(need: Timed, step: string, until: number | undefined, now: number): Clock {
  return { step: t(`clock.${step}`), ...time_left(need.triaged_at ?? need.reported_at, until ?? need.handle_until, now) }
}

/** The same for an order, whose only clock is its handling limit. */
export function time_left(started_at: number, until: number, now: number): { haste: Haste; left: string } {
  if (now > until) return { haste: 'late', left: t('clock.over', { span: span_words(now - until) }) }
  const haste = until - now < (until - started_at) * soon_share ? 'soon' : 'fine'
  return { haste, left: t('clock.left', { span: span_words(until - now) }) }
}
