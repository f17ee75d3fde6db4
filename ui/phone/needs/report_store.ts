// Reports written without a network, kept in the browser until they are sent. Each keeps the
// idempotency key of its first try, so a report that did arrive is never made twice.
import type { NeedReport } from '../../shared/api/types'

export interface WaitingReport {
  key: string
  account_id: number
  body: NeedReport
  written_at: number
  /** Why the server refused it, in words; such a report waits for a person, not for the network. */
  refused?: string
}

const database = 'hezhi'
const store = 'waiting_reports'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'key' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function with_store<R>(mode: IDBTransactionMode, work: (reports: IDBObjectStore) => IDBRequest<R>): Promise<R> {
  const opened = await open()
  try {
    return await new Promise<R>((resolve, reject) => {
      const transaction = opened.transaction(store, mode)
      const request = work(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error)
    })
  } finally {
    opened.close()
  }
}

export const keep_report = (report: WaitingReport) => with_store('readwrite', (reports) => reports.put(report))
export const drop_report = (key: string) => with_store('readwrite', (reports) => reports.delete(key))
export const kept_reports = () => with_store<WaitingReport[]>('readonly', (reports) => reports.getAll())
