import { t } from '../../shared/texts/texts'
import { use_unsaved } from '../../shared/ui/use_unsaved'
import { sure } from '../vant'

/** Asks before what was written on a page of the phone is lost; see use_unsaved. */
export function use_leaving(written: () => unknown): () => void {
  return use_unsaved(written, () => sure(t('leaving.title'), t('leaving.says'), t('leaving.leave'), t('leaving.stay'), false))
}
