import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { RulePack } from '../../shared/api/types'
import { first_files, laid_over, next_version, pack_file_names } from './draft'

const pack = (values: Partial<RulePack>) => ({ name: 'base', pack_version: '2026.1', extends: '', files: [], ...values }) as RulePack

it('counts the version up at its end', () => {
  expect(next_version('2026.1')).toBe('2026.2')
  expect(next_version('9')).toBe('10')
  expect(next_version('spring')).toBe('spring.2')
})

it('begins the own pack over one that extends none', () => {
  const files = first_files(pack({}))
  expect(files).toHaveLength(1)
  expect(files[0]!.text).toContain('extends = "base"')
})

it('goes on with the own files under the next version', () => {
  const files = first_files(pack({
    name: 'district', extends: 'base', pack_version: '3',
    files: [{ name: 'pack.toml', text: 'name = "district"\nversion = "3"\n' }, { name: 'records.toml', text: 'x' }],
  }))
  expect(files[0]!.text).toBe('name = "district"\nversion = "4"\n')
  expect(files[1]!.text).toBe('x')
})

it('lets a chosen file take the place of the one with its name', () => {
  const files = laid_over([{ name: 'pack.toml', text: 'a' }, { name: 'records.toml', text: 'b' }], [{ name: 'records.toml', text: 'c' }, { name: 'asking.toml', text: 'd' }])
  expect(files.map((file) => `${file.name} ${file.text}`)).toEqual(['asking.toml d', 'pack.toml a', 'records.toml c'])
})

it('offers every file that a pack of this project has', () => {
  const of = (pack: string) => readdirSync(join(import.meta.dirname, '../../../packs', pack))
  const files = new Set([...of('base'), ...of('international')].filter((name) => name !== 'pack.toml'))
  expect([...pack_file_names].sort()).toEqual([...files].sort())
})
