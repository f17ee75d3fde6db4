// What somebody wrote is not lost unasked: not by a link, the way back or signing out, nor by a reload.
import { onMounted, onUnmounted } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'

const forms = new Set<() => Promise<boolean>>()

/** Asks on behalf of the form that stands open, before something else than a link ends its page. */
export async function may_leave(): Promise<boolean> {
  for (const asks of [...forms]) if (!(await asks())) return false
  return true
}

/**
 * `written` is what would be lost, `ask` the question of the page's own kind; the browser puts its own where the whole
 * page goes. Answers what is called once it is safe as it stands: sent, or read from the server.
 */
export function use_unsaved(written: () => unknown, ask: () => Promise<boolean>): () => void {
  const now = () => JSON.stringify(written())
  let safe = now()
  const kept = () => void (safe = now())
  const changed = () => now() !== safe

  let asking: Promise<boolean> | undefined
  function asks(): Promise<boolean> {
    if (!changed()) return Promise.resolve(true)
    // Whoever presses "back" once more is not asked twice; and what was let go is not asked about again.
    asking ??= ask()
      .then((leaves) => (leaves && kept(), leaves))
      .finally(() => (asking = undefined))
    return asking
  }
  function warn(event: BeforeUnloadEvent) {
    if (!changed()) return
    event.preventDefault()
    event.returnValue = true // for browsers that do not heed the line above
  }

  onBeforeRouteLeave(asks)
  onBeforeRouteUpdate(asks)
  onMounted(() => {
    forms.add(asks)
    addEventListener('beforeunload', warn)
  })
  onUnmounted(() => {
    forms.delete(asks)
    removeEventListener('beforeunload', warn)
  })
  return kept
}
