import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { csv_of, decode, headings, parse_csv, recognise } from './roster_file'

const bytes = (...codes: number[]) => new Uint8Array(codes)

describe('A list from a file', () => {
  test('is UTF-8 with or without its mark, and GB18030 otherwise', () => {
    const utf8 = new TextEncoder().encode('姓名𬱖㐂·')
    expect(decode(utf8)).toBe('姓名𬱖㐂·')
    expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8]))).toBe('姓名𬱖㐂·')
    expect(decode(bytes(0xd0, 0xd5, 0xc3, 0xfb))).toBe('姓名')
  })

  test('may quote commas, line ends and quotes', () => {
    expect(parse_csv('a,"b,1\n2","c""d"\r\ne,,\n')).toEqual([['a', 'b,1\n2', 'c"d'], ['e', '', '']])
  })

  test('is recognised by its Chinese headings below a title', () => {
    const roster = recognise([['夕阳红队名单', '', ''], ['序号', '姓 名*', '联系电话', '身份证号码'], ['1', '欧阳𬱖', '13900000001', ''], ['', '', '', '']])
    expect(roster?.rows).toEqual([{ row: 3, name: '欧阳𬱖', id_number: '', phone: '13900000001', birth_date: '' }])
    expect(roster?.recognised).toEqual({ name: '姓 名*', phone: '联系电话', id_number: '身份证号码' })
    expect(roster?.ignored).toEqual(['序号'])
    expect(recognise([['甲', '乙'], ['1', '2']])).toBeUndefined()
  })

  test('may be headed in English and bring the birth date, written with the year first', () => {
    const roster = recognise([['Full name', 'Phone', 'Date of Birth'], ['Ann Reed', '07700900101', '1980/2/9'], ['Bo Lind', '', '1985年12月3日'], ['Cy Hall', '', '9 Feb 1980']])
    expect(roster?.rows.map((row) => row.birth_date)).toEqual(['1980-02-09', '1985-12-03', '9 Feb 1980'])
    expect(roster?.ignored).toEqual([])
  })

  test('is handed back without formulas', () => {
    expect(csv_of([['=1+1', '阿"㐂']])).toBe('\uFEFF"\'=1+1","阿""㐂"\r\n')
  })

  test('has the same headings as the command line does', () => {
    const source = readFileSync(join(import.meta.dirname, '../../../src/domain/organizations/roster_file.cpp'), 'utf8')
    const columns = [...source.slice(source.indexOf('> headings{{')).split('}};', 1)[0]!.matchAll(/\{("[^}]+)\}/g)]
    const theirs = columns.map(([, list]) => [...list!.matchAll(/"([^"]+)"/g)].map(([, heading]) => heading))
    expect(theirs).toEqual(Object.values(headings))
  })
})
