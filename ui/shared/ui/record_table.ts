// Service records as a table to take home.
import type { RecordList, ServiceRecord } from '../api/types'
import { record_state_label, say, t } from '../texts/texts'
import { save_csv, to_csv } from './csv'
import { wall_fields } from './dates'
import { excel_blob, save_blob } from './excel'

const page_size = 100

/** All pages of a list. */
export async function all_records(read: (page: { cursor?: string; limit: number }) => Promise<RecordList>): Promise<ServiceRecord[]> {
  const all: ServiceRecord[] = []
  let cursor: string | undefined
  do {
    const answer = await read({ cursor, limit: page_size })
    all.push(...answer.items)
    cursor = answer.next_cursor
  } while (cursor)
  return all
}

export interface Table {
  head: string[]
  rows: (string | number)[][]
}

export function record_table(records: ServiceRecord[]): Table {
  const columns = ['number', 'person', 'date', 'start', 'end', 'minutes', 'service', 'area', 'organiser', 'state']
  return {
    head: columns.map((column) => t(`records.column_${column}`)),
    rows: records.map((record) => {
      const [start, end] = [wall_fields(record.starts_at), wall_fields(record.ends_at)]
      return [
        record.id, record.person_name, start.date, start.time, end.time, record.minutes, say(record.category_zh, record.category_en),
        record.area_name, record.organiser_name ?? '', record_state_label(record.state),
      ]
    }),
  }
}

/** The table as a file: for spreadsheets that read texts, or as an Excel sheet. */
export async function save_records(records: ServiceRecord[], kind: 'csv' | 'xlsx'): Promise<void> {
  const { head, rows } = record_table(records)
  if (kind === 'csv') save_csv(t('records.file'), to_csv(head, rows))
  else save_blob(`${t('records.file')}.xlsx`, await excel_blob(t('nav.records'), head, rows))
}
