import { DAY_MS } from '../../../core/model/age.ts';
import type { PlannedRemoval } from '../../../core/plan/plan.ts';
import { FINAL_COPY_OF } from '../../../core/tags/final-copy.ts';
import { ACCOUNT, defaultScenario } from '../../../simulation/scenarios/default.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import {
  openSimulatedSweep,
  SNAPSHOT,
  type SimulatedSweep,
  type SweepFiles,
} from '../../support/simulated-sweep.ts';

const VOLUME = 'ebs-volume';
const REGION = 'eu-west-1';
const BOTH = {
  scope: { accounts: [ACCOUNT.prodPayments], regions: [REGION] },
  kinds: [SNAPSHOT, VOLUME],
  remove: [SNAPSHOT, VOLUME],
  mode: 'delete',
  policy: { graceDays: 0, requireUndo: false, allowLastCopy: true },
  limits: { maxStalePercent: 100, maxStalePercentPerAccount: 100, maxRemovalsPerTarget: 500 },
};

let sweep: SimulatedSweep;
afterEach(async () => sweep.close());

const clock = makeManualClock(new Date());
const later = (days: number) => clock.advance(days * DAY_MS);
const estate = () => sweep.organization.estate(ACCOUNT.prodPayments, REGION);
const idsOf = (of: readonly Pick<PlannedRemoval, 'kind' | 'resourceId'>[], kind: string) =>
  of.flatMap((one) => (one.kind === kind ? [one.resourceId] : []));
const finalCopies = ({ findings }: SweepFiles) =>
  findings.filter(({ kind, tags }) => kind === SNAPSHOT && Object.hasOwn(tags, FINAL_COPY_OF));

const heldAsLast = ({ plan }: SweepFiles) =>
  plan.held.filter(({ held }) => held.includes('LAST_COPY_OF_REMOVED_VOLUME'));

/** No plan has a snapshot of a volume that goes, or went lately: it may be the one that was relied on. */
function expectCopyLeft({ plan, findings }: SweepFiles, gone: readonly string[]): void {
  const leaving = new Set([...gone, ...idsOf(plan.removals, VOLUME)]);
  const planned = new Set(idsOf(plan.removals, SNAPSHOT));
  const going = findings.filter(
    ({ kind, resourceId, evidence }) =>
      kind === SNAPSHOT && planned.has(resourceId) && leaving.has(String(evidence['volumeId'])),
  );
  expect(going).toEqual([]);
}

it('a volume goes by a copy and by the bin, and the copy stays for its 90 days and no longer', async () => {
  sweep = await openSimulatedSweep(defaultScenario, {
    kinds: [SNAPSHOT, VOLUME],
    ...{ clock, maxChildren: 1 },
  });
  const copied = await sweep.run(BOTH);
  const made = copied.removals.flatMap((one) =>
    one.outcome === 'STEP_DONE' ? (one.made ?? []) : [],
  );
  expect(made.length).toBeGreaterThan(3);

  expectCopyLeft(copied, []);
  expect(heldAsLast(copied).length).toBeGreaterThan(0);

  later(2);
  const deleted = await sweep.run(BOTH);
  const gone = idsOf(
    deleted.removals.filter(({ outcome }) => outcome === 'REMOVED'),
    VOLUME,
  );
  expect(gone.length).toBeGreaterThan(3);
  expectCopyLeft(deleted, []);

  const stay = async (days: number) => {
    later(days);
    const run = await sweep.run(BOTH);
    expect(idsOf(run.plan.removals, SNAPSHOT).filter((id) => made.includes(id))).toEqual([]);
    for (const { verdict, reasons } of finalCopies(run))
      expect([verdict, reasons]).toEqual(['KEEP', expect.arrayContaining(['FINAL_COPY'])]);
    return run;
  };
  expectCopyLeft(await stay(1), gone);
  // Whoever brings such a volume back has a copy of it beside the one that orgsweep made.
  const month = await stay(30);
  expectCopyLeft(month, gone);
  expect(heldAsLast(month).length).toBeGreaterThan(0);
  await stay(50);

  later(12);
  const expired = await sweep.run(BOTH);
  const ended = finalCopies(expired).filter(({ verdict }) => verdict === 'STALE');
  expect(ended.length).toBeGreaterThan(3);
  for (const { reasons, evidence } of ended) {
    expect(reasons).toEqual(['FINAL_COPY_EXPIRED']);
    expect(estate().volume(String(evidence['volumeId']))).toBeUndefined();
  }
  const removed = idsOf(
    expired.removals.filter(({ outcome }) => outcome === 'REMOVED'),
    SNAPSHOT,
  );
  expect(ended.filter(({ resourceId }) => removed.includes(resourceId))).toEqual(ended);
}, 240_000);
