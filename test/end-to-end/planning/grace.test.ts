import { History } from '../../../core/history/history.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';
import { ServiceError } from '../../../simulation/services/call/service.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { forgetStaleSince, readHistory } from '../../../steps/targets/target-history.ts';
import { withEstates } from '../../support/organizations/altered-estates.ts';
import {
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
} from '../../support/removal-sweep.ts';

const DAY_MS = 86_400_000;
const SOME = sizedScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 40, seed: 5 });
const GRACE = { policy: { graceDays: 14 } };

let sweep: RemovalSweep;
let estate: SimEstate;
afterEach(async () => sweep.close());

async function open(options: RemovalSweepOptions = {}) {
  sweep = await openRemovalSweep({ scenario: SOME, ...options });
  const [only] = sweep.estates;
  if (only === undefined) throw new Error('no target');
  estate = only;
}

const wait = async (days: number) => sweep.clock.sleep(days * DAY_MS);
const heldOf = (ended: Awaited<ReturnType<RemovalSweep['run']>>, id: string) =>
  ended.plan?.held.find(({ resourceId }) => resourceId === id);
async function staleSince(): Promise<Record<string, string>> {
  const { entries } = await readHistory(sweep.store, estate, sweep.clock.now());
  return Object.fromEntries(
    Object.entries(entries).map(([key, entry]) => [key.split(':')[1] ?? '', entry.staleSince]),
  );
}

/** One that would be removed without grace. */
async function findVictim(): Promise<string> {
  const { plan } = await sweep.run('preview', { mode: 'report' });
  return plan?.removals[0]?.resourceId ?? '';
}

/** Attaches the snapshot's volume, or takes it off and away again. */
function attach(snapshotId: string, attached: boolean): void {
  const { volumeId = '', volumeSizeGiB = 1 } = estate.snapshot(snapshotId) ?? {};
  const of = { volumeId, sizeGiB: volumeSizeGiB, createTime: new Date(), tags: {} };
  const attachments = [{ instanceId: 'i-0abc', device: '/dev/sdf', state: 'attached' as const }];
  estate.putInstance({ instanceId: 'i-0abc', state: 'running', volumeIds: [volumeId] });
  estate.putVolume(
    attached
      ? { ...of, state: 'in-use', attachments }
      : { ...of, state: 'available', attachments: [] },
  );
}

it('removes only what an earlier execution saw stale long enough ago', async () => {
  await open();
  const first = await sweep.run('first', GRACE);
  await wait(13.9);
  const second = await sweep.run('second', GRACE);
  expect([first.plan?.removals, second.plan?.removals]).toEqual([[], []]);
  await wait(0.2);
  const third = await sweep.run('third', GRACE);
  expect(third.plan?.removals.length).toBeGreaterThan(0);
  expect(sweep.gone()).toEqual(third.plan?.removals.map(({ resourceId }) => resourceId).toSorted());
});

it('starts again for what was used in between', async () => {
  await open();
  const victim = await findVictim();
  await wait(7);
  attach(victim, true);
  await sweep.run('used', { ...GRACE, mode: 'report' });
  attach(victim, false);
  await wait(7);
  const ended = await sweep.run('after', GRACE);
  expect(heldOf(ended, victim)?.held).toContain('IN_GRACE');
  expect(heldOf(ended, victim)?.staleSince).toBe(ended.plan?.createdAt);
  expect(ended.plan?.removals.length).toBeGreaterThan(0);
});

it('starts again for what was removed and is back, whoever restored it', async () => {
  const back = new Set<string>();
  const isBack = (id: string) => back.has(id);
  await open({
    scenario: withEstates(SOME, (of) => ({
      deleteSnapshot: (id) => (isBack(id) ? undefined : of.deleteSnapshot(id)),
    })),
  });
  const victim = await findVictim();
  back.add(victim);
  await wait(14);
  const { removals } = await sweep.run('removing', GRACE);
  expect(removals.find(({ resourceId }) => resourceId === victim)?.outcome).toBe('REMOVED');
  const again = await sweep.run('again', GRACE);
  expect(heldOf(again, victim)).toMatchObject({
    held: ['IN_GRACE'],
    staleSince: again.plan?.createdAt,
  });
});

it('starts again for what was removed and is back, also where the removals broke off', async () => {
  const back = new Set<string>();
  const isBack = (id: string) => back.has(id);
  let breaksOff = false;
  await open({
    scenario: withEstates(SOME, (of) => ({
      deleteSnapshot: (id) => (isBack(id) ? undefined : of.deleteSnapshot(id)),
    })),
    store: (store) => ({
      ...store,
      put: async (key, ...rest) => {
        if (breaksOff && key.startsWith('leases/') && sweep.gone().length > 1)
          throw new Error('no space');
        return store.put(key, ...rest);
      },
    }),
  });
  const victim = await findVictim();
  back.add(victim);
  await wait(14);
  breaksOff = true;
  const { removals, error } = await sweep.run('removing', GRACE);
  expect(error).toBe('RemovalsIncomplete');
  expect(removals.find(({ resourceId }) => resourceId === victim)?.outcome).toBe('REMOVED');
  breaksOff = false;
  await wait(1);
  const again = await sweep.run('again', GRACE);
  expect(heldOf(again, victim)).toMatchObject({
    held: ['IN_GRACE'],
    staleSince: again.plan?.createdAt,
  });
});

it('starts again for what was restored, and for nothing else', async () => {
  await open();
  const victim = await findVictim();
  await forgetStaleSince(sweep.store, estate, [{ kind: 'ebs-snapshot', resourceId: victim }]);
  await wait(14);
  const ended = await sweep.run('after', GRACE);
  expect(heldOf(ended, victim)?.held).toContain('IN_GRACE');
  expect(ended.plan?.removals.length).toBeGreaterThan(0);
});

it('starts again also for what is planned already: it was restored, or another execution saw it used', async () => {
  let victim = '';
  await open({
    store: (store) => ({
      ...store,
      put: async (key, ...rest) => {
        const written = await store.put(key, ...rest);
        if (key === keysOf('mine').plan)
          await forgetStaleSince(store, estate, [{ kind: 'ebs-snapshot', resourceId: victim }]);
        return written;
      },
    }),
  });
  victim = await findVictim();
  await wait(14);
  const { plan, removals } = await sweep.run('mine', GRACE);
  expect(plan?.removals.map(({ resourceId }) => resourceId)).toContain(victim);
  expect(removals.find(({ resourceId }) => resourceId === victim)).toMatchObject({
    outcome: 'NO_LONGER_STALE',
    reasons: ['GRACE_BEGAN_ANEW'],
  });
  expect(sweep.gone()).toHaveLength((plan?.removals.length ?? 0) - 1);
});

it('is over for what was restored, whatever another execution wrote meanwhile', async () => {
  await open();
  const [victim, other] = [await findVictim(), 'snap-other'];
  const key = historyKeys.staleSince(estate);
  const history = History.parse(JSON.parse((await sweep.store.get(key))?.body ?? ''));
  const entry = { staleSince: history.lookedAt ?? '', lastSeen: history.lookedAt ?? '' };
  const entries = { ...history.entries, [`ebs-snapshot:${other}`]: entry };
  const racing: typeof sweep.store = {
    ...sweep.store,
    put: async (...args) => {
      racing.put = sweep.store.put;
      // As it had read it before.
      await sweep.store.put(key, JSON.stringify({ ...history, entries }));
      return sweep.store.put(...args);
    },
  };
  await forgetStaleSince(racing, estate, [{ kind: 'ebs-snapshot', resourceId: victim }]);
  const after = await staleSince();
  expect(after[victim]).toBeUndefined();
  expect(after[other]).toBe(entry.staleSince);
});

it('begins anew for all, where what was restored cannot be read, and that is told', async () => {
  await open();
  await findVictim();
  await wait(14);
  await sweep.store.put(historyKeys.restored(estate), '{"schemaVersion":1');
  const { plan } = await sweep.run('mine', GRACE);
  expect(plan?.removals).toEqual([]);
  expect(plan?.historyDoubts).toMatchObject([
    { reason: 'UNREADABLE', keptAs: sweep.store.locationOf(historyKeys.restored(estate)) },
  ]);
});

it('goes on for a removal that failed: its age is kept, and it is tried again', async () => {
  let isBroken = true;
  let victim = '';
  await open({
    scenario: withEstates(SOME, (of) => ({
      deleteSnapshot: (id) => {
        if (isBroken && id === victim) throw new ServiceError('SomethingNew', 'not today');
        of.deleteSnapshot(id);
      },
    })),
  });
  victim = await findVictim();
  const { [victim]: since } = await staleSince();
  await wait(14);
  const { removals } = await sweep.run('failing', GRACE);
  expect(removals.find(({ resourceId }) => resourceId === victim)?.outcome).toBe('FAILED');
  expect((await staleSince())[victim]).toBe(since);
  isBroken = false;
  const again = await sweep.run('again', GRACE);
  const planned = again.plan?.removals.find(({ resourceId }) => resourceId === victim);
  expect(planned?.staleSince).toBe(since);
  expect(sweep.gone()).toContain(victim);
});

it('goes on over weeks in which nobody could look, and starts again after too many', async () => {
  await open();
  await sweep.run('first', GRACE);
  await wait(45);
  const { plan } = await sweep.run('late', { ...GRACE, mode: 'report' });
  expect(plan?.removals.length).toBeGreaterThan(0);
  await wait(46);
  const later = await sweep.run('much-later', GRACE);
  expect(later.plan?.removals).toEqual([]);
  expect(later.summary?.plan?.heldByReason.IN_GRACE).toBeGreaterThan(0);
});

it('starts again for what was used in between, even if Plan died before it wrote that down', async () => {
  let dies = false;
  await open({
    store: (store) => ({
      ...store,
      put: async (key, ...rest) => {
        if (dies && key.startsWith('history/stale-since/')) {
          dies = false;
          throw Object.assign(new Error('lost'), { name: 'Lambda.ServiceException' });
        }
        return store.put(key, ...rest);
      },
    }),
  });
  const victim = await findVictim();
  const before = await staleSince();
  await wait(7);
  attach(victim, true);
  dies = true;
  const used = await sweep.run('used', { ...GRACE, mode: 'report' });
  expect([dies, used.status]).toEqual([false, 'SUCCEEDED']);
  const after = await staleSince();
  for (const [id, since] of Object.entries(before)) {
    const isUsed = estate.snapshot(id)?.volumeId === estate.snapshot(victim)?.volumeId;
    expect([id, after[id]]).toEqual([id, isUsed ? undefined : since]);
  }
});
