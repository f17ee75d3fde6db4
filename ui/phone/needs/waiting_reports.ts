import { ref } from 'vue'
import { api, ask, keyed } from '../../shared/api/client'
import { ApiError } from '../../shared/api/problem'
import { session } from '../../shared/api/session'
import type { Need, NeedReport } from '../../shared/api/types'
import { drop_report, keep_report, kept_reports, type WaitingReport } from './report_store'

/** This account's reports that are not sent yet. */
export const waiting_reports = ref<WaitingReport[]>([])
let sending = false

export function post_report(body: NeedReport, key: string): Promise<Need> {
  return ask(api.POST('/api/needs', { body, ...keyed(key) }))
}

async function read_mine(): Promise<WaitingReport[]> {
  const account = session.value?.account_id
  const all = await kept_reports().catch(() => [])
  return all.filter((report) => report.account_id === account)
}

export async function keep_for_later(body: NeedReport, key: string): Promise<void> {
  await keep_report({ key, body, account_id: session.value?.account_id ?? 0, written_at: Date.now() })
  waiting_reports.value = await read_mine()
}

export async function forget_report(key: string): Promise<void> {
  await drop_report(key)
  waiting_reports.value = await read_mine()
}

/** Sends what waits, oldest first; stops at the first that finds no network. */
export async function send_waiting_reports(): Promise<void> {
  if (sending || !session.value) return
  sending = true
  try {
    for (const report of (await read_mine()).sort((a, b) => a.written_at - b.written_at)) {
      if (report.refused) continue
      if (!(await sent(report))) break
    }
    waiting_reports.value = await read_mine()
  } finally {
    sending = false
  }
}

async function sent(report: WaitingReport): Promise<boolean> {
  try {
    await post_report(report.body, report.key)
    await drop_report(report.key)
  } catch (error) {
    const settled = error instanceof ApiError && !error.unreachable && error.status !== 401 && error.status < 500
    if (!settled) return false
    await keep_report({ ...report, refused: error.sentence })
  }
  return true
}
