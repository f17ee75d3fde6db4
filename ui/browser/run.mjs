// The browser tests against the real program: a database that has just begun for the loop, one that has
// lived two weeks for the pages, and one of another country under its own rule pack. The servers and
// their folders are gone afterwards.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const ui = resolve(import.meta.dirname, '..')
const project = resolve(ui, '..')
const hezhi = resolve(ui, process.env.HEZHI ?? '../build/release/hezhi')
const web = join(ui, 'dist')
const divisions = readdirSync(join(project, 'assets/divisions'))
  .filter((name) => name.endsWith('.csv'))
  .map((name) => join(project, 'assets/divisions', name))
const start_ms_max = 20_000
/** Two volunteers carry it out, and the new database has just two. */
const category = 'environment_clean_up'

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

const folder = mkdtempSync(join(tmpdir(), 'hezhi-browser-'))
const servers = []

function stop() {
  for (const server of servers) server.kill('SIGKILL') // nothing of its data is kept
  rmSync(folder, { recursive: true, force: true })
}
process.on('exit', stop)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

/** By role; the volunteers in one list, since an order may need several. */
function by_role(path) {
  const { items } = JSON.parse(readFileSync(path, 'utf8'))
  const staff = items.filter(({ role }) => role !== 'volunteer').map((account) => [account.role, account])
  return { ...Object.fromEntries(staff), volunteers: items.filter(({ role }) => role === 'volunteer'), category }
}

function make(name, words) {
  const path = (file) => join(folder, `${name}.${file}`)
  const location = ['--db', `sqlite:${path('sqlite')}`, '--keys', path('keys')]
  const made = spawnSync(
    hezhi,
    ['demo', ...location, '--accounts', path('json'), ...words, '--seed', '1'],
    { cwd: project, encoding: 'utf8' },
  )
  if (made.status !== 0) fail(`hezhi demo ended with ${made.status ?? made.error}:\n${made.stdout}${made.stderr}`)
  writeFileSync(path('accounts.json'), JSON.stringify(by_role(path('json'))))
  return { location, accounts: path('accounts.json') }
}

/** Starts the program on ports of its own choosing and reads them from what it prints. */
function serve(location) {
  return new Promise((answer) => {
    // Behind a proxy, so that every page of the tests is a client with an address of its own (site.mjs).
    const listen = ['--listen-office', '127.0.0.1:0', '--listen-public', '127.0.0.1:0', '--web', web, '--trust-proxy']
    const server = spawn(hezhi, ['serve', ...location, ...listen], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] })
    servers.push(server)
    let errors = ''
    server.stderr.on('data', (text) => (errors = (errors + text).slice(-4000)))
    const late = setTimeout(() => fail(`hezhi serve printed no addresses:\n${errors}`), start_ms_max)
    server.on('exit', (code) => fail(`hezhi serve ended with ${code}:\n${errors}`))
    const addresses = []
    createInterface({ input: server.stdout }).on('line', (line) => {
      const found = /(http:\/\/[\d.:]+)\//.exec(line)
      if (found) addresses.push(found[1])
      if (addresses.length < 2) return
      clearTimeout(late)
      answer({ office: addresses[0], open_side: addresses[1] })
    })
  })
}

const environment = { ...process.env }
for (const [name, words] of Object.entries(installations)) {
  const { location, accounts } = make(name, words)
  environment[name] = JSON.stringify({ ...(await serve(location)), accounts })
}
const files = process.argv.length > 2
  ? process.argv.slice(2)
  : readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.mjs')).map((name) => join('browser', name))
const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', ...files], { cwd: ui, env: environment, stdio: 'inherit' })
tests.on('exit', (code) => {
  for (const server of servers) server.removeAllListeners('exit')
  process.exit(code ?? 1)
})
