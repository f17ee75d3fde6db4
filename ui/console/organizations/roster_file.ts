// A list that somebody brings: an Excel sheet or a CSV file, read in the browser. What it holds is
// recognised by its headings; nothing leaves the page before it was looked at.
import { language } from '../../shared/texts/language'

export interface ReadRow {
  /** As in the file, counted from 1; the headings are row 1. */
  row: number
  name: string
  id_number: string
  phone: string
  birth_date: string
}

export interface Roster {
  rows: ReadRow[]
  /** The headings that were recognised, as they stand in the file. */
  recognised: Partial<Record<Column, string>>
  /** Headings that were left out. */
  ignored: string[]
}

export type Column = 'name' | 'id_number' | 'phone' | 'birth_date'

export const headings: Record<Column, string[]> = {
  name: ['姓名', '名字', '志愿者姓名', '成员姓名', '联系人姓名', 'name', 'fullname'],
  id_number: ['身份证号', '身份证号码', '身份证', '证件号', '证件号码', '公民身份号码', 'documentnumber', 'passportnumber'],
  phone: ['手机', '手机号', '手机号码', '电话', '电话号码', '联系电话', '联系方式', '移动电话', 'phone', 'phonenumber', 'telephone', 'mobile'],
  birth_date: ['出生日期', '出生年月日', '生日', 'dateofbirth', 'birthdate', 'dob'],
}

/** As a list of ours is headed. */
export const own_headings = (): Record<Column, string> =>
  language.value === 'en'
    ? { name: 'Name', id_number: 'Document number', phone: 'Phone', birth_date: 'Date of birth' }
    : { name: '姓名', id_number: '身份证号', phone: '手机号', birth_date: '出生日期' }

/** UTF-8 with or without mark; what is no UTF-8 is GB18030, as Chinese Excel saves CSV. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Fields may be quoted and then hold commas, line ends and doubled quotes. */
export function parse_csv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  const end_row = () => {
    rows.push([...row, field])
    row = []
    field = ''
  }
  const separator = !text.split('\n', 1)[0]!.includes(',') && text.includes('\t') ? '\t' : ','
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!
    if (quoted) {
      if (sign !== '"') field += sign
      else if (text[at + 1] === '"') field += text[(at += 1)]
      else quoted = false
    } else if (sign === '"' && !field) quoted = true
    else if (sign === separator) {
      row.push(field)
      field = ''
    } else if (sign === '\n') end_row()
    else if (sign !== '\r') field += sign
  }
  if (field || row.length) end_row()
  return rows
}

const bare = (heading: string) => heading.replace(/[\s*＊:：()（）]/g, '').toLowerCase()

/** 1980/2/29, 1980.2.29 and 1980年2月29日 as 1980-02-29; anything else stays as it is. */
function iso_day(text: string): string {
  const part = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/.exec(text)
  return part ? `${part[1]}-${part[2]!.padStart(2, '0')}-${part[3]!.padStart(2, '0')}` : text
}

/** The first row with a name heading holds the headings; titles above it are passed over. */
export function recognise(cells: string[][]): Roster | undefined {
  const at = cells.findIndex((row) => row.some((cell) => headings.name.includes(bare(cell))))
  if (at < 0) return undefined
  const found: Partial<Record<Column, number>> = {}
  const ignored: string[] = []
  cells[at]!.forEach((cell, index) => {
    const column = (Object.keys(headings) as Column[]).find((key) => found[key] === undefined && headings[key].includes(bare(cell)))
    if (column) found[column] = index
    else if (cell.trim()) ignored.push(cell.trim())
  })
  const of = (row: string[], column: Column) => (found[column] === undefined ? '' : (row[found[column]!] ?? '').trim())
  const rows = cells
    .map((row, index) => ({ row: index + 1, name: of(row, 'name'), id_number: of(row, 'id_number'), phone: of(row, 'phone'), birth_date: iso_day(of(row, 'birth_date')) }))
    .slice(at + 1)
    .filter((row) => row.name || row.id_number || row.phone)
  const recognised = Object.fromEntries(Object.entries(found).map(([column, index]) => [column, cells[at]![index]!.trim()]))
  return { rows, recognised, ignored }
}

/** Undefined if no column of names is there. The library for Excel is fetched only for an Excel file. */
export async function read_roster(file: File): Promise<Roster | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (!zipped) return recognise(parse_csv(decode(bytes)))
  const { readSheet } = await import('read-excel-file/universal')
  const sheet = await readSheet(new Blob([bytes]))
  return recognise(sheet.map((row) => row.map((cell) => (cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)))))
}

/** A cell that a spreadsheet would take for a formula is made a text. */
const cell_text = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`

/** With the mark that lets Excel see UTF-8. */
export function csv_of(rows: string[][]): string {
  return `\uFEFF${rows.map((row) => row.map(cell_text).join(',')).join('\r\n')}\r\n`
}
