import { ref } from 'vue'
import { use_unsaved } from '../../shared/ui/use_unsaved'

/** Set while LeaveDialog.vue waits for an answer. */
export const asked = ref<(leaves: boolean) => void>()

export function answer(leaves: boolean): void {
  asked.value?.(leaves)
  asked.value = undefined
}

/** Asks before what was written on a page of the console is lost; see use_unsaved. */
export function use_leaving(written: () => unknown): () => void {
  return use_unsaved(written, () => new Promise((leaves) => (asked.value = leaves)))
}
