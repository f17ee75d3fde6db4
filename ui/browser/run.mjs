// The browser tests against the real program: a database that has just begun for the loop, one that has
// lived two weeks for the pages, and one of another country under its own rule pack. The servers and
// their folders are gone afterwards.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { hezhi, Installation, project, web } from './installation.mjs'

const ui = resolve(import.meta.dirname, '..')
const divisions = readdirSync(join(project, 'assets/divisions'))
  .filter((name) => name.endsWith('.csv'))
  .map((name) => join(project, 'assets/divisions', name))

const abroad = join(project, 'assets/divisions/invented/northvale.csv')
const installations = {
  HEZHI_NEW: ['--divisions', ...divisions, '--days', '0', '--people', '2'],
  HEZHI_LIVELY: ['--divisions', ...divisions, '--days', '14', '--people', '40'],
  HEZHI_ABROAD: ['--pack', 'packs/international', '--suite', 'intl', '--divisions', abroad, '--area', '900101', '--days', '3', '--people', '12'],
}

function fail(sentence) {
  console.error(`browser tests: ${sentence}`)
  process.exit(1)
}
if (!existsSync(hezhi)) fail(`there is no ${hezhi}; build the program first (./dev build) or name it in HEZHI.`)
if (!existsSync(join(web, 'index.html'))) fail(`there is no ${web}; build the pages first (npm run build).`)

const environment = { ...process.env }
for (const [name, words] of Object.entries(installations)) {
  const installation = new Installation(words)
  environment[name] = JSON.stringify(await installation.serve())
}
const files = process.argv.length > 2
  ? process.argv.slice(2)
  : readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.mjs')).map((name) => join('browser', name))
const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', ...files], { cwd: ui, env: environment, stdio: 'inherit' })
tests.on('exit', (code) => process.exit(code ?? 1))
