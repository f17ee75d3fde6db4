import type { RulePack, RulePackFile } from '../../shared/api/types'

/** Every file that a pack may have besides its head. */
export const pack_file_names = [
  'activities.toml', 'area_kinds.toml', 'asking.toml', 'back_test.toml', 'calendar.toml', 'categories.toml', 'certificates.toml',
  'certification.toml', 'checks.toml', 'color_grades.toml', 'complaints.toml', 'dispatch.toml', 'hotline.toml', 'id_schemes.toml', 'incidents.toml', 'insurance.toml',
  'joining.toml', 'phones.toml', 'records.toml', 'reports.toml', 'retention.toml', 'roles.toml', 'sign_in.toml', 'staff.toml', 'stars.toml',
  'time_bank.toml', 'time_limits.toml', 'true_hours.toml',
]

const head = 'pack.toml'

/** "2026.1" → "2026.2"; without a number at its end it gets one. */
export function next_version(version: string): string {
  const match = /^(.*?)(\d+)$/.exec(version)
  return match ? `${match[1]}${Number(match[2]) + 1}` : `${version}.2`
}

/**
 * The files a draft begins with. A pack that extends another is drafted further under the next version; over one that
 * extends none, the district's own pack begins.
 */
export function first_files(pack: RulePack): RulePackFile[] {
  if (pack.extends) {
    const changed = pack.files.map((file) => ({ ...file }))
    const own = changed.find((file) => file.name === head)
    if (own) own.text = own.text.replace(/^version\s*=\s*"[^"]*"/m, `version = "${next_version(pack.pack_version)}"`)
    return changed
  }
  const lines = [
    'name = "district"',
    'version = "1"',
    `extends = "${pack.name}"`,
    'title = { zh = "", en = "" }',
    'says = { zh = "", en = "" }',
  ]
  return [{ name: head, text: `${lines.join('\n')}\n` }]
}

/** Files from disk take the place of those with the same name. */
export function laid_over(files: RulePackFile[], chosen: RulePackFile[]): RulePackFile[] {
  const names = new Set(chosen.map((file) => file.name))
  return [...files.filter((file) => !names.has(file.name)), ...chosen].sort((a, b) => (a.name < b.name ? -1 : 1))
}
