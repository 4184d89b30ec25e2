import { sizedScenario } from '../../../simulation/scenarios/sized.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';

/** An earlier execution's plan gives the list; what else an execution goes by, it asks for itself. */
const TWO = sizedScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 40, seed: 5 });

let sweep: RemovalSweep;
let first = '';
let second = '';
beforeEach(async () => {
  sweep = await openRemovalSweep({ scenario: TWO });
  [first = '', second = ''] = sweep.estates.map(({ accountId }) => accountId);
});
afterEach(async () => sweep.close());

const idsOf = (removals: readonly { resourceId: string }[] = []) =>
  removals.map(({ resourceId }) => resourceId);
const goneIn = (accountId: string) => [
  ...(sweep.estates.find((estate) => estate.accountId === accountId)?.deletedSnapshotIds() ?? []),
];

it("an account's own policy holds again: what may not be removed now stays", async () => {
  await sweep.run('report', { mode: 'report' });
  const { plan } = await sweep.run('apply', {
    plan: 'report',
    policyOverrides: [{ accounts: [second], policy: { neverRemove: true } }],
  });
  expect(goneIn(first).length).toBeGreaterThan(0);
  expect(goneIn(second)).toEqual([]);
  expect(plan?.held.some((one) => one.held.includes('REMOVAL_NOT_ALLOWED'))).toBe(true);
});

it('the grace holds again, and so do the limits', async () => {
  const report = await sweep.run('report', { mode: 'report' });
  const inGrace = await sweep.run('early', { plan: 'report', policy: { graceDays: 14 } });
  expect([inGrace.plan?.status, sweep.gone()]).toEqual(['EMPTY', []]);
  const limits = { maxRemovalsPerAccount: 2 };
  const limited = await sweep.run('limited', { plan: 'report', limits });
  expect(limited.plan?.removals).toHaveLength(4);
  expect(idsOf(report.plan?.removals)).toEqual(
    expect.arrayContaining(idsOf(limited.plan?.removals)),
  );
  const refused = await sweep.run('refused', { plan: 'report', limits: { maxRemovals: 1 } });
  expect(refused.summary?.status).toBe('PLAN_REFUSED');
  expect(sweep.gone()).toEqual(idsOf(limited.plan?.removals).toSorted());
});

it('what became stale since is not removed, whatever else allows it', async () => {
  const report = await sweep.run('report', { mode: 'report', scope: { accounts: [first] } });
  const { plan } = await sweep.run('apply', { plan: 'report' });
  expect(goneIn(first).toSorted()).toEqual(idsOf(report.plan?.removals).toSorted());
  expect(goneIn(second)).toEqual([]);
  const held = plan?.held.filter(({ accountId }) => accountId === second) ?? [];
  expect(held.length).toBeGreaterThan(0);
  expect(held.every((one) => one.held.includes('NOT_IN_NAMED_PLAN'))).toBe(true);
});

it('a target that got among those to be worked on has nothing removed: only the plan counts', async () => {
  await sweep.run('report', { mode: 'report', scope: { accounts: [first] } });
  const { writeLines } = sweep.store;
  const [, other] = sweep.estates;
  sweep.store.writeLines = async (key, lines) => {
    if (!key.endsWith('removal-targets.jsonl')) return writeLines(key, lines);
    const given: string[] = [];
    for await (const line of lines) given.push(line);
    const more = JSON.stringify({ accountId: other?.accountId, region: other?.region });
    return writeLines(key, [...given, more]);
  };
  const { summary } = await sweep.run('apply', { plan: 'report' });
  expect(goneIn(first).length).toBeGreaterThan(0);
  expect(goneIn(second)).toEqual([]);
  expect(summary?.status).toBe('COMPLETE');
});
