// Which categories a search finds, for the catalogue page and for the picker of an order.
import type { Category } from '../../shared/api/types'

export interface CategorySearch {
  words: string
  group: string
  boundary?: string
}

/** Every word must stand somewhere in the category's name, number, class or certificate; a number alone is the number. */
export function find_categories(categories: Category[], { words, group, boundary }: CategorySearch): Category[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return categories.filter((category) => {
    if (group && category.group !== group) return false
    if (boundary && category.duty_boundary !== boundary) return false
    const text = [
      category.name_zh, category.name_en, category.group_zh, category.group_en, category.default_class, category.risk_level,
      category.credential_zh, category.credential_en, category.skill_zh, category.skill_en,
    ].join(' ').toLowerCase()
    return wanted.every((word) => (/^\d+$/.test(word) ? category.number === Number(word) : text.includes(word)))
  })
}

/** The classes in the order in which the catalogue has them, each once. */
export function groups_of(categories: Category[]): { key: string; zh: string; en: string }[] {
  const groups = new Map(categories.map((each) => [each.group, { key: each.group, zh: each.group_zh, en: each.group_en }]))
  return [...groups.values()]
}

const recent_key = 'hezhi.recent_categories'
const recent_max = 4

/** The categories that this browser used last, newest first; what left the catalogue is left out. */
export function recent_categories(categories: Category[]): Category[] {
  let keys: unknown = []
  try {
    keys = JSON.parse(localStorage.getItem(recent_key) ?? '[]')
  } catch {
    // Somebody else's text: as if nothing was used.
  }
  if (!Array.isArray(keys)) return []
  return keys.flatMap((key) => categories.filter((each) => each.key === key)).slice(0, recent_max)
}

export function remember_category(key: string, categories: Category[]) {
  const keys = [key, ...recent_categories(categories).map((each) => each.key).filter((each) => each !== key)]
  localStorage.setItem(recent_key, JSON.stringify(keys.slice(0, recent_max)))
}
