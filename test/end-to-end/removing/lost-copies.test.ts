import { History } from '../../../core/history/history.ts';
import { historyKeys } from '../../../store/keys.ts';
import type { SimFault } from '../../../simulation/model/fault.ts';
import {
  openVolumesSweep,
  unattached,
  volumeId,
} from '../../support/organizations/volumes-sweep.ts';
import { SPOKE } from '../../support/organizations/tiny-organization.ts';
import { makeFailingStore, type WriteFault } from '../../support/stores/failing-store.ts';

const VOL = volumeId(1);
const TARGET = { accountId: SPOKE, region: 'eu-west-1' };

type Opened = Awaited<ReturnType<typeof openVolumesSweep>>;

const lost = (calls: number): SimFault => ({
  ...{ operation: 'CreateSnapshot', answer: 'lost', calls: { from: 1, to: calls } },
});

async function madeIn({ environment }: Opened): Promise<History['made']> {
  const stored = await environment.deps.store.get(historyKeys.staleSince(TARGET));
  return History.parse(JSON.parse(stored?.body ?? '')).made;
}

/** That its copy is one, and that orgsweep's own record has it. */
async function expectNoted(sweep: Opened): Promise<void> {
  const [copy, ...others] = sweep.copies();
  expect(others).toEqual([]);
  expect(await madeIn(sweep)).toMatchObject({
    [copy?.snapshotId ?? '']: { of: `ebs-volume:${VOL}`, step: 'copy' },
  });
}

/** As many days and executions as it takes, with its copy all the time. */
async function expectToGo(sweep: Opened): Promise<void> {
  for (let tries = 0; tries < 4 && sweep.estate.volume(VOL) !== undefined; tries += 1) {
    sweep.later(2);
    await sweep.run();
    expect(sweep.copies().length).toBeLessThanOrEqual(1);
  }
  expect(sweep.estate.volume(VOL)).toBeUndefined();
  await expectNoted(sweep);
}

it.each([1, 2])('a copy whose answer is lost %i times is known as made', async (times) => {
  const sweep = await openVolumesSweep([unattached(1)], { faults: [lost(times)] });
  const { removals } = await sweep.run();
  const [copy] = sweep.copies();
  expect(removals).toMatchObject([
    { outcome: 'STEP_DONE', reasons: ['ANSWER_LOST'], made: copy?.snapshotId },
  ]);
  await expectNoted(sweep);
  await expectToGo(sweep);
  await sweep.close();
});

it('a copy that AWS shows only after some time is not made a second time', async () => {
  const sweep = await openVolumesSweep([unattached(1)], { faults: [lost(1)] });
  const { estate } = sweep;
  const shown = estate.snapshotsOfVolume.bind(estate);
  let hiddenUntil: number | undefined;
  estate.snapshotsOfVolume = (id) => {
    const copies = shown(id);
    const now = sweep.environment.deps.clock.now().getTime();
    if (copies.length > 0) hiddenUntil ??= now + 20_000;
    return now < (hiddenUntil ?? 0) ? [] : copies;
  };
  const { removals } = await sweep.run();
  expect(removals).toMatchObject([{ outcome: 'STEP_DONE', reasons: ['ANSWER_LOST'] }]);
  await expectNoted(sweep);
  await sweep.close();
});

/** By another orgsweep, with a store of its own. */
function putNewerCopy(sweep: Opened, copy: ReturnType<Opened['copies']>[number]): void {
  const snapshotId = 'snap-0000000000000beef';
  const tags = { ...copy.tags, 'orgsweep:keep-until': '2099-01-01' };
  const startTime = sweep.environment.deps.clock.now();
  sweep.estate.putSnapshot({ ...copy, snapshotId, startTime, tags });
}

const DIED = { dies: 'process', written: false } as const;
/** An execution that made a copy, and died before it wrote down what AWS had answered. */
async function openDied() {
  const counting = makeFailingStore();
  const calm = await openVolumesSweep([unattached(1)], { store: counting.wrap });
  await calm.run();
  await calm.close();
  const at = counting.keys.findLastIndex((key) => key.includes('/ledger/')) + 1;
  const failing = makeFailingStore({ ...DIED, at });
  const sweep = await openVolumesSweep([unattached(1)], { store: failing.wrap });
  await sweep.run().catch(() => undefined);
  failing.revive();
  sweep.later(2);
  expect(sweep.copies()).toHaveLength(1);
  return { sweep, key: counting.keys[at - 1] ?? '' };
}

describe('a copy that an execution made as it died', () => {
  it('is found by the next one, and told as a step of its own', async () => {
    const { sweep } = await openDied();
    const { plan, removals } = await sweep.run();
    expect(plan.removals).toMatchObject([{ resourceId: VOL, step: 'copy' }]);
    const [copy] = sweep.copies();
    expect(removals).toMatchObject([{ outcome: 'STEP_DONE', made: copy?.snapshotId }]);
    await expectNoted(sweep);
    await sweep.close();
  });

  it('is not ours by a ledger that somebody changed', async () => {
    const { sweep, key } = await openDied();
    const { store } = sweep.environment.deps;
    const { body = '', version = '' } = (await store.get(key)) ?? {};
    await store.put(key, body.replace('"requestedAt":"2', '"requestedAt":"1'), { version });
    const { plan } = await sweep.run();
    expect(plan.removals).toEqual([]);
    expect(plan.held).toMatchObject([{ resourceId: VOL, held: ['STEP_NOT_OURS'] }]);
    await sweep.close();
  });

  it('is made anew where its owner has deleted it by then', async () => {
    const { sweep } = await openDied();
    const [first] = sweep.copies();
    sweep.estate.deleteSnapshot(first!.snapshotId, { role: 'hub', accessKeyId: 'owner' });
    await expectToGo(sweep);
    await sweep.close();
  });
});

it('a copy that nobody heard of, and is too old by now, is not told as made, once or again', async () => {
  const { sweep } = await openDied();
  const [copy] = sweep.copies();
  sweep.later(95);
  putNewerCopy(sweep, copy!);
  for (const _ of [1, 2]) {
    const { plan, removals } = await sweep.run();
    expect(plan.held).toMatchObject([{ resourceId: VOL, held: ['STEP_NOT_OURS'] }]);
    expect(removals).toEqual([]);
    sweep.later(2);
  }
  await sweep.close();
});

it('a copy that was heard of, and is too old by now, is not told as made once more', async () => {
  const sweep = await openVolumesSweep([unattached(1)]);
  await sweep.run();
  const [copy] = sweep.copies();
  sweep.later(95);
  putNewerCopy(sweep, copy!);
  const { plan, removals } = await sweep.run();
  expect(plan.held).toMatchObject([{ resourceId: VOL, held: ['STEP_NOT_OURS'] }]);
  expect(removals).toEqual([]);
  await sweep.close();
});

describe('an execution that dies', () => {
  let keys: readonly string[];
  beforeAll(async () => {
    const counting = makeFailingStore();
    const sweep = await openVolumesSweep([unattached(1)], { store: counting.wrap });
    await sweep.run();
    keys = [...counting.keys];
    await sweep.close();
  });

  it.each<Omit<WriteFault, 'at'>>([
    { dies: 'once', written: true, errorName: 'Lambda.ServiceException' },
    { dies: 'process', written: false },
    { dies: 'process', written: true },
  ])('makes one copy, and knows it as made (%j)', async (fault) => {
    const ofRemoval = keys.flatMap((key, at) => (/ledger|history/.test(key) ? [at + 1] : []));
    expect(ofRemoval.length).toBeGreaterThan(4);
    for (const at of ofRemoval) {
      const failing = makeFailingStore({ ...fault, at });
      const sweep = await openVolumesSweep([unattached(1)], { store: failing.wrap });
      try {
        await sweep.run().catch(() => undefined);
        expect(failing.failedKeys).toHaveLength(1);
        failing.revive();
        await expectToGo(sweep);
      } catch (error) {
        throw new Error(`at write ${at}, ${keys[at - 1]}`, { cause: error });
      } finally {
        await sweep.close();
      }
    }
  });
});
