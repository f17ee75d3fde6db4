// Unit tests of pages see every text at once.
import { whole_texts } from '../shared/texts/texts'

await whole_texts()
