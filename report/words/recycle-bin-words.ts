import type { WordsByKind } from '../../core/words/kind-words.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { cut } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { placesInWords } from '../format/place.ts';

/** Whether the Recycle Bin keeps anything of these kinds: of the others it isn't told. */
export function hasRecycleBin(words: WordsByKind): boolean {
  return Object.values(words).some(({ hasRecycleBin: has }) => has);
}

/** What of a plan no Recycle Bin rule would retain; '' where all of it would be. */
export function goneForGood(
  { removals, restorable }: NonNullable<Summary['plan']>,
  words: WordsByKind,
): string {
  if (restorable >= removals) return '';
  if (!hasRecycleBin(words)) return ' It would be gone for good.';
  return restorable === 0
    ? ' No Recycle Bin rule retains any of it: it would be gone for good.'
    : ` No Recycle Bin rule retains ${formatCount(removals - restorable)} of them: gone for good.`;
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
