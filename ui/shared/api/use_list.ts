import { ref, shallowRef, type Ref } from 'vue'
import { sentence_of } from './problem'
import type { Page } from './types'

const page_size = 50
const limit_max = 100 // the server's own limit on one answer

export interface List<T> {
  items: Ref<T[]>
  loading: Ref<boolean>
  problem: Ref<string>
  more_there: Ref<boolean>
  /** Starts again from the top, for another filter. */
  load: () => Promise<void>
  /** Reads what is shown again in place, so that scroll and selection stay. */
  refresh: () => Promise<void>
  more: () => Promise<void>
}

/**
 * A list of the server read page by page. The last question asked wins: an answer that arrives
 * late, after the filter changed, is dropped.
 */
export function use_list<T>(read: (page: { cursor?: string; limit: number }) => Promise<Page<T>>): List<T> {
  const items = shallowRef<T[]>([])
  const loading = ref(false)
  const problem = ref('')
  const more_there = ref(false)
  let cursor: string | undefined
  let asked = 0

  async function fetch_into(page: { cursor?: string; limit: number }, keep: T[], quiet: boolean) {
    const mine = ++asked
    if (!quiet) loading.value = true
    try {
      const answer = await read(page)
      if (mine !== asked) return
      items.value = [...keep, ...answer.items]
      cursor = answer.next_cursor
      more_there.value = cursor !== undefined
      problem.value = ''
    } catch (error) {
      if (mine === asked && !quiet) problem.value = sentence_of(error)
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  return {
    items,
    loading,
    problem,
    more_there,
    load: () => fetch_into({ limit: page_size }, [], false),
    refresh: () => fetch_into({ limit: Math.min(limit_max, Math.max(page_size, items.value.length)) }, [], true),
    more: () => fetch_into({ cursor, limit: page_size }, items.value, false),
  }
}
