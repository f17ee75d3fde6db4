import { computed } from 'vue'
import { api, ask } from '../api/client'
import type { Home } from '../api/types'
import { use_record } from '../api/use_record'
import { use_live } from '../live/live'
import { home_news } from './cards'

/** One's own home, read again when something happens that it may count. */
export function use_home() {
  const { record: home, problem, read } = use_record<Home>(() => ask(api.GET('/api/home')))
  use_live(home_news, read)
  const first = computed(() => home.value?.cards.find((card) => card.one_number))
  const others = computed(() => home.value?.cards.filter((card) => card !== first.value) ?? [])
  return { home, problem, read, first, others }
}
