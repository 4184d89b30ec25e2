import type { Summary } from '../../core/summary/summary.ts';
import { restoreCommand } from '../commands/commands.ts';
import { cut } from '../format/layout.ts';
import { deletedOf } from '../format/noun.ts';
import type { NextStep } from '../parts/step.ts';
import { placesInWords } from '../format/place.ts';

/** More would be a command that nobody copies: then all that was removed is brought back. */
const MOST_IN_COMMAND = 10;

/** An alarm: what is left of these sets is no consistent copy. */
function brokenSetsAlarm(summary: Summary): string[] {
  const { removedOfBrokenSets: removed } = summary.removals;
  if (removed.length === 0) return [];
  const places = placesInWords(
    removed.map(
      ({ resourceId, accountId, region }) => `${cut(resourceId, 40)} in ${accountId} ${region}`,
    ),
  );
  return [
    `ALARM: ${deletedOf(removed.length, summary)} belonged to a crash-consistent set of which another part stays: ${places}.`,
  ];
}

/** How such sets become whole again. */
export function stepsForBrokenSets(summary: Summary): NextStep[] {
  const { removedOfBrokenSets: removed } = summary.removals;
  if (removed.length === 0) return [];
  const ids = removed.map(({ resourceId }) => resourceId);
  const command = restoreCommand(summary, ids.length > MOST_IN_COMMAND ? [] : ids);
  const deleted = deletedOf(ids.length, summary);
  return [
    {
      title: 'ALARM: sets that are not whole any more',
      what: `${brokenSetsAlarm(summary).join(' ')} Restore them, or delete the rest of these sets (removals.jsonl, reason SET_BROKEN).`,
      short: `ALARM: ${deleted} of crash-consistent sets of which a part stays (removals.jsonl, SET_BROKEN). Restore them, or delete the rest.`,
      ...(command !== null && { command: { lead: 'To restore them', command } }),
    },
  ];
}
