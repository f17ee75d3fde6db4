// The same tables as Excel sheets, made in the browser: what is in them is on the page already, in its language, and
// no copy of it lies on the server. Fetched when one is asked for; this entry starts no worker from a blob, which our
// content security policy forbids.

/** Texts stay texts (a leading zero, a document number, "=1+1"), numbers numbers; the head stands and stays in sight. */
export async function excel_blob(sheet: string, head: string[], rows: (string | number)[][]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal')
  const cells = [
    head.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String }))),
  ]
  const columns = head.map((title, at) => ({ width: Math.min(40, Math.max(10, ...[title, ...rows.map((row) => String(row[at] ?? ''))].map((text) => 2 * [...text].length))) }))
  return write(cells, { sheet, columns, stickyRowsCount: 1 }).toBlob()
}

export function save_blob(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
