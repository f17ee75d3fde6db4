// The peer of bench_backtest: DuckDB regrades the same facts in SQL.
//
//   node backtest.mjs FOLDER PACKAGES
//
// FOLDER holds order.json (what is asked) and facts.ndjson; PACKAGES is where npm put @duckdb/node-api.
// Prints one JSON object: microseconds to load and to regrade, and what was found. Two threads.
//
// The rules of src/domain/back_tests/mechanisms.cpp in SQL: those five of the nine mechanisms that SQL
// says without a loop over each subject's facts.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const [folder, packages] = process.argv.slice(2).map((path) => resolve(path))
const { DuckDBInstance } = createRequire(join(packages, 'package.json'))('@duckdb/node-api')
const order = JSON.parse(readFileSync(join(folder, 'order.json'), 'utf8'))
const warm_runs = 5

const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
const db = await instance.connect()
const run = (sql) => db.run(sql)
const rows = async (sql) =>
  (await db.runAndReadAll(sql)).getRowObjects().map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value])),
  )
const micros = (from) => Math.round((performance.now() - from) * 1000)

// ---- Loading: one typed table, every column that any rule asks for ---------------------------------

const payload = {
  priority_class: 'VARCHAR', recipient: 'BIGINT', accepted: 'BOOLEAN',
  starts_at: 'BIGINT', ends_at: 'BIGINT', minutes: 'INTEGER', minutes_added: 'INTEGER',
  time_was: 'VARCHAR', late: 'BOOLEAN', waits: 'BOOLEAN', duty: 'BOOLEAN',
  age_years: 'INTEGER', credential: 'VARCHAR', outcome: 'VARCHAR', area_kind: 'VARCHAR',
}
const subjects = ['need', 'person', 'record', 'area']

async function load() {
  const struct = (fields) => `STRUCT(${fields.map(([name, type]) => `${name} ${type}`).join(', ')})`
  const columns = {
    position: 'BIGINT', kind: 'VARCHAR', recorded_at: 'BIGINT', occurred_at: 'BIGINT', area_path: 'VARCHAR',
    subjects: struct(subjects.map((noun) => [noun, 'BIGINT'])), payload: struct(Object.entries(payload)),
  }
  await run(`CREATE TYPE fact_kind AS ENUM (${order.kinds.map((kind) => `'${kind}'`).join(', ')})`)
  await run(`CREATE TABLE facts AS SELECT position, kind::fact_kind AS kind, recorded_at, occurred_at, area_path,
      ${subjects.map((noun) => `subjects.${noun} AS ${noun}`).join(', ')},
      ${Object.keys(payload).map((field) => `payload.${field} AS ${field}`).join(', ')}
    FROM read_json('${join(folder, 'facts.ndjson')}', format = 'newline_delimited',
      columns = {${Object.entries(columns).map(([name, type]) => `${name}: '${type}'`).join(', ')}})`)
  await run('CREATE TABLE days (day BIGINT, works BOOLEAN)')
  const works = new Set(order.working_days)
  const values = []
  for (let day = order.first_day; day <= order.last_day; ++day) values.push(`(${day}, ${works.has(day)})`)
  await run(`INSERT INTO days VALUES ${values.join(', ')}`)
}

// ---- Regrading ---------------------------------------------------------------------------------

const { from, until, before, after } = order
const known = `recorded_at < ${until}`
const inside = (at) => `${at} >= ${from} AND ${at} < ${until}`
const minutes_of = (pack, minutes) =>
  pack.released_refused ? `CASE WHEN time_was = 'employer_released' THEN 0 ELSE least(${minutes}, ${pack.minutes_max}) END` : `least(${minutes}, ${pack.minutes_max})`
const band_of = (firsts, number) => `(${['0', ...firsts.map((first) => `(${number} >= ${first})::INTEGER`)].join(' + ')})`
const stars_of = (pack, minutes) => band_of(pack.star_hours.map((hours) => hours * 60), minutes)
const clock = (done, limit) =>
  `CASE WHEN ${done} < ${until} THEN CASE WHEN ${done} <= ${limit} THEN 2 ELSE 0 END WHEN ${limit} < ${until} THEN 0 ELSE 1 END`
const limit_of = (pack, which) =>
  `reported + CASE priority_class ${pack.classes.map((one) => `WHEN '${one.key}' THEN ${one[which]}`).join(' ')} END`
const one_of = (kinds) => `kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})`

const people_kinds = [
  'person.registered', 'volunteer.registered', 'certification.granted', 'certification.recognised', 'certification.renewed',
  'certification.lapsed', 'credential.registered', 'dispute.settled', 'volunteer.left', 'person.erased', 'person.moved',
  'consent.given', 'age.noted', 'address.sealed', 'address.unsealed',
]

const regrade = [
  `CREATE OR REPLACE TEMP TABLE people AS
   SELECT person AS id,
     nullif(arg_max(coalesce(age_years, -1), position) FILTER (${one_of(['person.registered', 'consent.given', 'age.noted'])}
       OR (kind = 'dispute.settled' AND outcome = 'number_released')), -1) AS age,
     coalesce(arg_max(kind = 'volunteer.registered', position)
       FILTER (${one_of(['volunteer.registered', 'volunteer.left', 'person.erased'])}), false) AS volunteer,
     coalesce(bool_or(credential = 'social_worker'), false) AS social_worker,
     arg_max(coalesce(area_path, '/'), position) FILTER (${one_of(['person.registered', 'person.moved'])}) AS path
   FROM facts WHERE ${one_of(people_kinds)} AND person IS NOT NULL AND ${known} GROUP BY person`,

  `CREATE OR REPLACE TEMP TABLE records AS
   WITH touched AS (
     SELECT position, kind, occurred_at, person, area_path, record, time_was, minutes, minutes_added,
       coalesce(late, false) AS late, coalesce(waits, false) AS waits,
       CASE WHEN kind = 'order.checked_out' THEN occurred_at - minutes * 60000 ELSE starts_at END AS starts,
       CASE WHEN kind = 'order.checked_out' THEN occurred_at ELSE ends_at END AS ends,
       (kind = 'order.checked_out' AND NOT coalesce(duty, false)) OR ${one_of(['shift.recorded', 'record.entered'])} AS makes
     FROM facts WHERE ${one_of(['order.checked_out', 'shift.recorded', 'record.entered', 'record.corrected', 'record.confirmed'])} AND ${known}
   ), proposed AS (
     SELECT CASE WHEN makes THEN position ELSE record END AS id, position, starts, ends, minutes
     FROM touched WHERE (kind = 'record.entered' AND late) OR (kind = 'record.corrected' AND waits)
   ), settled AS (
     SELECT record AS id, position, starts, ends, minutes FROM touched WHERE kind = 'record.corrected' AND NOT waits
     UNION ALL
     SELECT c.record, c.position, p.starts, p.ends, p.minutes
     FROM touched c ASOF JOIN proposed p ON c.record = p.id AND c.position >= p.position WHERE c.kind = 'record.confirmed'
   ), latest AS (
     SELECT id, arg_max(starts, position) AS starts, arg_max(ends, position) AS ends, arg_max(minutes, position) AS minutes
     FROM settled GROUP BY id
   )
   SELECT t.position AS id, t.person, t.area_path AS path, t.occurred_at AS entered, t.time_was,
     coalesce(l.starts, t.starts) AS starts, coalesce(l.ends, t.ends) AS ends,
     coalesce(l.minutes, CASE WHEN t.late THEN 0 ELSE t.minutes END) AS minutes
   FROM touched t LEFT JOIN latest l ON l.id = t.position WHERE t.makes`,

  `CREATE OR REPLACE TEMP TABLE needs AS
   SELECT * FROM (
     SELECT need AS id,
       max(occurred_at) FILTER (kind = 'need.reported') AS reported,
       max(recipient) FILTER (kind = 'need.reported') AS person,
       arg_max(area_path, position) FILTER (${one_of(['need.reported', 'need.sealed'])}) AS path,
       arg_max(priority_class, position) FILTER (${one_of(['need.reported', 'need.triaged', 'need.reopened'])}) AS priority_class,
       arg_min(occurred_at, position) FILTER (kind = 'need.contacted') AS contacted,
       arg_max(occurred_at, position) FILTER (kind = 'need.closed' OR (kind = 'need.receipted' AND accepted)) AS closed,
       arg_max(occurred_at, position) FILTER (kind = 'need.referred') AS referred,
       count(*) FILTER (kind = 'need.reopened') AS reopened,
       arg_max(kind, position) FILTER (${one_of(['need.merged', 'need.unmerged'])}) AS merging
     FROM facts WHERE ${one_of(['need.reported', 'need.sealed', 'need.triaged', 'need.reopened', 'need.contacted', 'need.closed', 'need.receipted', 'need.referred', 'need.merged', 'need.unmerged'])}
       AND need IS NOT NULL AND ${known} GROUP BY need)
   WHERE reopened = 0 AND (merging IS NULL OR merging = 'need.unmerged') AND ${inside('reported')}`,

  `CREATE OR REPLACE TEMP TABLE day_limits AS
   WITH ranked AS (SELECT day, works, sum(works::INTEGER) OVER (ORDER BY day) AS r FROM days)
   SELECT d.day, b.day AS before_day, a.day AS after_day FROM ranked d
     JOIN ranked b ON b.works AND b.r = d.r + ${before.enter_within_days}
     JOIN ranked a ON a.works AND a.r = d.r + ${after.enter_within_days}`,

  `CREATE OR REPLACE TEMP TABLE outcomes AS
   SELECT 'service_minutes' AS mechanism, person, p.path, ${band_of(order.hour_bands, 'vb // 60')} AS rb, ${band_of(order.hour_bands, 'va // 60')} AS ra,
     vb, va, va - vb AS gain
   FROM (SELECT person, sum(${minutes_of(before, 'minutes')})::BIGINT AS vb, sum(${minutes_of(after, 'minutes')})::BIGINT AS va
         FROM records WHERE person IS NOT NULL AND ${inside('starts')} GROUP BY person) LEFT JOIN people p ON p.id = person
   UNION ALL
   SELECT 'record_entry', person, path, rb, ra, 0, 0, ra - rb FROM (
     SELECT person, path, ${clock('entered', `before_day * 86400000 - ${order.offset_ms} + ${order.closes_ms}`)} AS rb,
       ${clock('entered', `after_day * 86400000 - ${order.offset_ms} + ${order.closes_ms}`)} AS ra
     FROM records JOIN day_limits ON day = (ends + ${order.offset_ms}) // 86400000 WHERE ${inside('ends')})
   UNION ALL
   SELECT 'first_contact', person, path, rb, ra, 0, 0, ra - rb FROM (
     SELECT person, path, ${clock('contacted', `(${limit_of(before, 'first_contact_ms')})`)} AS rb,
       ${clock('contacted', `(${limit_of(after, 'first_contact_ms')})`)} AS ra FROM needs)
   UNION ALL
   SELECT 'handling', person, path, rb, ra, 0, 0, ra - rb FROM (
     SELECT person, path, ${clock('coalesce(referred, closed)', `(${limit_of(before, 'handling_ms')})`)} AS rb,
       ${clock('coalesce(referred, closed)', `(${limit_of(after, 'handling_ms')})`)} AS ra FROM needs)
   UNION ALL
   SELECT 'stars', person, p.path, rb, ra, 0, 0, ra - rb FROM (
     SELECT person, ${stars_of(before, 'm')} AS rb, ${stars_of(after, 'm')} AS ra FROM (
       SELECT r.person, coalesce(sum(m.minutes), 0) AS m
       FROM (SELECT person, arg_min(occurred_at, position) AS at, min(position) AS first
             FROM facts WHERE kind = 'volunteer.registered' AND ${known} GROUP BY person) r
       LEFT JOIN (
         SELECT position, person,
           CASE WHEN ${one_of(['record.corrected', 'record.confirmed'])} THEN coalesce(minutes_added, 0) ELSE minutes END AS minutes,
           CASE WHEN kind = 'order.checked_out' THEN occurred_at ELSE coalesce(ends_at, occurred_at) END AS ends
         FROM facts WHERE ${known} AND ((kind = 'order.checked_out' AND NOT coalesce(duty, false)) OR kind = 'shift.recorded'
           OR (kind = 'record.entered' AND NOT coalesce(late, false)) OR (kind = 'record.corrected' AND NOT coalesce(waits, false))
           OR kind = 'record.confirmed')
       ) m ON m.person = r.person AND m.position > r.first AND m.ends >= r.at
       GROUP BY r.person)) LEFT JOIN people p ON p.id = person`,

  // An area of the pack's kind on the way down the path, or the lowest.
  `CREATE OR REPLACE TEMP TABLE paths AS
   WITH parts AS (
     SELECT path, string_split(trim(path, '/'), '/') AS ids FROM (SELECT DISTINCT path FROM outcomes WHERE path IS NOT NULL)
   ), walked AS (SELECT path, unnest(ids) AS id, generate_subscripts(ids, 1) AS depth FROM parts)
   SELECT path, coalesce(arg_min(w.id, depth) FILTER (f.area_kind = '${order.area_kind}'), arg_max(w.id, depth)) AS area
   FROM walked w LEFT JOIN facts f ON f.kind = 'area.added' AND f.area = try_cast(w.id AS BIGINT) GROUP BY path`,
]

const counts = 'count(*) AS subjects, count(*) FILTER (gain > 0) AS better, count(*) FILTER (gain < 0) AS worse'
const asked = {
  parts: `SELECT mechanism, ${counts}, sum(vb)::BIGINT AS total_before, sum(va)::BIGINT AS total_after FROM outcomes GROUP BY mechanism`,
  bands: `SELECT mechanism, band, sum(b)::BIGINT AS before, sum(a)::BIGINT AS after FROM (
      SELECT mechanism, rb AS band, count(*) AS b, 0 AS a FROM outcomes GROUP BY mechanism, rb
      UNION ALL SELECT mechanism, ra, 0, count(*) FROM outcomes GROUP BY mechanism, ra) GROUP BY mechanism, band`,
  groups: `WITH placed AS (
      SELECT mechanism, gain, coalesce(a.area, '') AS area,
        CASE WHEN p.id IS NULL THEN 'unknown' WHEN age < ${order.adult_from_years} THEN 'minor' WHEN social_worker THEN 'social_worker'
          WHEN volunteer THEN 'volunteer' ELSE 'resident' END AS kind,
        CASE WHEN age IS NULL THEN -1 ELSE ${band_of(order.age_bands, 'age')} END AS age
      FROM outcomes o LEFT JOIN people p ON p.id = o.person LEFT JOIN paths a ON a.path = o.path)
    SELECT mechanism, 'area' AS grouped_by, area AS name, ${counts} FROM placed GROUP BY mechanism, area
    UNION ALL SELECT mechanism, 'kind', kind, ${counts} FROM placed GROUP BY mechanism, kind
    UNION ALL SELECT mechanism, 'age', age::VARCHAR, ${counts} FROM placed GROUP BY mechanism, age`,
}

async function regrade_once() {
  for (const sql of regrade) await run(sql)
  const found = {}
  for (const [name, sql] of Object.entries(asked)) found[name] = await rows(sql)
  return found
}

const began = performance.now()
await load()
const load_us = micros(began)
let found = await regrade_once()
const cold_us = micros(began)
const warm_us = []
for (let i = 0; i < warm_runs; ++i) {
  const at = performance.now()
  found = await regrade_once()
  warm_us.push(micros(at))
}
const [{ version }] = await rows('SELECT version() AS version')
process.stdout.write(`${JSON.stringify({ version, load_us, cold_us, warm_us, ...found })}\n`)
