import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { copiedForAmi } from '../../../simulation/kinds/ebs-snapshot/leftovers.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const REGION = 'us-east-1';
const AMI = 'ami-0a1b2c3d4e5f60718';
const CREATED = `Created by CreateImage(i-0123456789abcdef0) for ${AMI}`;
const [LEFT, COPY] = ['snap-00000000000000001', 'snap-00000000000000002'];
const DELETE = { mode: 'delete', policy: { graceDays: 0 } };

let sweep: SimulatedSweep;
let estates: SimEstate[];
afterEach(async () => sweep.close());

/** Three accounts; in the first an AMI left a snapshot, whose volume is in use, and a copy. */
async function open(accounts = 3) {
  const size = { accounts, regions: 2, snapshotsPerTarget: 8, seed: 7 };
  sweep = await openSimulatedSweep(steadyScenario(size));
  const ids = sweep.organization.accounts.map(({ id }) => id);
  estates = ids.map((id) => sweep.organization.estate(id, REGION));
  const volumeId = 'vol-0123456789abcdef0';
  const instanceId = 'i-0123456789abcdef0';
  own().putSnapshot(aSnapshot(LEFT, { volumeId, description: CREATED }));
  own().putSnapshot(aSnapshot(COPY, { volumeId: 'vol-ffffffff', description: copiedOn(200) }));
  own().putVolume({
    ...{ volumeId, sizeGiB: 8, state: 'in-use', tags: {}, createTime: daysAgo(500) },
    attachments: [{ instanceId, state: 'attached', device: '/dev/xvda' }],
  });
  own().putInstance({ instanceId, state: 'running', volumeIds: [volumeId] });
}

const own = () => estates[0]!;
const other = () => estates[1]!;
const daysAgo = (days: number) => new Date(own().now().getTime() - days * 86_400_000);
const copiedOn = (days: number) => copiedForAmi(AMI, daysAgo(days));

function aSnapshot(snapshotId: string, over: Partial<SimSnapshot>): SimSnapshot {
  return {
    ...{ snapshotId, ownerId: own().accountId, volumeId: '', state: 'completed' },
    ...{ startTime: daysAgo(200), volumeSizeGiB: 8, fullSizeBytes: 2 ** 32 },
    ...{ storageTier: 'standard', encrypted: false, description: '', tags: {} },
    ...{ public: false, sharedWith: [], productCodes: [] },
    ...over,
  };
}

const register = (estate: SimEstate, state: 'available' | 'pending' = 'available') =>
  estate.putImage({
    ...{ imageId: AMI, ownerId: estate.accountId, name: 'web', state, snapshotIds: [] },
  });

type Ran = Awaited<ReturnType<SimulatedSweep['run']>>;
const plannedIn = ({ plan }: Pick<Ran, 'plan'>) =>
  plan.removals.map(({ resourceId }) => resourceId).filter((id) => [LEFT, COPY].includes(id));
const heldIn = ({ plan }: Ran) =>
  plan.held.filter(({ resourceId }) => [LEFT, COPY].includes(resourceId)).map(({ held }) => held);
const findingIn = ({ findings }: Ran) => findings.find(({ resourceId }) => resourceId === LEFT);

it('what an AMI left behind goes, last of its volume or not, and whatever has the volume', async () => {
  await open();
  const run = await sweep.run(DELETE);
  expect(plannedIn(run).toSorted()).toEqual([LEFT, COPY]);
  expect(own().snapshot(LEFT)).toBeUndefined();
  expect(own().snapshot(COPY)).toBeUndefined();
  expect(findingIn(run)).toMatchObject({
    ...{ verdict: 'STALE', reasons: ['AMI_GONE'] },
    evidence: {
      originAmi: { amiId: AMI, by: 'CreateImage', isThere: false },
      lineage: { uncounted: 'LEFT_BEHIND' },
    },
  });
}, 60_000);

it('an AMI of another account by that id keeps it, in any Region, and the finding says whose', async () => {
  await open();
  const [, account] = sweep.organization.accounts;
  const far = account!.regions.find(({ name }) => name !== REGION)!.name;
  register(sweep.organization.estate(other().accountId, far));
  const run = await sweep.run(DELETE);
  expect(plannedIn(run)).toEqual([]);
  expect(heldIn(run)).toEqual([['USED_BY_ANOTHER_ACCOUNT'], ['USED_BY_ANOTHER_ACCOUNT']]);
  expect(findingIn(run)?.evidence.usedByOtherAccounts).toMatchObject([
    { accountId: other().accountId, source: 'amis', by: AMI },
  ]);
}, 60_000);

it('a copy for another place that keeps what CopyImage wrote is no leftover of an AMI here', async () => {
  await open();
  const id = 'snap-00000000000000005';
  own().putSnapshot(
    aSnapshot(id, {
      ...{ volumeId: 'vol-ffffffff', description: copiedOn(200), startTime: daysAgo(100) },
    }),
  );
  const run = await sweep.run(DELETE);
  expect(own().snapshot(id)).toBeDefined();
  expect(run.findings.find(({ resourceId }) => resourceId === id)).toMatchObject({
    ...{ verdict: 'KEEP', reasons: ['COPY_ORIGIN_UNKNOWN'] },
  });
}, 60_000);

it.each(['DescribeImages', 'ListImagesInRecycleBin'])(
  'where %s is denied in another account, it waits for a run that sees all, and the message says so',
  async (operation) => {
    await open();
    const { accountId } = other();
    sweep.simulation.setFaults([{ operation, accountId, answer: 'deny' }]);
    const run = await sweep.run(DELETE);
    expect(plannedIn(run)).toEqual([]);
    expect(heldIn(run)).toEqual([['OTHERS_NOT_SEEN'], ['OTHERS_NOT_SEEN']]);
    expect(run.text.replaceAll(/\s+/g, ' ')).toMatch(
      /Scan all accounts that could use others' snapshots \(2 snapshots, .* OTHERS_NOT_SEEN\)/,
    );
    // What needs nobody else goes.
    expect(run.plan.removals.length).toBeGreaterThan(0);
  },
  60_000,
);

it('one account alone can’t tell, and nothing of it goes', async () => {
  await open();
  const run = await sweep.run({ ...DELETE, scope: { accounts: [own().accountId] } });
  expect(heldIn(run)).toEqual([['OTHERS_NOT_SEEN'], ['OTHERS_NOT_SEEN']]);
}, 60_000);

it('a denied AMI listing makes its own target’s snapshots unknown', async () => {
  await open();
  const { accountId, region } = own();
  sweep.simulation.setFaults([{ operation: 'DescribeImages', accountId, region, answer: 'deny' }]);
  const run = await sweep.run(DELETE);
  expect(plannedIn(run)).toEqual([]);
  const here = run.findings.filter((one) => one.accountId === accountId && one.region === region);
  expect(here.map(({ verdict }) => verdict)).not.toContain('STALE');
  expect(here.filter(({ verdict }) => verdict === 'UNKNOWN').length).toBeGreaterThan(0);
}, 60_000);

it('a named plan is carried out only as far as nothing elsewhere has shown since', async () => {
  await open();
  const report = await sweep.run({ policy: { graceDays: 0 } });
  expect(plannedIn(report).toSorted()).toEqual([LEFT, COPY]);
  register(other());
  const run = await sweep.run({ ...DELETE, plan: report.executionId });
  expect(plannedIn(run)).toEqual([]);
  expect(own().snapshot(LEFT)).toBeDefined();
}, 60_000);

it.each([
  ['restored', () => register(own())],
  ['registered, and under way', () => register(own(), 'pending')],
  [
    'registered anew from what was left',
    () =>
      own().putImage({
        ...{ imageId: 'ami-0fffffffffffffff1', ownerId: own().accountId, name: 'again' },
        ...{ state: 'available' as const, snapshotIds: [LEFT, COPY] },
      }),
  ],
])(
  'an AMI that is %s between the plan and the removal keeps it',
  async (_, act) => {
    await open();
    const report = await sweep.run({ policy: { graceDays: 0 } });
    let listings = 0;
    // The first is of the scan, by page; those by filter are of the second look.
    sweep.simulation.onBeforeCall = ({ operation, accountId, region }) => {
      if (operation !== 'DescribeSnapshots' || accountId !== own().accountId) return;
      if (region === REGION && (listings += 1) === 3) act();
    };
    const run = await sweep.run({ ...DELETE, plan: report.executionId });
    expect(plannedIn(run)).toHaveLength(2);
    expect(
      run.removals.filter(({ resourceId }) => [LEFT, COPY].includes(resourceId)),
    ).toMatchObject([{ outcome: 'NO_LONGER_STALE' }, { outcome: 'NO_LONGER_STALE' }]);
    expect(own().snapshot(LEFT)).toBeDefined();
    expect(own().snapshot(COPY)).toBeDefined();
  },
  60_000,
);

it('what was planned as left behind is not removed for its volume, once the AMI is back', async () => {
  await open();
  const [id, newer] = ['snap-00000000000000003', 'snap-00000000000000004'];
  const volumeId = 'vol-0aaaaaaaaaaaaaaaa';
  own().putSnapshot(aSnapshot(id, { volumeId, description: CREATED }));
  own().putSnapshot(aSnapshot(newer, { volumeId, startTime: daysAgo(100) }));
  const report = await sweep.run({ policy: { graceDays: 0 } });
  let listings = 0;
  sweep.simulation.onBeforeCall = ({ operation, accountId, region }) => {
    if (operation !== 'DescribeSnapshots' || accountId !== own().accountId) return;
    if (region === REGION && (listings += 1) === 3) register(own());
  };
  const run = await sweep.run({ ...DELETE, plan: report.executionId });
  expect(run.removals.find(({ resourceId }) => resourceId === id)).toMatchObject({
    outcome: 'NOT_ATTEMPTED',
  });
  expect(own().snapshot(id)).toBeDefined();
}, 60_000);
