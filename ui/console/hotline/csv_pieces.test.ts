import { expect, test } from 'vitest'
import { decode, rows_of } from './csv_pieces'

test('Rows keep their line in the file, and line ends inside quotation marks', () => {
  expect(rows_of('a,b\r\n"x\ny",1\n\nlast,2')).toEqual([
    { text: 'a,b', line: 1 },
    { text: '"x\ny",1', line: 2 },
    { text: 'last,2', line: 5 },
  ])
  expect(rows_of('')).toEqual([])
})

test('A file is read as UTF-8, else as GB18030', () => {
  expect(decode(new TextEncoder().encode('\ufeff工单').buffer as ArrayBuffer)).toBe('工单')
  expect(decode(new Uint8Array([0xb9, 0xa4, 0xb5, 0xa5]).buffer)).toBe('工单')
})
