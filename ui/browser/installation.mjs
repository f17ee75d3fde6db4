// An installation of the program: a made-up district in a folder of its own, and the server before it. All of them are
// gone when the process ends.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const ui = resolve(import.meta.dirname, '..')
export const project = resolve(ui, '..')
export const hezhi = resolve(ui, process.env.HEZHI ?? '../build/release/hezhi')
export const web = join(ui, 'dist')
const start_ms_max = 60_000
/** Two volunteers carry it out, and the new database has just two. */
const category = 'environment_clean_up'

const all = []
process.on('exit', () => all.forEach((each) => each.end()))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

/** By role; the volunteers in one list, since an order may need several. */
function by_role(path) {
  const { items } = JSON.parse(readFileSync(path, 'utf8'))
  const staff = items.filter(({ role }) => role !== 'volunteer').map((account) => [account.role, account])
  return { ...Object.fromEntries(staff), volunteers: items.filter(({ role }) => role === 'volunteer'), category }
}

/** What a command of the program prints. */
export function run_program(...words) {
  const done = spawnSync(hezhi, words, { cwd: project, encoding: 'utf8' })
  assert.equal(done.status, 0, `hezhi ${words.join(' ')}: ${done.error ?? ''}\n${done.stdout}${done.stderr}`)
  return done.stdout
}

export class Installation {
  /** `words` are those of `hezhi demo`: the days, the people, the pack; the seed, where it is not the first. */
  constructor(words) {
    this.folder = mkdtempSync(join(tmpdir(), 'hezhi-browser-'))
    all.push(this)
    this.place = ['--db', `sqlite:${this.path('sqlite')}`, '--keys', this.path('keys')]
    const seed = words.includes('--seed') ? [] : ['--seed', '1']
    this.command('demo', '--accounts', this.path('json'), ...seed, ...words)
    this.accounts = this.path('accounts.json')
    writeFileSync(this.accounts, JSON.stringify(by_role(this.path('json'))))
  }

  path(ending) {
    return join(this.folder, `hezhi.${ending}`)
  }

  /** What a command of the program prints that needs this database; a server has to be stopped before one that writes. */
  command(...words) {
    return run_program(...words, ...this.place)
  }

  /** Starts the program on ports of its own choosing and reads them from what it prints. */
  async serve() {
    // Behind a proxy, so that every page of the tests is a client with an address of its own (site.mjs).
    const listen = ['--listen-office', '127.0.0.1:0', '--listen-public', '127.0.0.1:0', '--web', web, '--trust-proxy']
    this.server = spawn(hezhi, ['serve', ...this.place, ...listen], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] })
    let errors = ''
    this.server.stderr.on('data', (text) => (errors = (errors + text).slice(-4000)))
    this.server.on('exit', this.ended = (code) => assert.fail(`hezhi serve ended with ${code}:\n${errors}`))
    const late = setTimeout(() => assert.fail(`hezhi serve printed no addresses:\n${errors}`), start_ms_max)
    const addresses = []
    for await (const line of createInterface({ input: this.server.stdout })) {
      const found = /(http:\/\/[\d.:]+)\//.exec(line)
      if (found) addresses.push(found[1])
      if (addresses.length === 2) break
    }
    clearTimeout(late)
    this.server.stdout.resume()
    return { office: addresses[0], open_side: addresses[1], accounts: this.accounts }
  }

  /** Ends the server as an operator would, so that a command may write. */
  stop() {
    this.server.off('exit', this.ended)
    return new Promise((ended) => {
      this.server.on('exit', ended)
      this.server.kill('SIGTERM')
    })
  }

  /** Nothing of its data is kept. */
  end() {
    this.server?.off('exit', this.ended)
    this.server?.kill('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }
}
