import { hubOption } from '../hub-name.ts';
import { MARKER } from '../marker.ts';
import type { NotKept } from '../recycle-bin.ts';
import type { Summary, WithoutRule } from '../summary.ts';
import { wrap } from './layout.ts';
import { formatCount, formatNoun } from './money.ts';
import { placesInWords, step } from './step.ts';

const MARKER_TAG = `${MARKER.key}=${MARKER.value}`;

/** What a person can do where no rule keeps what would be removed. */
const REMEDY: Readonly<Record<NotKept, string>> = {
  NO_RULE: `create a Recycle Bin retention rule on the tag ${MARKER_TAG} in`,
  NOT_AVAILABLE: 'wait until AWS has made the Recycle Bin rule available in',
  NOT_MATCHING: `add the tag ${MARKER_TAG} to a Recycle Bin rule, or look at the rules' exclusions, in`,
  NOT_READ: 'permit the discovery role rbin:ListRules and rbin:GetRule in',
  NOT_LOOKED_AT: "start another execution: the Recycle Bin's rules were not looked at in",
};

export function stepsForRecycleBin(targets: readonly WithoutRule[]): string[][] {
  const steps = (Object.keys(REMEDY) as NotKept[]).flatMap((why) => {
    const places = targets.filter((target) => target.why === why);
    if (places.length === 0) return [];
    const named = placesInWords(places.map(({ accountId, region }) => `${accountId} ${region}`));
    return [step(`NO_RECYCLE_BIN_RULE: ${REMEDY[why]} ${named}.`)];
  });
  if (steps.length > 0)
    steps.push(step('policy.requireRecycleBin false would remove these with no way back.'));
  return steps;
}

/** Whether what the plan removes could be restored. */
export function planInBin({ removals, restorable }: NonNullable<Summary['plan']>): string[] {
  if (removals === 0) return [];
  const kept =
    restorable === removals
      ? 'The Recycle Bin keeps all of it for a while.'
      : restorable === 0
        ? 'No Recycle Bin rule keeps any of it: once removed, it is gone for good.'
        : `The Recycle Bin keeps ${formatCount(restorable)} of these for a while; the others are gone for good.`;
  return wrap(kept, '  ');
}

/** What can be restored of what was removed, and what went missing on its way to the bin. */
export function removalsInBin({ removals, executionId, hubName }: Summary): string[] {
  const { byOutcome, restorable, restorableUntil } = removals;
  if (byOutcome.REMOVED === 0) return [];
  // Without, the command would look into a folder.
  const where = hubName === null ? '' : ` ${hubOption(hubName)}`;
  const until = restorableUntil?.slice(0, 16).replace('T', ' ') ?? '';
  const back =
    restorable === 0
      ? 'Nothing of it is known to be in the Recycle Bin.'
      : `In the Recycle Bin: ${formatCount(restorable)}, the first until ${until} UTC. To get it back: orgsweep restore ${executionId}${where}`;
  return wrap(back, '  ');
}

/** The alarm at the head of the message. */
export function binAlarm({ notSeenInRecycleBin: lost }: Summary['removals']): string[] {
  if (lost.length === 0) return [];
  const places = placesInWords(
    lost.map(({ resourceId, accountId, region }) => `${resourceId} in ${accountId} ${region}`),
  );
  return [
    `ALARM: ${formatNoun(lost.length, 'removed resource')} did not appear in the Recycle Bin, though a rule should keep it: ${places}. Removal was stopped there.`,
  ];
}

export function stepsAfterAlarm({ notSeenInRecycleBin: lost }: Summary['removals']): string[][] {
  if (lost.length === 0) return [];
  return [
    step(
      "NOT_SEEN_IN_RECYCLE_BIN: find out why the Recycle Bin's rule did not keep what was removed, before another delete execution.",
    ),
  ];
}
