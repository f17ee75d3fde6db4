import { readonly, ref } from 'vue'

const tick_ms = 20_000
const ticking = ref(Date.now())
setInterval(() => (ticking.value = Date.now()), tick_ms)

/** The present in UTC ms, moving on every 20 s, so that clocks on the page stay true. */
export const now = readonly(ticking)
