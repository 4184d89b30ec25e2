import { KINDS } from '../../../kinds/registry.ts';
import { SIM_KINDS } from '../../../simulation/kinds/registry.ts';
import type { SimFault } from '../../../simulation/model/fault.ts';
import { ACCOUNT, defaultScenario } from '../../../simulation/scenarios/default.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';

const [AMIS, SNAPSHOTS] = ['ami', 'ebs-snapshot'];
const scope = { accounts: [ACCOUNT.prodPayments], regions: ['eu-west-1', 'us-east-1'] };
const { truths } = SIM_KINDS.find(({ name }) => name === AMIS)!;

let sweep: SimulatedSweep;
afterEach(async () => sweep.close());

async function open(
  faults: readonly SimFault[] = [],
  kinds: readonly string[] = [SNAPSHOTS, AMIS],
) {
  sweep = await openSimulatedSweep(defaultScenario, { faults, kinds });
}
const THREE_KINDS = KINDS.map(({ kind }) => kind);

/** What must become of each AMI, by whoever made it up. */
const truthOf = () =>
  scope.regions.flatMap((region) => [
    ...truths!(sweep.organization.estate(ACCOUNT.prodPayments, region)),
  ]);
type Run = Awaited<ReturnType<SimulatedSweep['run']>>;
const amisOf = ({ findings }: Run) =>
  new Map(findings.filter(({ kind }) => kind === AMIS).map((one) => [one.resourceId, one]));
const looksAt = ({ targets }: Run, kind: string) =>
  targets.flatMap(({ looks }) => looks?.[kind]?.status ?? []);

it('each AMI is seen as whoever made it up says, whatever keeps it', async () => {
  await open();
  const run = await sweep.run({ scope });
  const found = amisOf(run);
  const sources = run.summary?.skippableSources;
  expect(sources).toEqual([...new Set(sources)]);
  const truth = truthOf();
  expect(truth.length).toBeGreaterThan(80);
  const seen = truth.map(({ resourceId, situation }) => {
    const { verdict, reasons } = found.get(resourceId) ?? {};
    // What is plainly in use is counted, and not listed.
    return [situation, verdict ?? 'KEEP', reasons ?? []];
  });
  const isListed = ({ reasons: [reason = ''] }: (typeof truth)[number]) =>
    !['USED_BY_INSTANCE', 'LAUNCHED_LATELY'].includes(reason);
  expect(seen).toEqual(
    truth.map((one) => [one.situation, one.verdict, isListed(one) ? one.reasons : []]),
  );
}, 60_000);

it('the bin is looked into before the AMIs that all kinds share, and after them', async () => {
  await open([], THREE_KINDS);
  const asked = new Map<string, string[]>();
  sweep.simulation.onBeforeCall = ({ operation, region }) => {
    if (/^(?:DescribeImages|ListImagesInRecycleBin)$/.test(operation))
      asked.set(region, [...(asked.get(region) ?? []), operation]);
  };
  await sweep.run({ scope });
  const [bin, amis] = ['ListImagesInRecycleBin', 'DescribeImages'];
  expect([...asked.values()]).toEqual(scope.regions.map(() => [bin, amis, bin]));
}, 60_000);

it('the snapshots of AMIs count once, at the AMIs, where all AMIs that name them are unused', async () => {
  await open();
  const run = await sweep.run({ scope, kinds: [AMIS] });
  const stale = [...amisOf(run).values()].filter(({ verdict }) => verdict === 'STALE');
  const isStale = (id: string) => stale.some(({ resourceId }) => resourceId === id);
  const frees = new Map(
    stale.flatMap((one) => (one.frees ?? []).map((freed) => [freed.resourceId, freed])),
  );
  const counted = [...frees.values()].filter(({ holders }) => holders.every(isStale));
  expect(counted.length).toBeGreaterThan(0);
  // One of the two that have the same snapshots is in use.
  expect(frees.size).toBeGreaterThan(counted.length);
  expect(counted.some(({ holders }) => holders.length > 1)).toBe(true);
  const told = run.targets.flatMap(({ kinds }) => kinds?.[AMIS]?.frees?.[SNAPSHOTS] ?? []);
  const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);
  expect(sum(told.map(({ resources }) => resources))).toBe(counted.length);
  expect(sum(told.map(({ unpriced }) => unpriced))).toBe(0);
  const usd = sum(told.map(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo));
  expect(usd).toBeGreaterThan(0);
  // AMIs themselves cost nothing: all that is told of them is their snapshots'.
  expect(run.summary.byKind[AMIS]?.staleMonthlyCostUsdUpTo).toBeCloseTo(usd, 2);
}, 60_000);

it('no snapshot is told as freed that something else keeps', async () => {
  await open();
  const { findings, targets } = await sweep.run({ scope });
  const own = new Map(
    findings.filter(({ kind }) => kind === SNAPSHOTS).map((one) => [one.resourceId, one]),
  );
  const stale = findings.filter(({ kind, verdict }) => kind === AMIS && verdict === 'STALE');
  const named = stale.flatMap(({ evidence }) => evidence['snapshots'] as string[]);
  const frees = stale.flatMap((one) => one.frees ?? []).map(({ resourceId }) => resourceId);
  // What is due to its AMI, besides that it is there.
  const endsWithIt = ['USED_BY_AMI', 'IN_USE', 'COPY_ORIGIN_UNKNOWN'];
  const otherwise = (id: string) =>
    (own.get(id)?.reasons ?? []).filter((reason) => !endsWithIt.includes(reason));
  expect(frees.length).toBeGreaterThan(0);
  expect(named.filter((id) => otherwise(id).length > 0).length).toBeGreaterThan(0);
  expect(frees.filter((id) => otherwise(id).length > 0)).toEqual([]);
  const told = targets.flatMap(({ kinds }) => kinds?.[AMIS]?.frees?.[SNAPSHOTS]?.resources ?? []);
  expect(told.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(new Set(frees).size);
}, 60_000);

it('a denied AMI listing makes snapshots UNKNOWN', async () => {
  await open([], THREE_KINDS);
  const usual = await sweep.run({ scope });
  sweep.simulation.setFaults([{ operation: 'DescribeImages', answer: 'deny' }]);
  const run = await sweep.run({ scope });
  expect(looksAt(run, AMIS)).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED']);
  expect(looksAt(run, SNAPSHOTS)).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED']);
  const verdicts = ({ findings }: Run) =>
    new Map(
      findings
        .filter(({ kind }) => kind === SNAPSHOTS)
        .map(({ resourceId, verdict, reasons }) => [resourceId, { verdict, reasons }]),
    );
  const [before, now] = [verdicts(usual), verdicts(run)];
  const stale = [...before].filter(([, { verdict }]) => verdict === 'STALE');
  // What an AMI left behind may be kept for its volume, or as a copy, besides.
  const ofVolumes = stale.filter(([, { reasons }]) => !reasons.includes('AMI_GONE'));
  expect(ofVolumes.length).toBeGreaterThan(0);
  for (const [id] of ofVolumes)
    expect(now.get(id)).toEqual({ verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] });
  expect([...now.values()].filter(({ verdict }) => verdict === 'STALE')).toEqual([]);
}, 60_000);

it('a denied snapshot listing leaves AMI verdicts complete with their money null', async () => {
  await open([{ operation: 'DescribeSnapshots', answer: 'deny' }], THREE_KINDS);
  const run = await sweep.run({ scope });
  expect(looksAt(run, SNAPSHOTS)).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED']);
  expect(looksAt(run, AMIS)).toEqual(['COMPLETE', 'COMPLETE']);
  const found = amisOf(run);
  const unused = truthOf().filter(({ verdict }) => verdict === 'STALE');
  for (const { resourceId } of unused) expect(found.get(resourceId)?.verdict).toBe('STALE');
  const frees = unused.flatMap(({ resourceId }) => found.get(resourceId)?.frees ?? []);
  expect(frees.length).toBeGreaterThan(0);
  for (const { monthlyCostUsdUpTo } of frees) expect(monthlyCostUsdUpTo).toBeNull();
}, 60_000);

it.each(['DescribeImageAttribute', 'DescribeSpotFleetRequests', 'ListImageRecipes'])(
  'a denied source that only AMIs use leaves snapshots complete: %s',
  async (operation) => {
    await open([{ operation, answer: 'deny' }], THREE_KINDS);
    const run = await sweep.run({ scope });
    expect(looksAt(run, SNAPSHOTS)).toEqual(['COMPLETE', 'COMPLETE']);
    const snapshots = run.findings.filter(({ kind }) => kind === SNAPSHOTS);
    expect(snapshots.filter(({ verdict }) => verdict === 'STALE').length).toBeGreaterThan(0);
    expect(snapshots.filter(({ verdict }) => verdict === 'UNKNOWN')).toEqual([]);
    expect(looksAt(run, AMIS)).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED']);
    const found = amisOf(run);
    for (const { resourceId, verdict } of truthOf())
      if (verdict === 'STALE')
        expect(found.get(resourceId)?.reasons).toEqual(['REFERENCES_INCOMPLETE']);
  },
  60_000,
);
