import type { SimFault } from '../../../simulation/model/fault.ts';
import { SIM_KINDS } from '../../../simulation/kinds/registry.ts';
import { ACCOUNT, defaultScenario } from '../../../simulation/scenarios/default.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';

const [VOLUMES, SNAPSHOTS] = ['ebs-volume', 'ebs-snapshot'];
const scope = { accounts: [ACCOUNT.prodPayments], regions: ['eu-west-1', 'us-east-1'] };
const { truths } = SIM_KINDS.find(({ name }) => name === VOLUMES)!;

let sweep: SimulatedSweep;
afterEach(async () => sweep.close());

async function open(faults: readonly SimFault[] = []) {
  sweep = await openSimulatedSweep(defaultScenario, { faults, kinds: [SNAPSHOTS, VOLUMES] });
}

/** What must become of each volume, by whoever made it up. */
const truthOf = () =>
  scope.regions.flatMap((region) => [
    ...truths!(sweep.organization.estate(ACCOUNT.prodPayments, region)),
  ]);
const looksAt = ({ targets }: Awaited<ReturnType<SimulatedSweep['run']>>, kind: string) =>
  targets.flatMap(({ looks }) => looks?.[kind]?.status ?? []);

it('each volume is seen as whoever made it up says, whatever keeps it', async () => {
  await open();
  const run = await sweep.run({ scope });
  expect(run.summary.status).toBe('COMPLETE');
  const found = new Map(
    run.findings.filter(({ kind }) => kind === VOLUMES).map((one) => [one.resourceId, one]),
  );
  const truth = truthOf();
  expect(truth.length).toBeGreaterThan(80);
  const seen = truth.map(({ resourceId, situation }) => {
    const { verdict, reasons } = found.get(resourceId) ?? {};
    // What is plainly in use is counted, and not listed.
    return [situation, verdict ?? 'KEEP', reasons ?? ['IN_USE']];
  });
  expect(seen).toEqual(
    truth.map(({ situation, verdict, reasons }) => [situation, verdict, reasons]),
  );
}, 60_000);

// T20. The default of `remove` is snapshots alone.
it('an input without a word of volumes removes none: no plan has one, with its last copy or without', async () => {
  await open();
  const run = await sweep.run({ scope, mode: 'delete', policy: { graceDays: 0 } });
  expect(run.summary.byKind[VOLUMES]?.stale).toBeGreaterThan(20);
  expect(run.plan.removals.length).toBeGreaterThan(0);
  for (const { kind } of [...run.plan.removals, ...run.removals]) expect(kind).toBe(SNAPSHOTS);
  for (const { resourceId } of truthOf())
    expect(
      scope.regions.some(
        (region) =>
          sweep.organization.estate(ACCOUNT.prodPayments, region).volume(resourceId) !== undefined,
      ),
    ).toBe(true);
}, 60_000);

it('a CloudWatch that denies leaves snapshots complete, and volumes a gap that is told', async () => {
  await open([{ operation: 'GetMetricData', answer: 'deny' }]);
  const run = await sweep.run({ scope });
  expect(run.summary.status).toBe('PARTIAL');
  expect(looksAt(run, SNAPSHOTS)).toEqual(['COMPLETE', 'COMPLETE']);
  expect(looksAt(run, VOLUMES)).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED']);
  const stale = run.findings.filter(({ kind, verdict }) => kind === VOLUMES && verdict === 'STALE');
  expect(stale.length).toBeGreaterThan(20);
  for (const { reasons, evidence } of stale) {
    const isOpen = evidence.unanswered?.includes('volume-metrics') ?? false;
    expect(reasons).toEqual([isOpen ? 'VOLUME_SEEN_UNATTACHED' : 'VOLUME_FAILED']);
  }
  const looking = stale.filter(({ reasons }) => reasons.includes('VOLUME_SEEN_UNATTACHED')).length;
  expect(run.summary.counts.staleUnproved).toMatchObject({ resources: looking });
  expect(run.text.replace(/\s+/g, ' ')).toMatch(
    new RegExp(`\\b${looking} of the unused .* only look so`),
  );
}, 60_000);

it('both kinds are told in one message, and what of it nobody said to delete', async () => {
  await open();
  const { text } = await sweep.run({ scope });
  expect(text).toMatch(/Unused: [\d,]+ of [\d,]+ resources/);
  expect(text).toMatch(/- Volumes: \d+ of \d+ unused, [\d.]+ TiB/);
  expect(text).toMatch(/- Snapshots: \d+ of \d+ unused, [\d.]+ TiB/);
  expect(text.replace(/\s+/g, ' ')).toMatch(
    /A person must decide \(of a kind that no run was told to delete[^)]*\): \d+ volumes/,
  );
}, 60_000);

it('where volumes are looked at, a target costs at most a third more calls', async () => {
  await open();
  const calls = ({ targets }: Awaited<ReturnType<SimulatedSweep['run']>>) =>
    targets.map(({ calls = {} }) => Object.values(calls).reduce((sum, count) => sum + count, 0));
  const both = calls(await sweep.run({ scope }));
  const one = calls(await sweep.run({ scope, kinds: [SNAPSHOTS] }));
  both.forEach((count, at) => expect(count).toBeLessThanOrEqual((one[at] ?? 0) * (4 / 3)));
}, 60_000);

it('where nobody may say which snapshots there are, no volume is planned, and none is said to have none', async () => {
  await open([{ operation: 'DescribeSnapshots', answer: 'deny' }]);
  const run = await sweep.run({
    ...{ scope, kinds: [VOLUMES], mode: 'delete', remove: [VOLUMES] },
    policy: { graceDays: 0 },
  });
  expect(run.removals).toEqual([]);
  const unattached = run.findings.filter(({ reasons }) => reasons.includes('VOLUME_UNATTACHED'));
  expect(unattached.length).toBeGreaterThan(10);
  for (const { evidence, nextStep } of unattached) {
    expect(evidence.unanswered).toEqual(['snapshots-of-volume']);
    expect(nextStep).toEqual({ name: 'copy', notBefore: null });
  }
}, 60_000);

it('where no volume could be unused, both kinds take at most a third more calls than one', async () => {
  await open();
  // Of what is there, nothing is looked at any closer.
  const noCandidates = { policy: { kinds: { [VOLUMES]: { minAgeDays: 3650 } } } };
  const callsOf = ({ targets }: Awaited<ReturnType<SimulatedSweep['run']>>) =>
    targets.map(({ calls = {} }) => calls);
  const both = callsOf(await sweep.run({ scope, ...noCandidates }));
  const one = callsOf(await sweep.run({ scope, kinds: [SNAPSHOTS] }));
  const sum = (calls: Readonly<Record<string, number>> = {}) =>
    Object.values(calls).reduce((all, count) => all + count, 0);
  expect(
    both.flatMap((calls) => Object.keys(calls).filter((name) => name.includes('MetricData'))),
  ).toEqual([]);
  both.forEach((calls, at) => expect(sum(calls)).toBeLessThanOrEqual(sum(one[at]) * (4 / 3)));
}, 60_000);
