import { MARKER } from '../marker.ts';
import type { NotKept } from '../recycle-bin.ts';
import type { Summary } from '../summary.ts';
import { cut } from './layout.ts';
import { day, minute } from './moment.ts';
import { formatCount, formatNoun } from './money.ts';
import { placesInWords } from './place.ts';

const MARKER_TAG = `${MARKER.key}=${MARKER.value}`;

/** What a person can do where no rule keeps what would be removed; an account and Region follows. */
export const RULE_REMEDY: Readonly<Record<NotKept, string>> = {
  NO_RULE: `Create a Recycle Bin retention rule on the tag ${MARKER_TAG} in`,
  NOT_AVAILABLE: 'Wait until AWS has made the Recycle Bin rule available in',
  NOT_MATCHING: `Add the tag ${MARKER_TAG} to a Recycle Bin rule, or look at the rules' exclusions, in`,
  NOT_READ:
    'Permit the discovery role rbin:ListRules and rbin:GetRule, or look again if it may, in',
  NOT_LOOKED_AT: "Start another execution: the Recycle Bin's rules were not looked at in",
};

/** Whether what the plan removes could be restored. */
export function planInBin({ removals, restorable }: NonNullable<Summary['plan']>): string {
  if (restorable === removals) return 'The Recycle Bin keeps all of it for a while.';
  return restorable === 0
    ? 'No Recycle Bin rule keeps any of it: once removed, it is gone for good.'
    : `The Recycle Bin keeps ${formatCount(restorable)} of these for a while; the others are gone for good.`;
}

/** Until when what was removed can be had back. */
export function undoInWords({
  byOutcome,
  restorable,
  restorableUntil,
}: Summary['removals']): string {
  if (restorable === 0 || restorableUntil === null)
    return 'none of it is known to be in the Recycle Bin';
  const all = restorable === byOutcome.REMOVED ? '' : `${formatCount(restorable)} of them `;
  const first = restorable === 1 ? '' : ', the first ones';
  return `${all}can be undone${first} until ${minute(restorableUntil)}`;
}

/** What is in the bin costs what it cost before. */
export function binIsBilled({ restorable, restorableUntil }: Summary['removals']): string {
  return restorable === 0 || restorableUntil === null
    ? ''
    : `AWS bills what is in the Recycle Bin at the same rate: the saving begins when it leaves the bin, the first on ${day(restorableUntil)}.`;
}

/** An alarm at the head of the message. */
export function binAlarm({ notSeenInRecycleBin: lost }: Summary['removals']): string[] {
  if (lost.length === 0) return [];
  const places = placesInWords(
    lost.map(
      ({ resourceId, accountId, region }) => `${cut(resourceId, 40)} in ${accountId} ${region}`,
    ),
  );
  return [
    `ALARM: ${formatNoun(lost.length, 'removed resource')} did not appear in the Recycle Bin, though a rule should keep it: ${places}. Removal was stopped there.`,
  ];
}
