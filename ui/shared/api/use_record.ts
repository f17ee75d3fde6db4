import { ref, type Ref } from 'vue'
import { sentence_of } from './problem'

/** One record, read at once; `read` reads it again and keeps what is shown if that fails. */
export function use_record<T>(fetch_it: () => Promise<T>): {
  record: Ref<T | undefined>
  problem: Ref<string>
  read: () => Promise<void>
} {
  const record = ref<T>() as Ref<T | undefined>
  const problem = ref('')

  async function read() {
    try {
      record.value = await fetch_it()
      problem.value = ''
    } catch (error) {
      if (!record.value) problem.value = sentence_of(error)
    }
  }

  void read()
  return { record, problem, read }
}
