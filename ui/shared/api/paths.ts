// Which route takes and gives what, in the form openapi-fetch reads. To be replaced by the
// generated `paths` of shared/generated/api.ts; nothing but client.ts imports this file.
import type * as T from './types'

interface NoParameters { query?: never; header?: never; path?: never; cookie?: never }
type Parameters<P, Q> = {
  query?: Q
  header?: never
  path: P
  cookie?: never
}
type Answers<R> = {
  200: { headers: Record<string, unknown>; content: { 'application/json': R } }
  default: { headers: Record<string, unknown>; content: { 'application/problem+json': T.Problem } }
}
type Read<R, P = undefined, Q = undefined> = {
  parameters: P extends undefined ? { query?: Q; header?: never; path?: never; cookie?: never } : Parameters<P, Q>
  requestBody?: never
  responses: Answers<R>
}
type Write<B, R, P = undefined> = {
  parameters: P extends undefined ? NoParameters : Parameters<P, never>
  requestBody: { content: { 'application/json': B } }
  responses: Answers<R>
}

type Id = { id: number }
type Token = { token: string }
type Nothing = Record<string, never>
type Reason = { reason: string }
type Paging = { cursor?: string; limit?: number }

export interface paths {
  '/api/sessions': { post: Write<{ username: string; password: string }, T.Session> }
  '/api/slip-sessions': { post: Write<{ code: string; pin: string }, T.Session> }
  '/api/session': { get: Read<T.Session>; delete: Read<Nothing> }
  '/api/session/password': { put: Write<{ old_password: string; new_password: string }, Nothing> }

  '/api/areas': { get: Read<T.Page<T.Area>, undefined, { q?: string; within?: number; limit?: number }> }
  '/api/areas/{id}/children': { get: Read<T.Page<T.Area>, Id> }
  '/api/categories': { get: Read<T.Page<T.Category>> }
  '/api/time-limits': { get: Read<T.Page<T.TimeLimit>> }

  '/api/needs': {
    get: Read<T.Page<T.Need>, undefined, Paging & { area?: number; state?: string; sort?: string }>
    post: Write<T.NeedReport, T.Need>
  }
  '/api/needs/mine': { get: Read<T.Page<T.Need>, undefined, Paging> }
  '/api/needs/{id}': { get: Read<T.Need, Id> }
  '/api/needs/{id}/contact': { post: Write<Nothing, T.Need, Id> }
  '/api/needs/{id}/order': { post: Write<T.OrderOpening, T.Order, Id> }
  '/api/needs/{id}/closure': { post: Write<Reason, T.Need, Id> }
  '/api/needs/{id}/contact-reading': { post: Write<Reason, { contact: string }, Id> }
  '/api/needs/{id}/facts': { get: Read<T.Page<T.Fact>, Id> }

  '/api/orders': {
    get: Read<T.Page<T.Order>, undefined, Paging & { area?: number; state?: string; sort?: string }>
  }
  '/api/orders/mine': { get: Read<T.MyOrders> }
  '/api/orders/{id}': { get: Read<T.Order, Id> }
  '/api/orders/{id}/candidates': { get: Read<T.Candidates, Id> }
  '/api/orders/{id}/offers': { post: Write<{ person_ids: number[] }, T.Order, Id> }
  '/api/orders/{id}/cancellation': { post: Write<Reason, T.Order, Id> }
  '/api/orders/{id}/slip': { get: Read<T.OrderSlip, Id> }
  '/api/orders/{id}/facts': { get: Read<T.Page<T.Fact>, Id> }
  '/api/orders/{id}/acceptance': { post: Write<Nothing, T.MyOrder, Id> }
  '/api/orders/{id}/refusal': { post: Write<Nothing, T.MyOrder, Id> }
  '/api/orders/{id}/check-in': { post: Write<{ code: string }, T.MyOrder, Id> }
  '/api/orders/{id}/check-out': { post: Write<{ code: string }, T.MyOrder, Id> }

  '/api/slips/{token}': { get: Read<T.Slip, Token> }
  '/api/slips/{token}/confirmation': { post: Write<Nothing, T.Slip, Token> }
  '/api/slips/{token}/review': { post: Write<T.Review, T.Slip, Token> }

  '/api/figures': { get: Read<T.Figures, undefined, { area?: number }> }
  '/api/figures/{key}/needs': {
    get: Read<T.Page<T.Need>, { key: T.FigureKey }, Paging & { area?: number; part: 'numerator' | 'denominator' }>
  }

  '/api/people': {
    get: Read<T.Page<T.Person>, undefined, Paging & { q?: string }>
    post: Write<T.PersonRegistration, T.Person>
  }
  '/api/people/{id}': { get: Read<T.Person, Id> }
  '/api/people/{id}/reading': { post: Write<Reason, T.PersonReading, Id> }
  '/api/people/{id}/sign-in-slip': { post: Write<Nothing, T.SignInSlip, Id> }

  '/api/accounts': {
    get: Read<T.Page<T.Account>, undefined, Paging>
    post: Write<T.AccountOpening, T.OpenedAccount>
  }
  '/api/grants': { get: Read<T.Page<T.Grant>, undefined, Paging & { state?: string }> }
  '/api/grants/{id}/confirmation': { post: Write<Nothing, T.Grant, Id> }
  '/api/grants/{id}/rejection': { post: Write<Reason, T.Grant, Id> }
  '/api/readings': { get: Read<T.Page<T.Reading>, undefined, Paging> }
  '/api/security-log': { get: Read<T.Page<T.SecurityEvent>, undefined, Paging> }
  '/api/health-page': { get: Read<T.HealthPage> }
}
