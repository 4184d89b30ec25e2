import { makeFailingStore, type WriteFault } from '../../support/stores/failing-store.ts';
import {
  type Ended,
  ledgerOf,
  openRemovalSweep,
  type RemovalSweep,
  tally,
} from '../../support/removal-sweep.ts';

const DONE = ['REMOVED', 'ALREADY_GONE'];

/** What becomes of an execution that nothing disturbs: how often it writes, and what is gone. */
let undisturbed: { writes: number; keys: string[]; gone: string[] };
beforeAll(async () => {
  const counting = makeFailingStore();
  const sweep = await openRemovalSweep({ store: counting.wrap });
  const { summary } = await sweep.run('whole');
  expect(summary?.status).toBe('COMPLETE');
  undisturbed = { writes: counting.keys.length, keys: counting.keys, gone: sweep.gone() };
  await sweep.close();
});

it('there is enough to crash over', () => {
  expect(undisturbed.gone.length).toBeGreaterThanOrEqual(8);
  expect(undisturbed.writes).toBeGreaterThan(30);
});

interface Deaths extends Pick<WriteFault, 'dies' | 'written'> {
  readonly from: number;
  readonly step: number;
}

describe.each<Deaths>([
  { dies: 'once', written: false, from: 1, step: 1 },
  { dies: 'once', written: true, from: 1, step: 1 },
  { dies: 'process', written: false, from: 1, step: 2 },
  { dies: 'process', written: true, from: 2, step: 2 },
])('a delete execution that dies at its writes (%j)', ({ dies, written, from, step }) => {
  it('removes nothing it must not, tells no lie, and leaves the rest to the next one', async () => {
    for (let at = from; at <= undisturbed.writes; at += step) {
      try {
        await crashAndRunAgain({ at, dies, written });
      } catch (error) {
        throw new Error(`with the fault at write ${at}`, { cause: error });
      }
    }
  });
});

async function crashAndRunAgain(fault: WriteFault): Promise<void> {
  let deletesBefore: number | undefined;
  const deletes = () => sweep.simulation.calls.total['ec2:DeleteSnapshot'];
  const onFailure = () => (deletesBefore = deletes());
  const failing = makeFailingStore({ ...fault, onFailure });
  const sweep = await openRemovalSweep({ store: failing.wrap });
  try {
    const crashed = await sweep.run('crashed');
    expect(failing.failedKeys).toHaveLength(1);
    // Without a store there is no lease and no ledger, hence no removal.
    if (fault.dies === 'process') expect(deletes()).toBe(deletesBefore);
    await expectIntents(sweep, crashed);
    await expectNoLie(sweep, crashed);
    failing.revive();
    // By then a lease that nobody gave back has run out.
    sweep.clock.advance(121_000);
    const second = await sweep.run('second');
    await expectNoLie(sweep, second);
    expect(second.summary?.status).toBe('COMPLETE');
    expect(sweep.gone()).toEqual(undisturbed.gone);
  } finally {
    await sweep.close();
  }
}

/** The write of a key that has this in it, counted from 1. */
function writeOf(part: string): number {
  const index = undisturbed.keys.findIndex((key) => key.includes(part));
  if (index < 0) throw new Error(`no write of ${part}`);
  return index + 1;
}

it.each([false, true])(
  'a removal whose invocation AWS loses is taken up again to its end (written: %j)',
  async (written) => {
    const ofRemoval = undisturbed.keys.flatMap((key, index) =>
      /ledger|leases/.test(key) ? [index + 1] : [],
    );
    expect(ofRemoval.length).toBeGreaterThan(20);
    for (const at of ofRemoval) {
      const errorName = 'Lambda.ServiceException';
      const failing = makeFailingStore({ at, dies: 'once', written, errorName });
      const sweep = await openRemovalSweep({ store: failing.wrap });
      try {
        const ended = await sweep.run('mine');
        expect(ended.summary?.status).toBe('COMPLETE');
        expect(sweep.gone()).toEqual(undisturbed.gone);
        await expectNoLie(sweep, ended);
      } finally {
        await sweep.close();
      }
    }
  },
);

it.each([
  ['history/stale-since', 'Plan'],
  ['manifest.json', 'RemoveTargets'],
])('a write of %s that fails is told as a failure of %s', async (part, step) => {
  // The first manifest is that of the scan.
  const at =
    part === 'manifest.json' ? undisturbed.keys.findLastIndex(isManifest) + 1 : writeOf(part);
  const sweep = await openRemovalSweep({
    store: makeFailingStore({ at, dies: 'once', written: false }).wrap,
  });
  const { summary } = await sweep.run('mine');
  expect(summary?.status).toBe('FAILED');
  expect(summary?.failure?.step).toBe(step);
  await sweep.close();
});

it('a write that fails in Prepare is told, and nothing is believed that it left', async () => {
  const at = writeOf('accounts.jsonl');
  const failing = makeFailingStore({ at, dies: 'once', written: false });
  const sweep = await openRemovalSweep({ store: failing.wrap });
  const { summary, published } = await sweep.run('mine');
  expect(summary).toBeNull();
  expect(published?.Subject).toContain('FAILED');
  expect(published?.Message).toContain(`write ${at} failed`);
  await sweep.close();
});

const isManifest = (key: string) => key.endsWith('manifest.json');

it('conditional writes whose answers are lost, so that their retries meet what they wrote, are no conflict', async () => {
  const sweep = await openRemovalSweep({
    store: (store) => ({
      ...store,
      put: async (key, body, condition) => {
        const version = await store.put(key, body, condition);
        return condition === undefined ? version : store.put(key, body, condition);
      },
    }),
  });
  const { summary } = await sweep.run('mine');
  expect(summary?.status).toBe('COMPLETE');
  expect(sweep.gone()).toEqual(undisturbed.gone);
  await sweep.close();
});

it('what ended a removal is told, not what failed after it', async () => {
  let full = false;
  const sweep = await openRemovalSweep({
    store: (store) => ({
      ...store,
      put: async (key, ...rest) => {
        full ||= key.includes('/ledger/');
        if (full && /ledger|leases/.test(key)) throw new Error(`no space for ${key}`);
        return store.put(key, ...rest);
      },
    }),
  });
  const { removals } = await sweep.run('mine');
  expect(removals[0]?.failure?.message).toMatch(/^no space for .*ledger/);
  await sweep.close();
});

describe('who comes after a function that died without a Recycle Bin', () => {
  it('tells what was requested as removed, and what another user removed as gone already', async () => {
    let others: string | undefined;
    const sweep = await openRemovalSweep({
      store: (store) => ({
        ...store,
        put: async (key, ...rest) => {
          const [estate] = sweep.estates;
          if (others === undefined && key.includes('/ledger/') && sweep.gone().length > 0) {
            const batch = await ledgerOf(store, 'mine');
            others = batch.at(-1)?.resourceId ?? '';
            estate?.deleteSnapshot(others);
            throw Object.assign(new Error('lost'), { name: 'Lambda.ServiceException' });
          }
          return store.put(key, ...rest);
        },
      }),
    });
    const { removals, summary, ledger } = await sweep.run('mine');
    await sweep.close();
    expect(tally(removals)).toEqual({ 'REMOVED ANSWER_LOST': 1, REMOVED: 6, ALREADY_GONE: 1 });
    const endedAs = (name: string) => removals.find(({ outcome }) => outcome === name)?.resourceId;
    expect(endedAs('ALREADY_GONE')).toBe(others);
    expect(summary?.removals.byOutcome).toMatchObject({ REMOVED: 7, ALREADY_GONE: 1 });
    expect(ledger.find(({ resourceId }) => resourceId === others)?.requestedAt).toBeNull();
  });
});

/** Everything that is gone was in a READY plan, and its intent was written before. */
async function expectIntents(sweep: RemovalSweep, { plan, ledger }: Ended): Promise<void> {
  const gone = sweep.gone();
  if (gone.length > 0) expect(plan?.status).toBe('READY');
  const intended = ledger.filter(({ intentAt }) => intentAt !== null).map((one) => one.resourceId);
  expect(intended).toEqual(expect.arrayContaining(gone));
  const planned = plan?.removals.map(({ resourceId }) => resourceId) ?? [];
  expect(planned).toEqual(expect.arrayContaining(intended));
}

/** What must hold however an execution ended. */
async function expectNoLie(sweep: RemovalSweep, ended: Ended): Promise<void> {
  const gone = new Set(sweep.gone());
  const [estate] = sweep.estates;
  for (const id of gone) expect(estate?.groundTruth(id)?.verdict).toBe('STALE');
  const { status, error, summary, plan, removals, ledger, published } = ended;
  const told = [...ledger.flatMap(({ outcome }) => outcome ?? []), ...removals];
  for (const { outcome, resourceId } of told) {
    if (DONE.includes(outcome)) expect(gone).toContain(resourceId);
    if (outcome === 'NOT_ATTEMPTED') expect(gone).not.toContain(resourceId);
  }
  if (status === 'SUCCEEDED') expect(summary?.status).toBe('COMPLETE');
  if (error === 'SummarizeFailed') {
    expect(published?.Subject).toBe('FAILED orgsweep: the summary could not be made');
    expect(published?.Message).toContain(`run ${ended.executionId} `);
  }
  if (summary === null || plan?.status !== 'READY') return;
  // One outcome for every planned removal, and complete only if all of them are done.
  expect(removals.map(({ resourceId }) => resourceId)).toEqual(
    plan.removals.map(({ resourceId }) => resourceId),
  );
  if (!removals.every(({ resourceId }) => gone.has(resourceId))) {
    expect(summary.status).not.toBe('COMPLETE');
  }
}
