import { describe, expect, test } from 'vitest'
import { cell, to_csv } from './csv'

describe('A table to take home', () => {
  const rows: [string | number, string][] = [
    ['海滩清洁', '海滩清洁'],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['+86', "'+86"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['甲,乙', '"甲,乙"'],
    ['两\n行', '"两\n行"'],
    [-5, '-5'],
  ]
  test.each(rows)('writes %j as %j', (value, written) => {
    expect(cell(value)).toBe(written)
  })

  test('begins with the mark by which spreadsheets know Chinese', () => {
    expect(to_csv(['分钟'], [[90]])).toBe('\uFEFF分钟\r\n90\r\n')
  })
})
