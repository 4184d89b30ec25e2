import { applyAct } from '../../../simulation/acts.ts';
import type { Clock } from '../../../clock/clock.ts';
import { renderTable } from '../../../report/terminal/terminal-table.ts';
import type { Deps } from '../../../steps/deps.ts';
import { historyKeys, keysOf, leaseKey } from '../../../store/keys.ts';
import { acquireLease } from '../../../steps/ledger/lease.ts';
import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import {
  ledgerOf,
  openRemovalSweep,
  type RemovalSweep,
  tally,
} from '../../support/removal-sweep.ts';
import { toArray } from '../../support/stores/store-contract.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let sweep: RemovalSweep;
/** By how much the machine's clock is ahead of AWS's. */
let ahead: number;
let onSleep: () => void;
beforeEach(async () => {
  ahead = 0;
  onSleep = () => undefined;
  const ownClock = (aws: Clock): Clock => ({
    now: () => new Date(aws.now().getTime() + ahead),
    sleep: async (milliseconds) => {
      onSleep();
      await aws.sleep(milliseconds);
    },
  });
  sweep = await openRemovalSweep({ ownClock });
});
afterEach(async () => sweep.close());

const histories = async () => toArray(sweep.store.list(historyKeys.staleSincePrefix));

describe.each([
  ['40 days ahead', 40 * DAY_MS],
  ['40 days behind', -40 * DAY_MS],
  ['6 minutes ahead', 6 * MINUTE_MS],
])('a clock that is %s', (_what, difference) => {
  it('removes nothing and writes nothing, and the refusal names both times', async () => {
    ahead = difference;
    const { error, published } = await sweep.run('mine');
    expect(error).toBe('ExecutionFailed');
    expect(sweep.gone()).toEqual([]);
    expect(await toArray(sweep.store.list('executions/mine/work/expected'))).toEqual([]);
    expect(await toArray(sweep.store.list('history/'))).toEqual([]);
    const message = published?.Message.replace(/\s+/g, ' ') ?? '';
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 13);
    const aws = sweep.clock.now().getTime();
    expect(message).toContain(`clock: "${day(aws + difference)}`);
    expect(message).toContain(`when AWS said ${day(aws)}`);
    expect(message).toContain('set the clock of the machine');
  });

  it('makes a report that says so, of which nothing counts for a later removal', async () => {
    ahead = difference;
    const { summary, plan, published, status } = await sweep.run('report', { mode: 'report' });
    expect(status).toBe('SUCCEEDED');
    expect(summary?.clock).toEqual(plan?.clock);
    expect(
      Date.parse(summary?.clock?.ownAt ?? '') - Date.parse(summary?.clock?.awsAt ?? ''),
    ).toBeCloseTo(difference, -4);
    expect(published?.Message.replace(/\s+/g, ' ')).toContain('Clock: the clock here said');
    expect(renderTable(summary!, 100).join('\n')).toMatch(/^ {2}- Clock: the clock here said/m);
    expect(await histories()).toEqual([]);

    ahead = 0;
    const applied = await sweep.run('applied', { plan: 'report' });
    expect(applied.published?.Message.replace(/\s+/g, ' ')).toContain('made with the right time');
    const policy = { graceDays: 14, requireUndo: false };
    const later = await sweep.run('later', { policy });
    expect([later.error, later.removals, later.summary?.clock]).toEqual([null, [], null]);
    expect(sweep.gone()).toEqual([]);
  });
});

it('a clock that is 4 minutes off removes as ever', async () => {
  ahead = -4 * MINUTE_MS;
  const { error, removals, summary } = await sweep.run('mine');
  expect([error, summary?.clock]).toEqual([null, null]);
  expect(tally(removals)).toEqual({ REMOVED: 8 });
});

it.each([-4, 0, 4])(
  'a clock that is %d minutes off, and a kill in the middle: restore brings back what was removed',
  async (minutes) => {
    await sweep.close();
    const failing = { isDead: false };
    const died = () => new Error('the process is dead');
    let deps: Deps | undefined;
    sweep = await openRemovalSweep({
      hasRecycleBin: true,
      ownClock: (aws) => ({
        now: () => new Date(aws.now().getTime() + minutes * MINUTE_MS),
        sleep: aws.sleep,
      }),
      store: (store) => ({
        ...store,
        get: async (key) => (failing.isDead ? Promise.reject(died()) : store.get(key)),
        put: async (key, ...rest) => {
          failing.isDead ||= key.includes('/ledger/') && sweep.gone().length > 0;
          return failing.isDead ? Promise.reject(died()) : store.put(key, ...rest);
        },
      }),
      deps: (own) => (deps = own),
    });
    await sweep.run('first', { policy: { requireUndo: true } }).catch(() => undefined);
    const gone = sweep.gone();
    expect([failing.isDead, gone.length]).toEqual([true, 1]);
    const [{ outcome = undefined } = {}] = (await ledgerOf(sweep.store, 'first')).filter(
      ({ resourceId }) => gone.includes(resourceId),
    );
    expect(outcome).toBeNull();

    const { resources } = await restoreExecution(
      { ...deps!, store: sweep.store },
      { executionId: 'first', resourceIds: [], dryRun: false },
    );
    expect(resources.map(({ resourceId, result }) => [resourceId, result])).toEqual([
      [gone[0], 'RESTORED'],
    ]);
    expect(sweep.gone()).toEqual([]);
  },
);

describe('a clock that jumps in the middle', () => {
  it.each([
    ['while removals are requested', 'call'],
    ['while a removal waits for its turn', 'sleep'],
  ])('back within what is allowed, %s, makes no look older than 15 seconds', async (_, where) => {
    ahead = 4 * MINUTE_MS;
    let lookedAt = 0;
    const ages: number[] = [];
    const setBack = () => {
      if (ages.length === 3) ahead = -3 * MINUTE_MS;
    };
    if (where === 'sleep') onSleep = setBack;
    sweep.simulation.onBeforeCall = ({ operation }) => {
      const at = sweep.clock.now().getTime();
      if (operation === 'DescribeVolumes') lookedAt = at;
      if (operation !== 'DeleteSnapshot') return;
      ages.push(at - lookedAt);
      if (where === 'call') setBack();
      // At this pace a look is good for no more than a few of them.
      if (ages.length >= 3) sweep.clock.advance(where === 'call' ? 4_000 : 0);
    };
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ REMOVED: 8 });
    expect(Math.max(...ages)).toBeLessThan(15_000);
  });

  it('back while markers are waited for, of which one never shows, makes no look older', async () => {
    const { plan } = await sweep.run('report', { mode: 'report' });
    const snapshotId = plan?.removals[0]?.resourceId ?? '';
    ahead = 4 * MINUTE_MS;
    let lookedAt = 0;
    let isMarked = false;
    const ages: number[] = [];
    onSleep = () => {
      if (isMarked) ahead = -3 * MINUTE_MS;
    };
    sweep.simulation.onBeforeCall = ({ operation }) => {
      const at = sweep.clock.now().getTime();
      if (operation === 'DescribeVolumes') lookedAt = at;
      if (operation === 'DeleteSnapshot') ages.push(at - lookedAt);
      if (operation !== 'CreateTags') return;
      isMarked = true;
      applyAct(sweep.estates[0]!, { kind: 'delete-snapshot', snapshotId });
    };
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ ALREADY_GONE: 1, REMOVED: 7 });
    expect(Math.max(...ages)).toBeLessThan(15_000);
  });

  it('while a target is looked at makes it a gap, and nothing there is removed', async () => {
    sweep.simulation.onBeforeCall = ({ operation }) => {
      if (operation === 'DescribeSnapshots') ahead = 40 * DAY_MS;
    };
    const { summary, removals } = await sweep.run('mine');
    expect(removals).toEqual([]);
    expect(sweep.gone()).toEqual([]);
    expect(summary?.coverage.gaps.map(({ failure }) => failure?.code)).toEqual(['ClockDisagrees']);
    expect(await histories()).toEqual([]);
  });

  it.each([
    ['during the second look: nothing is marked', 'DescribeImages', 2, 0, 0],
    ['while snapshots are marked: none is requested', 'CreateTags', 1, 1, 0],
    [
      'between removals: none is requested after the answer that shows it',
      'DeleteSnapshot',
      3,
      1,
      3,
    ],
  ])('%s', async (_what, operation, call, marked, removed) => {
    const calls = (name: string) => sweep.simulation.calls.total[`ec2:${name}`] ?? 0;
    sweep.simulation.onBeforeCall = (made) => {
      if (made.operation === operation && calls(operation) === call) ahead = DAY_MS;
    };
    const { removals, summary } = await sweep.run('mine');
    expect([calls('CreateTags'), calls('DeleteSnapshot')]).toEqual([marked, removed]);
    expect(tally(removals)).toMatchObject(removed > 0 ? { REMOVED: removed } : {});
    const others = removals.filter(({ outcome }) => outcome !== 'REMOVED');
    expect(others).toHaveLength(8 - removed);
    expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
    // Also what is marked was never requested, and the ledger says so.
    for (const { outcome, reasons, failure } of others)
      expect([outcome, reasons, failure?.code]).toEqual([
        'NOT_ATTEMPTED',
        ['CLOCK_DISAGREES'],
        'ClockDisagrees',
      ]);
  });
});

it('a clock that jumps after the last look is seen by Plan, which asks anew', async () => {
  await sweep.close();
  const ownClock = (aws: Clock): Clock => ({
    now: () => new Date(aws.now().getTime() + ahead),
    sleep: async (milliseconds) => aws.sleep(milliseconds),
  });
  sweep = await openRemovalSweep({
    ownClock,
    store: (store) => ({
      ...store,
      get: async (key) => {
        if (key === keysOf('mine').plan) ahead = -40 * DAY_MS;
        return store.get(key);
      },
    }),
  });
  const { plan, status } = await sweep.run('mine', { mode: 'report' });
  expect(status).toBe('SUCCEEDED');
  expect(plan?.clock).toBeDefined();
  expect(await histories()).toEqual([]);
});

it('Plan makes none with a clock of its own that is wrong', async () => {
  await sweep.close();
  // Deployed, Plan runs on another machine than what looked before it.
  let isPlanning = false;
  sweep = await openRemovalSweep({
    store: (store) => ({
      ...store,
      get: async (key) => {
        if (key === keysOf('mine').plan) isPlanning = true;
        return store.get(key);
      },
    }),
    deps: (deps) => ({
      ...deps,
      awsTime: {
        ...deps.awsTime,
        latest: () => {
          const { awsAt, ownAt } = deps.awsTime.latest();
          return { awsAt, ownAt: isPlanning ? '2030-01-01T00:00:00.000Z' : ownAt };
        },
      },
    }),
  });
  const { plan, summary } = await sweep.run('mine');
  expect([plan, sweep.gone(), await histories()]).toEqual([null, [], []]);
  expect(summary?.failure).toMatchObject({ step: 'Plan', error: 'ClockDisagrees' });
});

it('a lease that runs out in forty days counts as held, and says what to do', async () => {
  const [id = ''] = sweep.ids;
  const [accountId = '', region = ''] = id.split('/');
  const target = { accountId, region };
  const clock: Clock = {
    now: () => new Date(sweep.clock.now().getTime() + 40 * DAY_MS),
    sleep: sweep.clock.sleep,
  };
  await acquireLease({ store: sweep.store, clock, durationMs: 120_000 }, target, 'of-yesterday');
  const { removals } = await sweep.run('mine');
  expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED LEASE_HELD': 8 });
  expect(removals[0]?.failure?.message).toContain(
    `a clock was wrong. Delete ${sweep.store.locationOf(leaseKey(target))}`,
  );
});
