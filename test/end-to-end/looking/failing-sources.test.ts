import { parseScenarioFile } from '../../../simulation/scenarios/scenario-file.ts';
import { discoverTarget } from '../../../steps/discover/discover-target.ts';
import { askedOf } from '../../support/aws/asked-of.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';

const HUB = '310000000001';
const SPOKE = '310000000002';
const CLOSING = '310000000003';
const SCENARIO = {
  accounts: [
    { id: HUB },
    { id: SPOKE },
    { id: CLOSING, state: 'PENDING_CLOSURE', roles: 'MISSING' },
  ],
  regions: ['us-east-1'],
  snapshotsPerTarget: 30,
};
const FAILING = [
  'DescribeImages',
  'ListVolumesInRecycleBin',
  'ListImagesInRecycleBin',
  'DescribeLockedSnapshots',
  'DescribeFastSnapshotRestores',
];

let sweep: SimulatedSweep;
beforeAll(async () => {
  sweep = await openSimulatedSweep(parseScenarioFile(JSON.stringify(SCENARIO)), { speed: 60 });
});
afterAll(async () => sweep.close());

async function lookWith(answer: 'deny' | 'unsupported' | 'throttle' | 'expired', of = FAILING) {
  sweep.simulation.setFaults(of.map((operation) => ({ operation, accountId: SPOKE, answer })));
  return sweep.run({ scope: { accounts: [SPOKE] } });
}
const flat = (text: string) => text.replace(/\s+/g, ' ');

it('all sources that failed are told at once, with what leaves them out', async () => {
  const { summary, text } = await lookWith('unsupported');
  const [gap] = summary.coverage.gaps;
  const sources = [gap?.failure, ...(gap?.otherFailures ?? [])].map((one) => one?.source);
  expect(sources.toSorted()).toEqual([
    ...['amis', 'amis-in-recycle-bin', 'fast-restores', 'snapshot-locks', 'volumes-in-recycle-bin'],
  ]);
  expect(flat(text)).toContain('Or retry without ');
  expect(flat(text)).toContain('Check that the endpoint is that of AWS: it does not know the call');
  const [, pasted = ''] = /--input '(\{"policy":\{"skipReferences".*?\}\})'/.exec(text) ?? [];
  const input = JSON.parse(pasted) as { policy: { skipReferences: string[] } };
  expect(input.policy.skipReferences.toSorted()).toEqual(sources.toSorted());
  const again = await sweep.run({ scope: { accounts: [SPOKE] }, ...input });
  expect(again.summary.status).toBe('COMPLETE');
});

it('volumes and instances can not be left out, and no step says so', async () => {
  const { summary, text } = await lookWith('deny', ['DescribeVolumes', 'DescribeInstances']);
  expect(summary.coverage.gaps[0]).toMatchObject({
    failure: { source: 'volumes' },
    otherFailures: [{ source: 'instances' }],
  });
  expect(text).not.toContain('skipReferences');
});

it('what was throttled to the end is UNKNOWN like what was denied, never nothing', async () => {
  const denied = await lookWith('deny', ['DescribeImages']);
  const throttled = await lookWith('throttle', ['DescribeImages']);
  expect(denied.summary.coverage.gaps[0]?.status).toBe('ACCESS_DENIED');
  expect(throttled.summary.coverage.gaps[0]?.status).toBe('THROTTLED');
  expect(throttled.summary.counts.verdicts).toEqual(denied.summary.counts.verdicts);
  expect(throttled.summary.counts.verdicts.UNKNOWN).toBeGreaterThan(0);
  expect(throttled.summary.coverage.gaps[0]?.uncounted).toBeUndefined();
});

it('no late copy of the task completes what was recorded as throttled to the end', async () => {
  const { executionId } = await lookWith('throttle', ['DescribeImages']);
  sweep.simulation.setFaults([]);
  const { deps } = sweep.environment;
  const asked = await askedOf(deps.store, executionId);
  const target = { accountId: SPOKE, region: 'us-east-1', kinds: ['ebs-snapshot'] };
  await expect(discoverTarget(deps, { ...asked, target })).rejects.toThrow(/as THROTTLED/);
});

it.each(['throttle', 'deny'] as const)(
  'where the snapshots themselves are not listed (%s), no count is told as if it were all',
  async (answer) => {
    const { summary, text } = await lookWith(answer, ['DescribeSnapshots']);
    expect(summary.coverage.gaps[0]).toMatchObject({ uncounted: true });
    expect(flat(text)).not.toMatch(/\b0 of 0\b|nothing stale/);
  },
);

it('credentials that expired are renewed, and then it is looked again', async () => {
  const { text } = await lookWith('expired', ['DescribeSnapshots']);
  expect(flat(text)).toContain('Renew the credentials, which expired during the run, for');
  expect(flat(text)).toContain('(RequestExpired)');
  expect(text).toContain('--retry');
  expect(text).not.toContain('nothing to fix');
});

it('an account that is being closed is not told to deploy a role', async () => {
  sweep.simulation.setFaults([]);
  const { summary, text } = await sweep.run({ scope: { accounts: [CLOSING] } });
  expect(summary.coverage.gaps[0]).toMatchObject({
    status: 'ROLE_UNAVAILABLE',
    accountState: 'PENDING_CLOSURE',
  });
  expect(flat(text)).toContain('as the account is being closed');
  expect(text).not.toContain('Deploy the discovery role');
});
