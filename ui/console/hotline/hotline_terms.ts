// Whether the rule pack has a hotline that hands its work orders over, and what it is called there.
import { ref } from 'vue'
import { api, ask } from '../../shared/api/client'
import { may } from '../../shared/api/session'
import type { HotlineTerms } from '../../shared/api/types'
import { say } from '../../shared/texts/texts'

/** Undefined before it was asked, or without an answer. */
export const hotline_terms = ref<HotlineTerms>()

export async function learn_hotline(): Promise<void> {
  if (!may('hotline_order.read')) hotline_terms.value = undefined
  else hotline_terms.value = await ask(api.GET('/api/hotline-terms')).catch(() => hotline_terms.value)
}

export const has_hotline = () => Boolean(hotline_terms.value?.number)
export const hotline_name = () => say(hotline_terms.value?.name_zh, hotline_terms.value?.name_en)
