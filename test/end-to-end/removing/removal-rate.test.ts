import { DeleteSnapshotCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type NotedRequest, noteRequests } from '../../support/aws/noted-requests.ts';
import {
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
  tally,
} from '../../support/removal-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

/** AWS allows 100 DeleteSnapshot at once, then 5 a second, to all of the account together. */
const BUCKET = { capacity: 100, refillPerSecond: 5 };
const MANY = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 1200, seed: 5 });
/** More are removed than the bucket holds. */
const SOME = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 600, seed: 5 });

let sweep: RemovalSweep;
const noted: NotedRequest[] = [];
const sent = (operation: string) => noted.filter((request) => request.operation === operation);
const throttled = (operation: string) => sweep.simulation.calls.throttled[`ec2:${operation}`] ?? 0;

async function open(removalsPerSecond: number, options: RemovalSweepOptions = {}): Promise<void> {
  noted.length = 0;
  sweep = await openRemovalSweep({
    scenario: MANY,
    ...options,
    deps: (deps) => ({
      ...noteRequests(deps, noted),
      settings: { ...deps.settings, removalsPerSecond },
    }),
  });
}
afterEach(async () => sweep.close());

/** Removals a second, from the first to the last. */
function rateOf(requests: readonly NotedRequest[]): number {
  const [first, last] = [requests[0]?.at ?? 0, requests.at(-1)?.at ?? 0];
  return (requests.length - 1) / ((last - first) / 1000);
}

it('is polite by default: two a second, below what AWS allows, and none is throttled', async () => {
  await open(2, { scenario: SOME });
  const { removals } = await sweep.run('mine');
  expect(removals.length).toBeGreaterThan(BUCKET.capacity);
  expect(tally(removals)).toEqual({ REMOVED: removals.length });
  expect(throttled('DeleteSnapshot')).toBe(0);
  expect(rateOf(sent('DeleteSnapshot'))).toBeLessThanOrEqual(2);
  expect(rateOf(sent('DeleteSnapshot'))).toBeGreaterThan(1.6);
});

it('finds the rate that AWS allows where the setting is far above it, and loses nothing', async () => {
  await open(50);
  const { removals } = await sweep.run('mine');
  expect(removals.length).toBeGreaterThan(200);
  expect(tally(removals)).toEqual({ REMOVED: removals.length });
  const requests = sent('DeleteSnapshot');
  expect(throttled('DeleteSnapshot')).toBe(requests.length - removals.length);
  expect(throttled('DeleteSnapshot')).toBeLessThan(0.05 * removals.length);
  // What the bucket held is gone after two seconds; from then on the refill is all there is.
  const steady = requests.slice(1.5 * BUCKET.capacity);
  expect(rateOf(steady)).toBeGreaterThan(0.6 * BUCKET.refillPerSecond);
});

it('leaves other users of the account their share of the bucket, and loses nothing', async () => {
  await open(50);
  const others = otherUser();
  sweep.simulation.onBeforeCall = async ({ operation }) => {
    if (operation === 'CreateTags') await others.drain(BUCKET.capacity);
    if (operation === 'DeleteSnapshot') await others.act(4);
  };
  const { removals } = await sweep.run('mine');
  expect(tally(removals)).toEqual({ REMOVED: removals.length });
  const requests = sent('DeleteSnapshot');
  expect(requests.length - removals.length).toBeLessThan(0.1 * removals.length);
  expect(rateOf(requests)).toBeLessThan(1.5);
  expect(others.throttled / others.calls).toBeLessThan(0.2);
});

it('slows down for a throttled CreateTags, too', async () => {
  await open(20, {
    scenario: SOME,
    faults: [{ operation: 'CreateTags', answer: 'throttle', calls: { from: 1, to: 3 } }],
  });
  const { removals } = await sweep.run('mine');
  expect(tally(removals)).toEqual({ REMOVED: removals.length });
  expect(rateOf(sent('DeleteSnapshot').slice(0, 20))).toBeLessThan(4);
});

it('speeds up again with each removal that AWS accepts once it throttles no more', async () => {
  await open(2, {
    faults: [{ operation: 'DeleteSnapshot', answer: 'throttle', calls: { from: 1, to: 5 } }],
    scenario: steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 200, seed: 5 }),
  });
  const { removals } = await sweep.run('mine');
  expect(removals.length).toBeGreaterThan(25);
  expect(tally(removals)).toEqual({ REMOVED: removals.length });
  const requests = sent('DeleteSnapshot');
  expect(rateOf(requests.slice(5, 10))).toBeLessThan(0.4);
  expect(rateOf(requests.slice(-6))).toBeGreaterThan(1);
});

it('sits out minutes in which every request is throttled, each one right after a fresh look', async () => {
  await open(2, {
    faults: [{ operation: 'DeleteSnapshot', answer: 'throttle', calls: { from: 1, to: 24 } }],
    scenario: steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 60, seed: 5 }),
  });
  const { removals } = await sweep.run('mine');
  expect(tally(removals)).toEqual({ REMOVED: removals.length });
  let checkedAt = -Infinity;
  let removedAt = Infinity;
  const agesAtTheSlowest: number[] = [];
  for (const { operation, at } of noted) {
    if (operation === 'DescribeVolumes') checkedAt = at;
    if (operation !== 'DeleteSnapshot') continue;
    expect(at - checkedAt).toBeLessThanOrEqual(12_000);
    if (at - removedAt > 9_000) agesAtTheSlowest.push(at - checkedAt);
    removedAt = at;
  }
  expect(agesAtTheSlowest).not.toEqual([]);
  // Made not long before its removal, instead of right after the one before.
  expect(Math.max(...agesAtTheSlowest)).toBeLessThan(7_000);
});

/** Somebody else's script in the same account, with its own requests for the same API. */
function otherUser() {
  const { endpoint, credentials } = sweep.simulation;
  const region = sweep.ids[0]?.split('/')[1] ?? '';
  const ec2 = new EC2Client({ endpoint, credentials, region, maxAttempts: 1 });
  const counts = { calls: 0, throttled: 0 };
  let actedUntil = sweep.clock.now().getTime();
  let acting = false;
  const remove = async () => {
    counts.calls += 1;
    const error: unknown = await ec2
      .send(new DeleteSnapshotCommand({ SnapshotId: 'snap-0123456789abcdef0' }))
      .catch((reason: unknown) => reason);
    if ((error as Error).name === 'RequestLimitExceeded') counts.throttled += 1;
  };
  /** What it does goes through the same hook. */
  const undisturbed = async (work: () => Promise<void>) => {
    if (acting) return;
    acting = true;
    await work().finally(() => (acting = false));
  };
  return {
    get calls() {
      return counts.calls;
    },
    get throttled() {
      return counts.throttled;
    },
    /** All that the bucket holds, once. */
    drain: async (tokens: number) =>
      undisturbed(async () => {
        if (counts.calls === 0) await Promise.all(Array.from({ length: tokens }, remove));
        actedUntil = sweep.clock.now().getTime();
      }),
    /** So many requests a second since it last acted. */
    act: async (perSecond: number) =>
      undisturbed(async () => {
        const until = sweep.clock.now().getTime();
        for (; actedUntil + 1000 / perSecond <= until; actedUntil += 1000 / perSecond)
          await remove();
      }),
  };
}
