import { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import {
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
  tally,
} from '../../support/removal-sweep.ts';

/** What went wrong elsewhere when something failed, each once. See `incidents.test.ts`. */
const TWO_ACCOUNTS = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 });
const SPOKE = '310000000002';

let sweep: RemovalSweep;
const open = async (options: RemovalSweepOptions = {}) => {
  sweep = await openRemovalSweep({ scenario: TWO_ACCOUNTS, ...options });
};
const spokeEstate = () => {
  const estate = sweep.estates.find(({ accountId }) => accountId === SPOKE);
  if (estate === undefined) throw new Error('no spoke');
  return estate;
};
afterEach(async () => sweep.close());

const LISTINGS = [
  'DescribeSnapshots',
  'DescribeVolumes',
  'DescribeInstances',
  'DescribeImages',
  'DescribeLaunchTemplates',
  'DescribeLaunchConfigurations',
  'DescribeLockedSnapshots',
  'DescribeFastSnapshotRestores',
  'ListClusters',
  'ListImagesInRecycleBin',
  'ListVolumesInRecycleBin',
];

it.each(LISTINGS)(
  'tags that could not be read were taken for missing, and a bucket was deleted: while %s answers errors, nothing goes',
  async (operation) => {
    await open({ faults: [{ operation, accountId: SPOKE, answer: 'error' }] });
    const { summary, plan } = await sweep.run('mine');
    expect(plan?.removals.filter(({ accountId }) => accountId === SPOKE)).toEqual([]);
    expect(spokeEstate().deletedSnapshotIds().size).toBe(0);
    // The other account doesn't wait for it.
    expect(sweep.gone().length).toBeGreaterThan(0);
    expect(summary?.status).toBe('PARTIAL');
  },
);

it('one undeletable item was tried again without an end, and seven of nine accounts waited: each has an end, and the others go', async () => {
  await open({ faults: [{ operation: 'DeleteSnapshot', accountId: SPOKE, answer: 'error' }] });
  const { removals, summary } = await sweep.run('mine');
  const [ofSpoke, others] = [true, false].map((isSpoke) =>
    removals.filter(({ accountId }) => (accountId === SPOKE) === isSpoke),
  );
  expect(tally(ofSpoke ?? [])).toEqual({ 'FAILED RETRIES_EXHAUSTED': ofSpoke?.length });
  expect(tally(others ?? [])).toEqual({ REMOVED: others?.length });
  expect(others?.length).toBeGreaterThan(0);
  expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
});

it('backups made by hand were deleted by the id of their volume, and users put up a deny of their own: so does the deletion role, against what orgsweep has not seen', async () => {
  await open();
  const planned = (await sweep.run('preview', { mode: 'report' })).plan?.removals ?? [];
  const [victim] = planned.filter(({ accountId }) => accountId === SPOKE);
  const id = victim?.resourceId ?? '';
  sweep.simulation.onBeforeCall = ({ operation, accountId }) => {
    // After the last look: only the role's policy can still keep it.
    if (operation === 'CreateTags' && accountId === SPOKE && spokeEstate().snapshot(id)) {
      spokeEstate().tagSnapshot(id, { 'orgsweep:protect': 'by hand' });
    }
  };
  const { removals } = await sweep.run('mine');
  expect(spokeEstate().snapshot(id)).toBeDefined();
  expect(removals.find(({ resourceId }) => resourceId === id)?.outcome).not.toBe('REMOVED');
  expect(spokeEstate().deletedSnapshotIds().size).toBeGreaterThan(0);
});

it('nobody had sight of the errors: each failed account is in the message with its cause, and in targets.jsonl with the error and the request id', async () => {
  const operation = 'DescribeSnapshots';
  await open({ faults: [{ operation, accountId: SPOKE, answer: 'deny' }] });
  const { published, status } = await sweep.run('mine', { mode: 'report' });
  expect(status).toBe('FAILED');
  const words = published?.Message.replace(/\s+/g, ' ');
  expect(words).toContain(SPOKE);
  // In words; AWS's own code is on the page and in targets.jsonl.
  expect(words).toContain('permission denied');
  const lines = (await sweep.store.get('executions/mine/targets.jsonl'))?.body.split('\n') ?? [];
  const targets = lines.filter(Boolean).map((line) => TargetOutcome.parse(JSON.parse(line)));
  const failed = targets.find(({ accountId }) => accountId === SPOKE);
  expect(failed?.status).toBe('ACCESS_DENIED');
  expect(failed?.failure).toMatchObject({
    code: 'UnauthorizedOperation',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
});
