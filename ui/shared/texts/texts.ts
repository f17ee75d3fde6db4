// The one text catalogue, in two parts: what the phone's first pages say comes with them, the rest
// with the first page that says more (build/first_texts.ts). Chinese comes with the page; English
// is fetched when it is chosen.
import { shallowReactive, shallowRef } from 'vue'
import first_labels from '../generated/catalogue.json?first'
import { language, remember_language, type Language } from './language'
import first_zh from './zh-CN.json?first'

type Texts = Record<string, Record<string, string>>
interface Label { zh: string; en: string }
type Labels = Record<string, Label>

const texts: Record<Language, Texts> = shallowReactive({ 'zh-CN': first_zh, en: {} })
const labels: { roles: Labels; actions: Labels; facts: Labels; states: Record<string, Labels> } = shallowReactive({
  ...first_labels,
  actions: {},
  facts: {},
})
let whole = false

/** What the rule pack calls a role, instead of its usual name. */
const role_names = shallowRef<Labels>({})
export function name_roles(named: { role: string; zh: string; en: string }[] = []): void {
  role_names.value = Object.fromEntries(named.map(({ role, zh, en }) => [role, { zh, en }]))
}

function text_of(path: string): string | undefined {
  const dot = path.indexOf('.')
  const [group, key] = [path.slice(0, dot), path.slice(dot + 1)]
  return texts[language.value][group]?.[key] ?? texts['zh-CN'][group]?.[key]
}

const bank = shallowRef<Label>()

/** What the district calls its time bank: the `{bank}` of every text; the common word if it has none. */
export function name_bank(name: Label | undefined): void {
  bank.value = name
}

/** In English with a capital where a text or a quotation begins with it. */
function bank_name(before: string): string {
  const name = bank.value ? (language.value === 'en' ? bank.value.en : bank.value.zh) : (text_of('nav.bank') ?? '')
  return /(^|“)$/.test(before) ? name.charAt(0).toUpperCase() + name.slice(1) : name
}

/** The text `group.key` with its `{names}` filled in; the key itself if there is no such text. */
export function t(path: string, named: Record<string, unknown> = {}): string {
  const text = text_of(path) ?? path
  return text.replace(/\{(\w+)\}/g, (_, name: string, at: number) => (name === 'bank' ? bank_name(text.slice(0, at)) : String(named[name] ?? '')))
}

async function add_english(): Promise<void> {
  const parts = [await import('./en.json?first'), ...(whole ? [await import('./en.json?rest')] : [])]
  texts.en = Object.assign({}, texts.en, ...parts.map((part) => part.default))
}

/** Every text and label; pages that are not among the phone's first ones wait for it. */
export async function whole_texts(): Promise<void> {
  if (whole) return
  const [rest, rest_labels] = await Promise.all([import('./zh-CN.json?rest'), import('../generated/catalogue.json?rest')])
  whole = true
  texts['zh-CN'] = { ...texts['zh-CN'], ...rest.default }
  const { states, ...others } = rest_labels.default
  Object.assign(labels, others, { states: { ...labels.states, ...states } })
  if (language.value === 'en') await add_english()
}

export async function use_language(chosen: Language): Promise<void> {
  if (chosen === 'en') await add_english()
  remember_language(chosen)
}

/** Of two sentences that came from the program, the one in the language of the page; in English with a capital. */
export function say(zh_text: string | undefined, en_text: string | undefined): string {
  if (language.value !== 'en') return zh_text ?? ''
  return en_text ? en_text[0]!.toUpperCase() + en_text.slice(1) : ''
}

function label(found: Label | undefined, key: string): string {
  return found ? say(found.zh, found.en) : key
}

/** The label of a state of any noun. */
export const state_label = (noun: string, state: string) => label(labels.states[noun]?.[state], state)
export const need_state_label = (state: string) => state_label('need', state)
export const order_state_label = (state: string) => state_label('order', state)
export const offer_state_label = (state: string) => state_label('offer', state)
export const plan_state_label = (state: string) => state_label('plan', state)
export const project_need_state_label = (state: string) => state_label('project_need', state)
export const protection_state_label = (state: string) => state_label('protection', state)
export const account_state_label = (state: string) => state_label('account', state)
export const grant_state_label = (state: string) => state_label('grant', state)
export const record_state_label = (state: string) => state_label('record', state)
export const activity_state_label = (state: string) => state_label('activity', state)
export const seat_state_label = (state: string) => state_label('seat', state)
export const action_label = (action: string) => label(labels.actions[action], action)
export const role_label = (role: string) => label(role_names.value[role] ?? labels.roles[role], role)
export const consent_label = (state: string) => state_label('consent', state)
export const reading_request_label = (state: string) => state_label('reading_request', state)
export const certificate_state_label = (state: string) => state_label('certificate', state)
export const insurance_state_label = (state: string) => state_label('insurance', state)
export const incident_state_label = (state: string) => state_label('incident', state)
export const complaint_state_label = (state: string) => state_label('complaint', state)
export const spot_check_state_label = (state: string) => state_label('spot_check', state)
export const grade_state_label = (state: string) => state_label('grade', state)
export const grade_proposal_state_label = (state: string) => state_label('grade_proposal', state)
export const lowering_state_label = (state: string) => state_label('lowering', state)
export const grade_appeal_state_label = (state: string) => state_label('grade_appeal', state)
export const run_state_label = (state: string) => state_label('dispatch_run', state)
export const proposal_state_label = (state: string) => state_label('proposal', state)
export const back_test_state_label = (state: string) => state_label('back_test', state)
export const rule_pack_state_label = (state: string) => state_label('rule_pack', state)
/** 街镇工作人员 · 辛安街道; a role without an area is held everywhere. */
export const role_at = (held: { role: string; area_name: string }) => `${role_label(held.role)} · ${held.area_name || t('area.everywhere')}`
export const fact_label = (kind: string) => label(labels.facts[kind], kind)

/** The text `group.key`, or the key itself where a newer server knows a word that this page does not. */
export function text_or_key(group: string, key: string): string {
  const path = `${group}.${key}`
  return text_of(path) ?? key
}

/** The key of the text of this group that says so in Chinese. */
export function key_of_chinese(group: string, text: string): string | undefined {
  return Object.entries(texts['zh-CN'][group] ?? {}).find(([, chinese]) => chinese === text)?.[0]
}
