import { computed, ref, watch } from 'vue'
import { name_bank, name_roles } from '../texts/texts'
import { api, ask } from './client'
import { ApiError } from './problem'
import type { Session } from './types'

/** Who is signed in: undefined before it was asked, null if nobody is. */
export const session = ref<Session | null>()

watch(session, (known) => known && name_roles(known.role_names), { flush: 'sync' })
watch(session, (now) => name_bank(now?.time_bank_zh && now.time_bank_en ? { zh: now.time_bank_zh, en: now.time_bank_en } : undefined), { flush: 'sync' })

export const roles = computed(() => (session.value?.roles ?? []).map((held) => held.role))

export function may(permission: string): boolean {
  return session.value?.permissions.includes(permission) ?? false
}

export function holds(role: string): boolean {
  return roles.value.includes(role)
}

/** Asks once; afterwards answers what is known. */
export async function load_session(): Promise<Session | null> {
  if (session.value !== undefined) return session.value
  try {
    session.value = await ask(api.GET('/api/session'))
  } catch (error) {
    if (error instanceof ApiError && error.unreachable) throw error
    session.value = null
  }
  return session.value
}

/** Asks again, after what one may do has changed. */
export async function reload_session(): Promise<void> {
  session.value = await ask(api.GET('/api/session'))
}

/** `code`: of the second factor, once the server has asked for it. */
export async function sign_in(username: string, password: string, code = ''): Promise<void> {
  session.value = await ask(api.POST('/api/sessions', { body: { username, password, ...(code && { code }) } }))
}

export async function sign_in_by_slip(code: string, pin: string): Promise<void> {
  session.value = await ask(api.POST('/api/slip-sessions', { body: { code, pin } }))
}

export async function sign_out(): Promise<void> {
  await ask(api.DELETE('/api/session'))
  session.value = null
}
