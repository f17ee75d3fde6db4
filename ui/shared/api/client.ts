import createClient, { type Middleware } from 'openapi-fetch'
import { ref } from 'vue'
import type { paths } from '../generated/api'
import { ApiError, as_problem, unreachable } from './problem'

/** Decided by requests that failed or came through, since browsers are wrong about being online. */
export const offline = ref(false)

let signed_out: () => void = () => {}

/** Called whenever the server says that nobody is signed in, on any request but the sign-in itself. */
export function on_signed_out(handler: () => void): void {
  signed_out = handler
}

const writes: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', new_key())
    }
    return request
  },
}

/** A UUID; written out because randomUUID is missing on plain-http addresses other than localhost. */
export function new_key(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

// The fetch is looked up at each call, so that tests can put their own in its place.
export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  fetch: (request) => globalThis.fetch(request),
})
api.use(writes)

interface Answer<R> {
  data?: R
  error?: unknown
  response: Response
}

/** Waits for an answer of `api` and returns its data, or throws an ApiError. */
export async function ask<R>(asked: Promise<Answer<R>>): Promise<R> {
  let answer: Answer<R>
  try {
    answer = await asked
  } catch {
    offline.value = true
    throw unreachable()
  }
  offline.value = false
  if (answer.response.ok) return answer.data as R
  const error = new ApiError(as_problem(answer.response.status, answer.error))
  if (error.problem.code === 'not_signed_in') signed_out()
  throw error
}

/** The header that makes a repeated write the same write. */
export function keyed(key: string): { headers: Record<string, string> } {
  return { headers: { 'Idempotency-Key': key } }
}
