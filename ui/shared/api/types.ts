// The API's types by the names that pages use. Until the program's own description is generated
// (shared/generated/api.ts), the contract is written down here; afterwards this file only renames.

export interface FieldError {
  field: string
  expected_zh: string
  expected_en: string
}

/** RFC 9457 problem document. */
export interface Problem {
  type?: string
  title?: string
  status: number
  code: string
  title_zh: string
  title_en: string
  errors?: FieldError[]
}

export interface Page<T> {
  items: T[]
  next_cursor?: string
}

export type PriorityClass = 'P1' | 'P2' | 'P3' | 'P4'
export type NeedState = 'reported' | 'planned' | 'closed'
export type OrderState =
  | 'open' | 'offered' | 'accepted' | 'in_service' | 'delivered'
  | 'confirmed' | 'reviewed' | 'escalated' | 'cancelled'
export type Resolution = 'resolved' | 'not_resolved' | 'not_answered'
export type DutyBoundary = 'professional_only' | 'volunteer_supervised' | 'volunteer'
export type Certification = 'V0' | 'V1' | 'V2' | 'V3' | 'V4'

export interface RoleHeld {
  role: string
  area_id: number
  area_name: string
}

export interface Session {
  account_id: number
  person_id?: number
  name: string
  roles: RoleHeld[]
  permissions: string[]
}

export interface Area {
  id: number
  name: string
  kind: string
  kind_zh: string
  kind_en: string
  parent_id?: number
  parents: string
  code?: string
}

export interface Category {
  key: string
  name_zh: string
  name_en: string
  duty_boundary: DutyBoundary
  certification: number
  minutes: number
  people: number
  risk_level: string
  default_class: PriorityClass
  notes_zh: string
  notes_en: string
}

export interface TimeLimit {
  priority_class: PriorityClass
  name_zh: string
  name_en: string
  first_contact_zh: string
  first_contact_en: string
  handling_zh: string
  handling_en: string
  says_zh: string
  says_en: string
  do_first_zh?: string
  do_first_en?: string
}

export interface NeedReport {
  area_id: number
  what: string
  priority_class: PriorityClass
  contact?: string
  consent: boolean
}

export interface Need {
  id: number
  area_id: number
  area_name: string
  area_parents: string
  state: NeedState
  priority_class: PriorityClass
  channel: string
  what: string
  contact_masked?: string
  consent: boolean
  reported_at: number
  reported_by_me: boolean
  first_contact_until: number
  first_contacted_at?: number
  handle_until: number
  planned_at?: number
  closed_at?: number
  order_id?: number
  order_state?: OrderState
  served: boolean
  resolution?: Resolution
  satisfaction?: number
  close_reason?: string
  actions: string[]
}

export interface OrderOpening {
  category: string
  starts_at: number
  ends_at: number
  contacted: boolean
  brief?: string
}

export type OfferState = 'offered' | 'accepted' | 'declined' | 'lapsed' | 'in_service' | 'delivered' | 'cancelled'

export interface Offer {
  person_id: number
  name: string
  state: OfferState
  offered_at: number
  until: number
}

export interface Order {
  id: number
  need_id: number
  category: string
  category_zh: string
  category_en: string
  duty_boundary: DutyBoundary
  risk_level?: string
  area_id: number
  area_name: string
  area_parents: string
  state: OrderState
  priority_class: PriorityClass
  starts_at: number
  ends_at: number
  brief?: string
  leader_name?: string
  people_needed: number
  /** How many places are taken. */
  accepted: number
  offers: Offer[]
  opened_at: number
  accepted_at?: number
  delivered_at?: number
  minutes?: number
  confirm_until?: number
  confirmed_at?: number
  unconfirmed: boolean
  resolution?: Resolution
  satisfaction?: number
  review_words?: string
  cancel_reason?: string
  handle_until: number
  actions: string[]
}

export interface ScorePart {
  key: string
  zh: string
  en: string
  points: number
  max: number
}

export interface Candidate {
  person_id: number
  name: string
  total: number
  parts: ScorePart[]
}

export interface ForbiddenPerson {
  person_id: number
  name: string
  rule: string
  zh: string
  en: string
  needed?: string
  found?: string
}

export interface Candidates {
  candidates: Candidate[]
  forbidden: ForbiddenPerson[]
  funnel: { rule: string; zh: string; en: string; remaining: number }[]
  considered: number
}

export interface OrderSlip {
  link: string
  code: string
  qr_svg: string
}

export interface Fact {
  position: number
  kind: string
  zh: string
  en: string
  recorded_at: number
  occurred_at: number
  via: string
  actor?: string
  permission?: string
  values: { key: string; value: string }[]
}

export interface MyOrder {
  order_id: number
  /** One's own part; the order may be further on. */
  state: OfferState
  order_state: OrderState
  category_zh: string
  category_en: string
  area_name: string
  area_parents: string
  starts_at: number
  ends_at: number
  until?: number
  contact?: string
  brief?: string
  safety_zh: string
  safety_en: string
  leader_name?: string
  people_needed: number
  accepted: number
  minutes?: number
  satisfaction?: number
  actions: string[]
}

export interface MyOrders extends Page<MyOrder> {
  minutes_total: number
}

export interface Slip {
  category_zh: string
  category_en: string
  area_name: string
  state: OrderState
  starts_at: number
  ends_at: number
  volunteer_names: string[]
  minutes?: number
  code: string
  resolution?: Resolution
  satisfaction?: number
  actions: string[]
}

export interface Review {
  resolution: 'resolved' | 'not_resolved'
  satisfaction: number
  words?: string
}

export type FigureKey = 'found' | 'in_time' | 'resolved' | 'satisfied'

export interface Figure {
  key: FigureKey
  zh: string
  en: string
  says_zh: string
  says_en: string
  numerator: number
  denominator: number
  /** Shown beside and counted in neither. */
  apart_zh?: string
  apart_en?: string
  apart?: number
}

export interface ChildFigure {
  area: Area
  unmet: number
  found: number
}

export interface Figures {
  area: Area
  items: Figure[]
  children: ChildFigure[]
}

export interface Person {
  id: number
  name: string
  phone_masked?: string
  id_masked?: string
  area_id: number
  area_name: string
  roles: string[]
  certification?: Certification
  actions: string[]
}

export interface PersonRegistration {
  name: string
  phone?: string
  id_scheme?: string
  id_number?: string
  area_id: number
  volunteer: boolean
  certification?: Certification
  social_worker: boolean
}

export interface PersonReading {
  name: string
  phone?: string
  id_scheme?: string
  id_number?: string
}

export interface SignInSlip {
  code: string
  qr_svg: string
  link: string
  expires_at: number
}

export interface AccountRole extends RoleHeld {
  grant_id: number
  state: 'proposed' | 'granted' | 'rejected' | 'ended'
}

export interface Account {
  id: number
  username?: string
  name: string
  roles: AccountRole[]
  state: string
}

export interface AccountOpening {
  person_id?: number
  name?: string
  username: string
  role: string
  area_id: number
}

export interface OpenedAccount {
  account: Account
  first_password: string
}

export interface Grant {
  id: number
  account_id: number
  name: string
  role: string
  area_id: number
  area_name: string
  proposed_at: number
  actions: string[]
}

export interface Reading {
  position: number
  at: number
  actor: string
  person_id?: number
  need_id?: number
  reason: string
}

export interface SecurityEvent {
  at: number
  event: string
  username?: string
  address: string
  outcome: string
}

export interface HealthPage {
  version: string
  database: string
  position: number
  started_at: number
  key_backup_warning: boolean
  checks: { key: string; ok: boolean; zh: string; en: string }[]
}
