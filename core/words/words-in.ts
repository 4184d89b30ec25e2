import { type UndoWay, undoWay } from '../outcome/undo.ts';
import type { WordsByKind } from './kind-words.ts';
import { SNAPSHOT_WORDS } from './snapshot-words.ts';

/** Files that bring no words are of versions that knew one kind. */
const WORDS_OF_OLDER_FILES: WordsByKind = {
  'ebs-snapshot': {
    ...SNAPSHOT_WORDS,
    ...{ hasRecycleBin: true, isMeasurable: true, undo: { delete: 'RECYCLE_BIN' } },
    recycleBin: { resourceType: 'EBS_SNAPSHOT', mostDays: 365 },
  },
};

/** Those that a summary brings, of the kinds that it tells of. */
export function wordsIn(summary: { readonly words?: WordsByKind | undefined }): WordsByKind {
  return summary.words ?? WORDS_OF_OLDER_FILES;
}

/** Those of the removals that no Recycle Bin would keep, by how each is undone at best. */
export function undoneOtherwise(
  removals: readonly {
    kind: string;
    step?: string | undefined;
    restorableDays?: number | undefined;
    follows?: { readonly made?: string | undefined } | undefined;
  }[],
  words: WordsByKind,
): Partial<Record<UndoWay, number>> {
  const counts: Partial<Record<UndoWay, number>> = {};
  for (const { kind, step, restorableDays, follows } of removals) {
    const { undo = {}, undoElse = {} } = words[kind] ?? {};
    const name = step ?? Object.keys(undo)[0] ?? '';
    const ways = { undo: undo[name] ?? 'NONE', undoElse: undoElse[name] ?? [] } as const;
    const way = undoWay(ways, { isKept: false, made: follows?.made });
    // Without a rule that would retain it, the bin keeps nothing.
    if (restorableDays !== undefined || way === 'RECYCLE_BIN' || way === 'NONE') continue;
    counts[way] = (counts[way] ?? 0) + 1;
  }
  return counts;
}
