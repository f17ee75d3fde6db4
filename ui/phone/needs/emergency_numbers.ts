// Whom to call first where there is danger, as the rule pack has it. The numbers stay on the phone, since danger does
// not wait for a network.
import { ref, type Ref } from 'vue'
import { api, ask } from '../../shared/api/client'

const stored_as = 'hezhi.emergency_numbers'

function remembered(): string[] {
  let numbers: unknown = []
  try {
    numbers = JSON.parse(localStorage.getItem(stored_as) ?? '[]')
  } catch {
    // Somebody else's text: as if nothing was known.
  }
  return Array.isArray(numbers) ? numbers.map(String) : []
}

/** Asks for the numbers and keeps them; without an answer, what was known last. */
export async function learn_emergency_numbers(): Promise<string[]> {
  try {
    const { emergency_numbers } = await ask(api.GET('/api/incidents/terms'))
    const numbers = emergency_numbers.map((each) => each.number)
    localStorage.setItem(stored_as, JSON.stringify(numbers))
    return numbers
  } catch {
    return remembered()
  }
}

/** The numbers, at once as they were known last; empty where none is known. */
export function use_emergency_numbers(): Ref<string[]> {
  const numbers = ref(remembered())
  void learn_emergency_numbers().then((known) => (numbers.value = known))
  return numbers
}
