import { readSheet } from 'read-excel-file/universal'
import { expect, test } from 'vitest'
import { excel_blob } from './excel'
import { parse_csv } from '../../console/organizations/roster_file'
import { to_csv } from './csv'

const names = ['欧阳𬱖·㐂', '阿卜杜拉·买买提', '䶮\u{E0100}子', "O'Brien, Mary"]

test('Names come out of an Excel sheet as people have them, and texts stay texts', async () => {
  const blob = await excel_blob('记录', ['姓名', '证件', '分钟'], names.map((name, at) => [name, `0990000195001010${at}`, 30 + at]))
  const rows = await readSheet(await blob.arrayBuffer())
  expect(rows[0]).toEqual(['姓名', '证件', '分钟'])
  expect(rows.slice(1)).toEqual(names.map((name, at) => [name, `0990000195001010${at}`, 30 + at]))
})

test('What looks like a formula is a text in the sheet', async () => {
  const rows = await readSheet(await (await excel_blob('a', ['n'], [['=1+1']])).arrayBuffer())
  expect(rows[1]).toEqual(['=1+1'])
})

test('Names come out of a CSV file as people have them', () => {
  const text = to_csv(['姓名'], names.map((name) => [name]))
  expect(parse_csv(text.replace(/^\uFEFF/, '').trimEnd())).toEqual([['姓名'], ...names.map((name) => [name])])
})
