import { reactive } from 'vue'
import { keyed, new_key } from './client'
import { ApiError, sentence_of } from './problem'

export interface Submit {
  busy: boolean
  /** The refusal in words; empty if there is none. */
  problem: string
  /** The refusal's code; empty if there is none. */
  code: string
  /** What each field should hold, by its name. */
  fields: Record<string, string>
  /** Runs a write; returns its answer, or undefined after showing why not. */
  run: <B, R>(body: B, write: (body: B, options: ReturnType<typeof keyed>) => Promise<R>) => Promise<R | undefined>
  clear: () => void
}

/**
 * One form's way to the server. If no answer came, pressing the button again sends the same key
 * with the same body, so nothing is done twice; a changed body gets a new key.
 */
export function use_submit(): Submit {
  let pending: { key: string; body: string } | undefined

  const state: Submit = reactive({
    busy: false,
    problem: '',
    code: '',
    fields: {},
    clear() {
      state.problem = ''
      state.code = ''
      state.fields = {}
    },
    async run(body, write) {
      if (state.busy) return undefined
      const written = JSON.stringify(body)
      if (pending?.body !== written) pending = { key: new_key(), body: written }
      state.busy = true
      state.clear()
      try {
        const answer = await write(body, keyed(pending.key))
        pending = undefined
        return answer
      } catch (error) {
        if (error instanceof ApiError) {
          state.fields = error.fields
          state.code = error.problem.code
          if (!error.unreachable && error.status !== 503) pending = undefined
        }
        state.problem = sentence_of(error)
        return undefined
      } finally {
        state.busy = false
      }
    },
  })
  return state
}
