import { ref } from 'vue'

const stored_as = 'hezhi.large_text'

function stored(): boolean {
  try {
    return localStorage.getItem(stored_as) === '1'
  } catch {
    return false
  }
}

/** Large-text mode, remembered on this phone. */
export const large_text = ref(stored())

function apply(): void {
  document.documentElement.classList.toggle('large-text', large_text.value)
}

export function switch_large_text(): void {
  large_text.value = !large_text.value
  apply()
  try {
    localStorage.setItem(stored_as, large_text.value ? '1' : '0')
  } catch {
    // Not remembered then.
  }
}

/** Large letters for whoever has not chosen on this phone yet. */
export function prefer_large_text(): void {
  try {
    if (localStorage.getItem(stored_as) !== null) return
  } catch {
    // Nothing is remembered here, so nothing was chosen.
  }
  large_text.value = true
  apply()
}

apply()
