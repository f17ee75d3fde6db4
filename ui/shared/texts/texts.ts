// The one text catalogue. Chinese comes with the page; English is fetched when it is chosen.
import { createI18n } from 'vue-i18n'
import catalogue from '../generated/catalogue.json'
import { language, remember_language, type Language } from './language'
import zh from './zh-CN.json'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh } as Record<string, typeof zh>,
  missingWarn: false,
  fallbackWarn: false,
})

export const t = i18n.global.t as (key: string, named?: Record<string, unknown>) => string

export async function use_language(chosen: Language): Promise<void> {
  if (chosen === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('./en.json')).default as typeof zh)
  }
  i18n.global.locale.value = chosen
  remember_language(chosen)
}

/** Of two sentences that came from the program, the one in the language of the page; in English with a capital. */
export function say(zh_text: string | undefined, en_text: string | undefined): string {
  if (language.value !== 'en') return zh_text ?? ''
  return en_text ? en_text[0]!.toUpperCase() + en_text.slice(1) : ''
}

interface Label { zh: string; en: string }
type Labels = Record<string, Label>

function label(labels: Labels, key: string): string {
  const found = labels[key]
  return found ? say(found.zh, found.en) : key
}

export const need_state_label = (state: string) => label(catalogue.states.need, state)
export const order_state_label = (state: string) => label(catalogue.states.order, state)
export const offer_state_label = (state: string) => label(catalogue.states.offer, state)
export const plan_state_label = (state: string) => label(catalogue.states.plan, state)
export const protection_state_label = (state: string) => label(catalogue.states.protection, state)
export const account_state_label = (state: string) => label(catalogue.states.account, state)
export const grant_state_label = (state: string) => label(catalogue.states.grant, state)
export const record_state_label = (state: string) => label(catalogue.states.record, state)
export const activity_state_label = (state: string) => label(catalogue.states.activity, state)
export const seat_state_label = (state: string) => label(catalogue.states.seat, state)
export const action_label = (action: string) => label(catalogue.actions, action)
export const role_label = (role: string) => label(catalogue.roles, role)
/** 街镇工作人员 · 辛安街道; a role without an area is held everywhere. */
export const role_at = (held: { role: string; area_name: string }) => `${role_label(held.role)} · ${held.area_name || t('area.everywhere')}`
export const fact_label = (kind: string) => label(catalogue.facts as Labels, kind)

/** The text `group.key`, or the key itself where a newer server knows a word that this page does not. */
export function text_or_key(group: string, key: string): string {
  const path = `${group}.${key}`
  return i18n.global.te(path) ? t(path) : key
}
