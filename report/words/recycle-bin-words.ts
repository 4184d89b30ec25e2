import type { UndoWay } from '../../core/outcome/undo.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { cut } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { placesInWords } from '../format/place.ts';

/** Whether the Recycle Bin keeps anything of these kinds: of the others it isn't told. */
export function hasRecycleBin(words: WordsByKind): boolean {
  return Object.values(words).some(({ hasRecycleBin: has }) => has);
}

const UNDONE: readonly (readonly [UndoWay, string])[] = [
  ['REVERSE', 'can be undone (orgsweep restore)'],
  ['MADE', 'can be made again from a copy, under a new id (orgsweep restore)'],
  ['RECREATION', 'can be created anew, under a new id'],
  ['ATTEMPT', 'may come back, without guarantee'],
];

/** How one that is gone comes back where no Recycle Bin has it, a sentence; undefined: nobody knows how. */
export function otherWayBack(undo: UndoWay | undefined): string | undefined {
  const words = UNDONE.find(([way]) => way === undo)?.[1];
  return words && `It ${words}.`;
}

/**
 * How what no Recycle Bin keeps is undone, sentences; none where none of it is.
 *
 * @param all how many no bin keeps
 * @param restorable how many others are told before
 */
export function undoneInWords(
  {
    undoneOtherwise: ways = {},
  }: { readonly undoneOtherwise?: Partial<Record<UndoWay, number>> | undefined },
  all: number,
  restorable = 0,
): string[] {
  const ofAll = restorable === 0 ? 'It' : `The other ${formatCount(all)}`;
  const told = UNDONE.flatMap(([way, words]) => {
    const count = ways[way] ?? 0;
    return count === 0 ? [] : [{ count, words }];
  });
  const gone = all - told.reduce((sum, { count }) => sum + count, 0);
  if (told.length === 0) return [];
  return [
    ...told.map(({ count, words }) => `${count === all ? ofAll : formatCount(count)} ${words}.`),
    ...(gone > 0 ? [`${formatCount(gone)} would be gone for good.`] : []),
  ];
}

/** How many of those that no bin keeps come back whatever happens, if as another one. */
export function undoneForSure({ REVERSE = 0, MADE = 0 }: Partial<Record<UndoWay, number>>): number {
  return REVERSE + MADE;
}

/** How many removals of a plan delete: the others take a step before that. */
export function deletedBy({ removals, inSteps = 0 }: NonNullable<Summary['plan']>): number {
  return removals - inSteps;
}

/** What of a plan no Recycle Bin rule would retain; '' where all of it would be. */
export function goneForGood(plan: NonNullable<Summary['plan']>, words: WordsByKind): string {
  const { restorable } = plan;
  const removals = deletedBy(plan);
  if (restorable >= removals) return '';
  const otherwise = undoneInWords(plan, removals - restorable, restorable);
  if (otherwise.length > 0) return ` ${otherwise.join(' ')}`;
  if (!hasRecycleBin(words)) return ' It would be gone for good.';
  return restorable === 0
    ? ' No Recycle Bin rule retains any of it: it would be gone for good.'
    : ` ${formatCount(removals - restorable)} of them cannot be restored: no Recycle Bin rule.`;
}

/** An alarm. */
export function binAlarm({ notSeenInRecycleBin: lost }: Summary['removals']): string[] {
  if (lost.length === 0) return [];
  const places = placesInWords(
    lost.map(
      ({ resourceId, accountId, region }) => `${cut(resourceId, 40)} in ${accountId} ${region}`,
    ),
  );
  return [
    `ALARM: ${formatNoun(lost.length, 'deleted resource')} did not appear in the Recycle Bin, although a rule should retain it: ${places}. Deletion was stopped there.`,
  ];
}
