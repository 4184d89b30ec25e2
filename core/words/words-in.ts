import type { WordsByKind } from './kind-words.ts';
import { SNAPSHOT_WORDS } from './snapshot-words.ts';

/** Files that bring no words are of versions that knew one kind. */
const WORDS_OF_OLDER_FILES: WordsByKind = {
  'ebs-snapshot': { ...SNAPSHOT_WORDS, hasRecycleBin: true, isMeasurable: true },
};

/** Those that a summary brings, of the kinds that it tells of. */
export function wordsIn(summary: { readonly words?: WordsByKind | undefined }): WordsByKind {
  return summary.words ?? WORDS_OF_OLDER_FILES;
}
