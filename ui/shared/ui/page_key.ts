import type { RouteLocationNormalizedLoaded } from 'vue-router'

/**
 * What a page is known by: opened under another address it is made anew, since it reads its address as it is set up. A
 * list beside its detail, whose path ends in an optional part, stays: what it is filtered by it follows, and the detail
 * has a key of its own.
 */
export function page_key(route: Pick<RouteLocationNormalizedLoaded, 'matched' | 'fullPath'>): string {
  const path = route.matched.at(-1)?.path ?? ''
  return path.endsWith('?') ? path : route.fullPath.replace(/#.*/, '')
}
