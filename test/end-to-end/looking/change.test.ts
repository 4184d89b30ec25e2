import { noFloors } from '../../../core/floors/floors.ts';
import type { StaleChange } from '../../../core/history/stale-change.ts';
import { Timeline } from '../../../core/summary/timeline.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { applyAct } from '../../../simulation/acts.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { ServiceError } from '../../../simulation/services/call/service.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { planRemovals } from '../../../steps/plan/plan-removals.ts';
import { fencedStore } from '../../../store/fenced-store.ts';
import { readChange } from '../../../steps/plan/stale-change.ts';
import { askedOf } from '../../support/aws/asked-of.ts';
import { withEstates } from '../../support/organizations/altered-estates.ts';
import {
  type Ended,
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
} from '../../support/removal-sweep.ts';

const SOME = sizedScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 40, seed: 5 });
const TWO = sizedScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 30, seed: 5 });
const REPORT = { mode: 'report' };
const NONE = { removed: 0, gone: 0, usedAgain: 0, newlyProtected: 0, newlyStale: 0 };

let sweep: RemovalSweep;
let estate: SimEstate;
afterEach(async () => sweep.close());

async function open(options: RemovalSweepOptions = {}) {
  sweep = await openRemovalSweep({ scenario: SOME, ...options });
  const [first] = sweep.estates;
  if (first === undefined) throw new Error('no target');
  estate = first;
}

async function report(executionId: string): Promise<Ended> {
  await sweep.clock.sleep(3_600_000);
  return sweep.run(executionId, REPORT);
}

const changeOf = ({ summary }: Ended) => summary?.change as StaleChange;
const listedIn = ({ summary }: Ended, way: keyof StaleChange['listed']) =>
  summary?.change.listed[way].map(({ resourceId }) => resourceId) ?? [];

/** As another user would who makes a volume of this id, and attaches it. */
function use(volumeId: string): void {
  const of = { volumeId, sizeGiB: 1, createTime: new Date(), tags: {} };
  estate.putVolume({ ...of, state: 'available', attachments: [] });
  applyAct(estate, { kind: 'attach-volume', volumeId, instanceId: 'i-0abc' });
}

async function findingsOf(executionId: string): Promise<string> {
  return (await sweep.store.get(keysOf(executionId).findings))?.body ?? '';
}

it('what was stale is told as removed, gone, used again or protected, each once', async () => {
  await open();
  const first = await report('first');
  expect(changeOf(first)).toMatchObject({
    ...NONE,
    newlyStale: first.summary?.counts.verdicts.STALE,
  });
  const [gone = '', tagged = '', used = ''] =
    first.plan?.removals.map((one) => one.resourceId) ?? [];
  const volumeId = estate.snapshot(used)?.volumeId ?? '';
  applyAct(estate, { kind: 'delete-snapshot', snapshotId: gone });
  applyAct(estate, { kind: 'tag-snapshot', snapshotId: tagged, tags: { 'orgsweep:protect': 'x' } });
  use(volumeId);

  const second = await sweep.run('second', { limits: { maxRemovalsPerTarget: 1 } });
  const removed = second.removals.map(({ resourceId }) => resourceId);
  expect(second.summary?.removals.byOutcome.REMOVED).toBe(1);
  const told = changeOf(second);
  expect(told).toMatchObject({ ...NONE, gone: 1, newlyProtected: 1, usedAgain: told.usedAgain });
  expect([listedIn(second, 'gone'), listedIn(second, 'newlyProtected')]).toEqual([
    [gone],
    [tagged],
  ]);
  const isOfVolume = (id: string) => estate.snapshot(id)?.volumeId === volumeId;
  expect(listedIn(second, 'usedAgain')).toContain(used);
  expect(listedIn(second, 'usedAgain').every(isOfVolume)).toBe(true);
  expect(told.listed.gone[0]?.sizeGiB).toBeGreaterThan(0);
  expect(await findingsOf('second')).toContain(used);

  const third = await report('third');
  expect(changeOf(third)).toMatchObject({ ...NONE, removed: 1 });
  expect(listedIn(third, 'removed')).toEqual(removed);
  // In use for longer than since the last look: counted, not listed.
  expect(await findingsOf('third')).not.toContain(used);

  applyAct(estate, { kind: 'detach-volume', volumeId });
  const fourth = await report('fourth');
  expect(changeOf(fourth)).toMatchObject({ ...NONE, newlyStale: told.usedAgain });
  expect(listedIn(fourth, 'newlyStale')).toEqual(listedIn(second, 'usedAgain'));
  expect(fourth.summary?.change.previousExecutionId).toBe('third');
  expect(
    fourth.summary?.trend.map(({ executionId, removed: count }) => [executionId, count]),
  ).toEqual([
    ['first', 0],
    ['second', 1],
    ['third', 0],
    ['fourth', 0],
  ]);
});

it('an account that nobody may enter is told again and again until it is repaired', async () => {
  await open({ scenario: TWO });
  const [shut = ''] = sweep.estates
    .map(({ accountId }) => accountId)
    .toSorted()
    .toReversed();
  const deny = () =>
    sweep.simulation.setFaults([{ operation: 'DescribeRegions', accountId: shut, answer: 'deny' }]);
  const failing = ({ summary }: Ended) =>
    summary?.failingAgain.listedTargets.map(({ accountId, region, executions, since }) => ({
      ...{ accountId, region, executions, since },
    }));
  deny();
  const first = await report('first');
  const { startedAt = '', finishedAt = '' } = first.summary ?? {};
  expect(failing(first)).toEqual([]);
  for (const executions of [2, 3]) {
    const [told] = failing(await report(`again-${executions}`)) ?? [];
    expect(told).toMatchObject({ accountId: shut, region: null, executions });
    expect([startedAt, told?.since, finishedAt].toSorted()[1]).toBe(told?.since);
  }
  sweep.simulation.setFaults([]);
  expect(failing(await report('repaired'))).toEqual([]);
  deny();
  expect(failing(await report('denied-anew'))).toEqual([]);
});

it('a removal that is denied twice is told with its age, and not when it went well', async () => {
  let isDenied = true;
  await open({
    scenario: withEstates(SOME, (of) => ({
      deleteSnapshot: (id) => {
        if (isDenied) throw new ServiceError('UnauthorizedOperation', 'not yours');
        of.deleteSnapshot(id);
      },
    })),
  });
  const limits = { maxRemovalsPerTarget: 1 };
  const first = await sweep.run('first', { limits });
  expect(first.summary?.removals.byOutcome.DENIED).toBe(1);
  expect(first.summary?.failingAgain.removals).toBe(0);
  const second = await sweep.run('second', { limits });
  const [resourceId] = second.removals.map((one) => one.resourceId);
  const denied = { resourceId, outcome: 'DENIED', code: 'UnauthorizedOperation', executions: 2 };
  expect(second.summary?.failingAgain).toMatchObject({ removals: 1, listedRemovals: [denied] });
  isDenied = false;
  const third = await sweep.run('third', { limits });
  expect(third.summary?.removals.byOutcome.REMOVED).toBe(1);
  expect(third.summary?.failingAgain.removals).toBe(0);
});

/** A function that AWS loses once, before or after it wrote this key. */
function losing(key: string, when: 'before' | 'after', from: string) {
  const lost = { times: 0, begins: false };
  const options: RemovalSweepOptions = {
    store: (store) => ({
      ...store,
      put: async (...args) => {
        if (args[0] === keysOf(from).expected) lost.begins = true;
        const isLost = lost.begins && lost.times === 0 && args[0].startsWith(key);
        if (isLost) lost.times += 1;
        const written = isLost && when === 'before' ? undefined : await store.put(...args);
        if (!isLost) return written as Awaited<ReturnType<typeof store.put>>;
        throw Object.assign(new Error('lost'), { name: 'Lambda.ServiceException' });
      },
    }),
  };
  return { lost, options };
}

it('a Summarize that died after it wrote the timeline counts nothing twice', async () => {
  const { lost, options } = losing(historyKeys.timeline, 'after', 'second');
  await open({ scenario: TWO, ...options });
  sweep.simulation.setFaults([
    { operation: 'DescribeVolumes', accountId: estate.accountId, answer: 'deny' },
  ]);
  await report('first');
  const { summary } = await report('second');
  expect(lost.times).toBe(1);
  expect(summary?.change.previousExecutionId).toBe('first');
  expect(summary?.failingAgain.listedTargets).toMatchObject([
    { accountId: estate.accountId, executions: 2 },
  ]);
  expect(summary?.trend.map(({ executionId }) => executionId)).toEqual(['first', 'second']);
  const stored = await sweep.store.get(historyKeys.timeline);
  expect(Timeline.parse(JSON.parse(stored?.body ?? '')).points).toHaveLength(2);
});

it.each([
  ['before the change was written', keysOf('second').change, 'before'],
  ['after the change was written', keysOf('second').change, 'after'],
  ['between the histories', 'history/stale-since/', 'after'],
] as const)('a Plan that died %s tells the same change', async (_, key, when) => {
  const { lost, options } = losing(key, when, 'second');
  await open({ scenario: TWO, ...options });
  const first = await report('first');
  const [gone = ''] = first.plan?.removals.map(({ resourceId }) => resourceId) ?? [];
  for (const one of sweep.estates) applyAct(one, { kind: 'delete-snapshot', snapshotId: gone });
  const second = await report('second');
  expect([lost.times, second.status]).toEqual([1, 'SUCCEEDED']);
  const stale = second.summary?.counts.verdicts.STALE ?? 0;
  expect(changeOf(second)).toMatchObject({ ...NONE, gone: 1, stillStale: stale });
  expect(listedIn(second, 'gone')).toEqual([gone]);
});

it('a second Plan that was slower than the first tells nothing else', async () => {
  await open();
  const { summary } = await report('first');
  const { store, clock, sealOf } = sweep;
  const slow = { ...store };
  slow.get = async (key) => (key === keysOf('first').plan ? undefined : store.get(key));
  slow.put = async (...args) => {
    slow.get = store.get;
    return store.put(...args);
  };
  const settings = { floors: noFloors([]), deletionKinds: ['ebs-snapshot'] };
  const deps = { store: slow, clock, awsTime: sweep.awsTime, kinds: KINDS, sealOf, settings };
  await planRemovals(deps, { executionId: 'first', carried: await askedOf(store, 'first') });
  expect(await readChange(fencedStore(store, null, 'first'), 'first')).toMatchObject({
    newlyStale: summary?.counts.verdicts.STALE,
  });
});
