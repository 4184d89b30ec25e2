import { adviceInWords } from '../report/words/charges.ts';
import { evidenceInWords, notSeenInWords } from '../report/words/evidence-words.ts';
import { wouldMakeInWords } from '../report/words/step-words.ts';
import { freesInWords, remainsInWords } from '../report/words/worth-words.ts';
import type { Finding } from '../core/model/verdict.ts';
import type { UndoWay } from '../core/outcome/undo.ts';
import type { KindWords, OwnWords, WordsByKind } from '../core/words/kind-words.ts';
import { floorsOfKeys } from './among.ts';
import { isRemovable, type Kind } from './kind.ts';
import { binOf, stepsOf } from './removal.ts';

/** What reports know these kinds by. */
export function wordsOf(kinds: readonly Kind[]): WordsByKind {
  return Object.fromEntries(kinds.map((kind) => [kind.kind, { ...kind.words, ...canDo(kind) }]));
}

function canDo(kind: Kind): Omit<KindWords, keyof OwnWords> {
  const undo = stepsOf(kind).map((step) => [step.name, step.undo] as const);
  const undoElse = stepsOf(kind).flatMap(({ name, undoElse: ways }) =>
    ways === undefined ? [] : [[name, [...ways]] as [string, UndoWay[]]],
  );
  const bin = binOf(kind);
  const ownFloors = floorsOfKeys(kind);
  return {
    ...(undo.length > 0 && { undo: Object.fromEntries(undo) }),
    ...(undoElse.length > 0 && { undoElse: Object.fromEntries(undoElse) }),
    ...(bin && { hasRecycleBin: true, recycleBin: bin.keeps }),
    ...(Object.keys(ownFloors).length > 0 && { ownFloors }),
    ...(kind.policy?.defaults && { ownDays: kind.policy.defaults }),
    ...(kind.exactSize && { isMeasurable: true }),
    ...(!isRemovable(kind) && { isOnlyReported: true }),
  };
}

/**
 * Findings as sentences, each by its own kind; what no kind knows, or its kind says nothing of, is
 * told field by field.
 */
export function inWordsOf(kinds: readonly Kind[]): (finding: Finding) => readonly string[] {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]));
  const told = wordsOf(kinds);
  return (finding) => {
    const kind = byName.get(finding.kind);
    const words = kind?.inWords?.(finding) ?? evidenceInWords(finding, kind?.words);
    const advice = adviceInWords(finding, kind?.words);
    const frees = freesInWords(finding.frees, told);
    const unseen = notSeenInWords(finding);
    const money = [...remainsInWords(finding), ...wouldMakeInWords(finding, kind?.words), ...frees];
    return [...words, ...unseen, ...advice, ...money];
  };
}
