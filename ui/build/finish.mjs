// After `vite build`: writes the service worker's file list, presses every file, holds the size budget.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url).pathname
const press_bytes_min = 1024 // below this the headers outweigh what pressing saves
const phone_home_kb_max = 80
const needs_list_kb_max = 150

const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))

/** Every file that opening the named sources transfers: their own, what they import, their styles. */
function transferred(...sources) {
  const seen = new Set()
  const files = new Set()
  const visit = (name) => {
    if (seen.has(name)) return
    seen.add(name)
    const chunk = manifest[name]
    if (!chunk) throw new Error(`${name} is not in the build`)
    files.add(chunk.file)
    for (const style of chunk.css ?? []) files.add(style)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  sources.forEach(visit)
  return [...files]
}

function all_files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? all_files(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

// The phone's own chunks: everything reachable from its entry, lazily loaded pages too.
function reachable(name, seen = new Set()) {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const next of [...(manifest[name].imports ?? []), ...(manifest[name].dynamicImports ?? [])]) reachable(next, seen)
  return seen
}

const phone_files = [...new Set(transferred(...reachable('m/index.html')))].filter((file) => !file.endsWith('.html'))
const kept = ['/m/', '/m/manifest.webmanifest', '/m/icon.svg', ...phone_files.map((file) => `/${file}`)]
const build_name = `hezhi-${createHash('sha256').update(kept.join('\n')).digest('hex').slice(0, 12)}`
const worker = join(dist, 'm/sw.js')
writeFileSync(
  worker,
  readFileSync(worker, 'utf8').replace('__BUILD__', build_name).replace('__FILES__', JSON.stringify(kept)),
)

for (const file of all_files(dist)) {
  if (file.includes('/.vite/') || /\.(br|gz)$/.test(file) || statSync(file).size <= press_bytes_min) continue
  const plain = readFileSync(file)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
  writeFileSync(`${file}.br`, brotliCompressSync(plain, { params }))
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }))
}

function transferred_kb(files) {
  const sizes = files.map((file) => {
    const path = join(dist, file)
    return statSync(statSync(path).size > press_bytes_min ? `${path}.br` : path).size
  })
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

const html_of = (name, page) => [...new Set([...transferred(...name), page])].filter((file) => file === page || !file.endsWith('.html'))
const figures = [
  ['phone home', html_of(['m/index.html', 'phone/home/Home.vue'], 'm/index.html'), phone_home_kb_max],
  [
    'console needs list after sign-in',
    html_of(['index.html', 'console/sign_in/SignIn.vue', 'console/shell/Shell.vue', 'console/needs/Needs.vue'], 'index.html'),
    needs_list_kb_max,
  ],
]

let over = false
for (const [name, files, kb_max] of figures) {
  const kb = transferred_kb(files)
  over ||= kb > kb_max
  console.log(`${name}: ${kb.toFixed(1)} kB brotli of ${kb_max} kB, ${files.length} files`)
}
const total = all_files(dist).filter((file) => !file.includes('/.vite/') && !/\.(br|gz)$/.test(file))
console.log(`whole dist: ${total.length} files, largest ${largest(total)}`)
rmSync(join(dist, '.vite'), { recursive: true })
if (over) {
  console.error('The size budget is exceeded.')
  process.exit(1)
}

function largest(files) {
  const first = files.map((file) => [statSync(file).size, relative(dist, file)]).sort((a, b) => b[0] - a[0])[0]
  return `${first[1]} ${(first[0] / 1000).toFixed(0)} kB plain`
}
