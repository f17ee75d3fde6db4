// Cuts a file of work orders into pieces that the server takes one after the other.

export interface Row {
  text: string
  /** Where it begins in the file, from 1. */
  line: number
}

/** The bytes as text: UTF-8 if they are, else GB18030; undefined if they are neither. */
export function decode(bytes: ArrayBuffer): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // the next one
    }
  }
  return undefined
}

/** The rows of a CSV text, the heading first; a line end inside quotation marks belongs to its row. */
export function rows_of(text: string): Row[] {
  const rows: Row[] = []
  let quoted = false
  let from = 0
  let line = 1
  let begins = 1
  for (let at = 0; at <= text.length; at++) {
    const c = text[at]
    if (c === '"') quoted = !quoted
    if (c === '\n') line++
    if ((c === '\n' && !quoted) || at === text.length) {
      const row = text.slice(from, at).replace(/\r$/, '')
      if (row) rows.push({ text: row, line: begins })
      from = at + 1
      begins = line
    }
  }
  return rows
}
