import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { first_groups } from '../../build/first_texts'
import generated from '../generated/catalogue.json'
import en from './en.json'
import { first_language } from './language'
import zh from './zh-CN.json'

type Texts = Record<string, Record<string, string>>
const flat = (texts: Texts) =>
  new Map<string, string>(Object.entries(texts).flatMap(([group, rows]) => Object.entries(rows).map(([key, text]): [string, string] => [`${group}.${key}`, text])))
const chinese = flat(zh)
const english = flat(en)

/** What may stand in Latin letters on a Chinese page: class, certification and risk marks, and placeholders. */
const allowed = /\{\w+\}|\b(P[1-4]|V[0-4]|R[1-4]|QR|PIN)\b/g
const ui = join(import.meta.dirname, '../..')

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [path] : []
  })
}
const code = ['console', 'phone', 'shared'].flatMap((folder) => sources(join(ui, folder)))

describe('The text catalogue', () => {
  test('has every key in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  test('has no empty text', () => {
    expect([...chinese, ...english].filter(([, text]) => !text)).toEqual([])
  })

  test('uses the same placeholders in both languages', () => {
    const names = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join()
    expect([...chinese].filter(([key, text]) => names(text) !== names(english.get(key) ?? '')).map(([key]) => key)).toEqual([])
  })

  test('has no Latin words in Chinese', () => {
    expect([...chinese].filter(([, text]) => /[A-Za-z]/.test(text.replace(allowed, '')))).toEqual([])
  })

  test('has no Chinese in English', () => {
    expect([...english].filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([])
  })

  test('has every key that a page names', () => {
    const named = code.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([a-z_]+\.\w+)'/g)].map((found) => found[1]!))
    expect(named.length).toBeGreaterThan(200)
    expect([...new Set(named)].filter((key) => !chinese.has(key))).toEqual([])
  })

  test('has the group of every key that a page puts together', () => {
    const groups = code.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bt\(`([a-z_]+)\.\w*\$\{/g)].map((found) => found[1]!))
    expect([...new Set(groups)].filter((group) => !(group in zh))).toEqual([])
  })

  test('holds all the Chinese that pages show', () => {
    // Language names stand in their own language, and headings as they stand in the files that
    // people bring; comments are not shown.
    const shown = code.filter((path) => !/(LanguageSwitch\.vue|dates\.ts|roster_file\.ts)$/.test(path)).filter((path) => {
      const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|<!--[\s\S]*?-->/g, '')
      return /\p{Script=Han}/u.test(text)
    })
    expect(shown).toEqual([])
  })

  test('names everything that a fact holds', () => {
    const payloads = [...readFileSync(join(ui, '../docs/reference/facts.md'), 'utf8').matchAll(/^\| [a-z_.]+ \| \d+ \| (.+) \|$/gm)]
    expect(payloads.length).toBeGreaterThan(80)
    const keys = payloads.flatMap(([, payload]) => [...payload!.matchAll(/(\w+): \w+/g)].map((found) => found[1]!))
    expect([...new Set(keys)].filter((key) => !chinese.has(`fact_key.${key}`))).toEqual([])
  })

  test('of the program has both languages for every label', () => {
    const groups = [generated.states.need, generated.states.order, generated.actions, generated.facts, generated.roles]
    for (const [key, label] of groups.flatMap((group) => Object.entries(group) as [string, { zh: string; en: string }][])) {
      expect(label.zh, key).toMatch(/\p{Script=Han}/u)
      expect(label.en, key).toMatch(/^[^\p{Script=Han}]+$/u)
    }
  })
})

describe('The first pages of the phone', () => {
  /** What these sources import at once; pages that are fetched later do not count. */
  function imported(path: string, seen = new Set<string>()): Set<string> {
    if (seen.has(path)) return seen
    seen.add(path)
    for (const [, name] of readFileSync(path, 'utf8').matchAll(/^import .*?from '(\.[^'?]+)'/gm)) {
      const found = [name!, `${name}.ts`].map((file) => join(path, '..', file)).find((file) => /\.(vue|ts)$/.test(file) && existsSync(file))
      if (found) imported(found, seen)
    }
    return seen
  }

  test('say nothing that stands outside the first texts', () => {
    const pages = ['phone/main.ts', 'phone/home/Home.vue', 'phone/sign_in/SignIn.vue'].map((page) => join(ui, page))
    const groups = pages.flatMap((page) => [...imported(page)]).flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bt\(\s*['`]([a-z_]+)\.|text: '([a-z_]+)\.|says: '([a-z_]+)\./g)].map((found) => found[1] ?? found[2] ?? found[3]))
    expect(new Set(groups).size).toBeGreaterThan(5)
    expect([...new Set(groups)].filter((group) => !first_groups.includes(group!))).toEqual([])
  })
})

describe('The language', () => {
  const rows: [string, string | null, string][] = [
    ['', null, 'zh-CN'],
    ['?lang=en', null, 'en'],
    ['?lang=zh-CN', 'en', 'zh-CN'],
    ['', 'en', 'en'],
    ['?lang=fr', null, 'zh-CN'],
  ]
  test.each(rows)('of the address %j, remembered %j, is %s', (search, stored, language) => {
    expect(first_language(search, stored)).toBe(language)
  })
})
