import { language } from './language'
import { key_of_chinese, t } from './texts'

/** What a clause follows. A pack names it in one language; the names that are no law's are said in that of the page. */
export function rule_source(source: string): string {
  const parts = source.split('；').map((part) => {
    const key = key_of_chinese('rule_source', part)
    return key ? t(`rule_source.${key}`) : part
  })
  return parts.join(language.value === 'en' ? '; ' : '；')
}
