import type { Summary } from '../summary.ts';
import { restoreCommand } from './commands.ts';
import { cut } from './layout.ts';
import { formatNoun } from './money.ts';
import type { Step } from './next-steps.ts';
import { placesInWords } from './place.ts';

/** More would be a command that nobody copies: then all that was removed is brought back. */
const MOST_IN_COMMAND = 10;

/** An alarm at the head of the message: what is left of these sets is no consistent copy. */
export function brokenSetsAlarm({ removedOfBrokenSets: removed }: Summary['removals']): string[] {
  if (removed.length === 0) return [];
  const places = placesInWords(
    removed.map(
      ({ resourceId, accountId, region }) => `${cut(resourceId, 40)} in ${accountId} ${region}`,
    ),
  );
  return [
    `ALARM: ${formatNoun(removed.length, 'removed snapshot')} belonged to a crash-consistent set of which another part stays: ${places}.`,
  ];
}

/** How such sets become whole again. */
export function stepsForBrokenSets(summary: Summary): Step[] {
  const { removedOfBrokenSets: removed } = summary.removals;
  if (removed.length === 0) return [];
  const ids = removed.map(({ resourceId }) => resourceId);
  const command = restoreCommand(summary, ids.length > MOST_IN_COMMAND ? [] : ids);
  return [
    {
      what: `Bring back the ${formatNoun(ids.length, 'removed snapshot')} of sets that are left in part, or delete the rest of these sets (removals.jsonl, reason SET_BROKEN).`,
      ...(command !== null && { command: { lead: 'Command', command } }),
    },
  ];
}
