// News of the server: one EventSource a browser. The tab that holds the browser's lock listens and
// tells the others; when it closes, the lock passes on. Without locks (plain http by address) each
// tab listens for itself.
import { onScopeDispose } from 'vue'
import labels from '../generated/catalogue.json?first'

export interface News {
  kind: string
  /** The records that the fact is about, of whatever kind. */
  ids: number[]
}

type Listener = (news: News) => void

const listeners = new Set<Listener>()
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('hezhi-live')
const retry_ms_first = 2_000
const retry_ms_max = 60_000

let source: EventSource | undefined
let retry: ReturnType<typeof setTimeout> | undefined
let retry_ms = retry_ms_first
let release: (() => void) | undefined
let wanted = false

function tell(news: News): void {
  for (const listener of listeners) listener(news)
}

function read_ids(data: string): number[] {
  try {
    return (JSON.parse(data) as { ids?: number[] }).ids ?? []
  } catch {
    return []
  }
}

function open(): void {
  source = new EventSource('/api/events')
  const pass_on = (event: MessageEvent<string>) => {
    const news = { kind: event.type, ids: read_ids(event.data) }
    tell(news)
    channel?.postMessage(news)
  }
  for (const kind of [...labels.kinds, 'reset']) source.addEventListener(kind, pass_on)
  source.onopen = () => {
    retry_ms = retry_ms_first
  }
  // The browser reconnects by itself unless the server refused; then ask again, ever more rarely.
  source.onerror = () => {
    if (source?.readyState !== EventSource.CLOSED) return
    retry = setTimeout(open, retry_ms)
    retry_ms = Math.min(retry_ms * 2, retry_ms_max)
  }
}

function close(): void {
  clearTimeout(retry)
  source?.close()
  source = undefined
  release?.()
  release = undefined
}

/** Starts listening; call it once somebody is signed in. */
export function start_live(): void {
  if (wanted || typeof EventSource === 'undefined') return
  wanted = true
  if (!navigator.locks) {
    open()
    return
  }
  void navigator.locks.request('hezhi-live', () => {
    if (!wanted) return undefined
    open()
    return new Promise<void>((resolve) => (release = resolve))
  })
}

export function stop_live(): void {
  wanted = false
  close()
}

if (channel) channel.onmessage = (event: MessageEvent<News>) => tell(event.data)

/** Calls `refresh` soon after news whose kind begins with one of `nouns`, until the scope ends. */
export function use_live(nouns: string[], refresh: (news: News) => void): void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const listener = (news: News) => {
    if (news.kind !== 'reset' && !nouns.some((noun) => news.kind.startsWith(`${noun}.`))) return
    clearTimeout(waiting)
    waiting = setTimeout(() => refresh(news), 150) // several facts of one action come together
  }
  listeners.add(listener)
  onScopeDispose(() => {
    clearTimeout(waiting)
    listeners.delete(listener)
  })
}
