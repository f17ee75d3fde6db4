import { ref } from 'vue'
import { api, ask } from './client'
import type { PreparedFactor } from './types'
import { use_submit } from './use_submit'

/** 第二因子: prepared, confirmed by a first code, then the recovery codes, which are shown once. */
export function use_second_factor() {
  const prepared = ref<PreparedFactor>()
  const code = ref('')
  const recovery = ref<string[]>([])
  const submit = use_submit()

  async function prepare() {
    prepared.value = await submit.run({}, (body, options) => ask(api.POST('/api/session/second-factor', { body, ...options })))
  }
  async function confirm() {
    const done = await submit.run({ code: code.value.trim() }, (body, options) => ask(api.PUT('/api/session/second-factor', { body, ...options })))
    if (done) recovery.value = done.codes
  }
  return { prepared, code, recovery, submit, prepare, confirm }
}
