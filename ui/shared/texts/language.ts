import { ref } from 'vue'

export type Language = 'zh-CN' | 'en'

const stored_as = 'hezhi.language'

function read_stored(): string | null {
  try {
    return localStorage.getItem(stored_as)
  } catch {
    return null // storage may be forbidden; the page then starts in Chinese
  }
}

/** `?lang=en` in the address wins over what was chosen before; Chinese is the default. */
export function first_language(search: string, stored: string | null): Language {
  const asked = new URLSearchParams(search).get('lang') ?? stored ?? ''
  return asked.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

export const language = ref<Language>(first_language(location.search, read_stored()))

export function remember_language(chosen: Language): void {
  language.value = chosen
  document.documentElement.lang = chosen
  try {
    localStorage.setItem(stored_as, chosen)
  } catch {
    // Not remembered then; nothing else depends on it.
  }
}
