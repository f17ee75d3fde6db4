import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const ui = join(import.meta.dirname, '../..')
const pages = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return pages(path)
    return entry.name.endsWith('.vue') ? [path] : []
  })
/** A level as these pages write it: `V${…}`, or somebody's own beside its name. */
const shows_a_level = /`V\$\{|certification\.\$\{person\.certification\}/

test('Every page that names a level says that it is no national qualification', () => {
  const found = ['console', 'phone', 'shared']
    .flatMap((folder) => pages(join(ui, folder)))
    .filter((path) => shows_a_level.test(readFileSync(path, 'utf8')))
  expect(found.length).toBeGreaterThanOrEqual(5)
  const silent = found.filter((path) => !readFileSync(path, 'utf8').includes('<LevelNotice'))
  expect(silent.map((path) => relative(ui, path))).toEqual([])
})
