import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { HeldRemoval, Plan, PlannedRemoval } from '../../../core/plan/plan.ts';
import { makeSummary } from '../../../core/summary/make-summary.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import type { WordsByKind } from '../../../core/words/kind-words.ts';
import { wordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';
import {
  aPolicy,
  aRemoval,
  aRemovalOutcome,
  anOutcome,
  KIND,
  NOW,
  someCounts,
  someLimits,
} from './builders.ts';
import { anEndedExecution } from './summaries.ts';

export const VOLUMES = 'ebs-volume';
const { 'ebs-volume': volumeWords, ...others } = wordsOf(KINDS);
const { isOnlyReported: _none, ...own } = volumeWords ?? { one: '', many: '', reasons: {} };
/** As if volumes were removed, in two steps, whatever the registry has. */
export const WORDS: WordsByKind = {
  ...others,
  [VOLUMES]: {
    ...own,
    ...{ hasRecycleBin: true, undo: { copy: 'REVERSE', delete: 'RECYCLE_BIN' } },
    steps: { copy: { verb: 'copy', done: 'copied' } },
  },
};

/** Dear for its IOPS: 20,000 of them, and 4 GiB. */
export const aVolume = (id: string, given: Partial<PlannedRemoval> = {}): PlannedRemoval => ({
  ...aRemoval(),
  ...{ kind: VOLUMES, resourceId: `vol-${id}`, sizeGiB: 4, monthlyCostUsdUpTo: 1300.5 },
  ...{ step: 'delete', restorableDays: 7, reasons: ['VOLUME_UNATTACHED'] },
  ...given,
});
export const aCopy = (id: string): PlannedRemoval => {
  const { restorableDays: _days, ...volume } = aVolume(id);
  return {
    ...{ ...volume, step: 'copy', goesOn: true, sizeGiB: 250, monthlyCostUsdUpTo: 40 },
    ...{ makesMonthlyCostUsdUpTo: 12.5, makesForDays: 90 },
  };
};
const place = { accountId: aRemoval().accountId, region: aRemoval().region };
const held: HeldRemoval[] = [
  {
    ...{ ...place, kind: VOLUMES, resourceId: 'vol-held', held: ['IN_GRACE'] },
    ...{ sizeGiB: 500, monthlyCostUsdUpTo: 40, staleSince: NOW.toISOString() },
  },
  {
    ...{ ...place, kind: KIND, resourceId: 'snap-held', held: ['LAST_COPY'] },
    ...{ sizeGiB: 1000, monthlyCostUsdUpTo: 50, staleSince: NOW.toISOString() },
  },
];

export function planOfTwoKinds(given: Partial<Plan> = {}): Plan {
  return {
    ...makePlan({
      ...{ executionId: 'weekly-1', mode: 'delete', approval: 'none', now: NOW, namedPlan: null },
      ...{ policy: aPolicy(), policies: {}, limits: someLimits(), kinds: [KIND, VOLUMES] },
      ...{ outcomes: [], targets: [] },
    }),
    status: 'READY',
    removals: [
      aRemoval({ sizeGiB: 2000, monthlyCostUsdUpTo: 100, restorableDays: 14 }),
      ...[aVolume('io2'), aCopy('a'), aCopy('b')],
    ],
    held,
    ...given,
  };
}

/** Snapshots and volumes, both on their way out. */
export function twoKinds(
  mode: Summary['mode'],
  removals: readonly Partial<RemovalOutcome>[] = [],
): Summary {
  const stale = (count: number, staleGiB: number, staleMonthlyCostUsdUpTo: number) =>
    someCounts({
      ...{ resources: 10, verdicts: { STALE: count, KEEP: 10 - count, UNKNOWN: 0 } },
      ...{ staleGiB, staleMonthlyCostUsdUpTo, unpricedGiB: 0, unpricedUnsized: 0 },
    });
  const kinds = { [KIND]: stale(2, 3000, 150), [VOLUMES]: stale(4, 1004, 1420.5) };
  const plan = planOfTwoKinds({ status: mode === 'delete' ? 'READY' : 'PREVIEW' });
  const ended = anEndedExecution({ outcomes: [anOutcome({ kinds })], plan, words: WORDS });
  const input = { ...ended.input, mode, kinds: [KIND, VOLUMES] };
  return makeSummary({
    ...{ ...ended, input },
    removals: removals.map((one) => aRemovalOutcome(one)),
  });
}

/** What a delete run does with that plan. */
export function endsOfTwoKinds(): Partial<RemovalOutcome>[] {
  const [snapshot, io2, a, b] = planOfTwoKinds().removals;
  const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000).toISOString();
  const next = { nextAt: inDays(1), made: 'snap-copy' };
  const at = NOW.toISOString();
  return [
    { ...asPlanned(snapshot), outcome: 'REMOVED', at, restorableUntil: inDays(14) },
    { ...asPlanned(io2), outcome: 'REMOVED', at, restorableUntil: inDays(7) },
    { ...asPlanned(a), outcome: 'STEP_DONE', at, ...next },
    { ...asPlanned(b), outcome: 'STEP_DONE', at, ...next },
  ];
}

function asPlanned(removal: PlannedRemoval = aRemoval()): Partial<RemovalOutcome> {
  const { kind, accountId, region, resourceId, sizeGiB, monthlyCostUsdUpTo, step } = removal;
  return {
    ...{ kind, accountId, region, resourceId, sizeGiB, monthlyCostUsdUpTo },
    ...(step && { step }),
  };
}
