import type { Store } from '../../../store/store.ts';
import { LeaseLost } from '../../../core/model/errors.ts';
import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import { keysOf } from '../../../store/keys.ts';
import { openLedger } from '../../../steps/ledger/stored-ledger.ts';
import { makeManualClock, NOW } from '../../support/manual-clock.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import { toArray } from '../../support/stores/store-contract.ts';
import { readLedger } from '../../support/stores/read-ledger.ts';
import { keyInTarget } from '../../../core/model/ids.ts';

const target = { accountId: '111122223333', region: 'eu-west-1' };
const snapshot = (id: string) => ({ kind: 'ebs-snapshot', resourceId: id });
const keyOf = (id: string) => keyInTarget(snapshot(id));

function anOutcome(id: string, but: Partial<RemovalOutcome> = {}): RemovalOutcome {
  return {
    ...snapshot(id),
    ...target,
    outcome: 'REMOVED',
    reasons: [],
    intentAt: null,
    at: '2026-11-21T12:05:00.000Z',
    sizeGiB: 8,
    monthlyCostUsdUpTo: 0.4,
    restorableUntil: null,
    ...but,
  };
}

let store: Store;
let clock: ReturnType<typeof makeManualClock>;
const open = async (of = target) => openLedger({ store, clock }, 'exec-a', of);
const keys = async () => toArray(store.list(''));
beforeEach(() => {
  store = makeMemoryStore();
  clock = makeManualClock();
});

describe('an intent', () => {
  it('is in the store before anything is done, under a number of its own', async () => {
    const ledger = await open();
    await ledger.beginBatch([snapshot('snap-1'), snapshot('snap-2')]);
    await ledger.beginBatch([snapshot('snap-3')]);
    expect(await keys()).toEqual([
      'executions/exec-a/work/ledger/111122223333/eu-west-1/000001.json',
      'executions/exec-a/work/ledger/111122223333/eu-west-1/000002.json',
    ]);
    const reopened = await open();
    expect([...reopened.openIntents.keys()]).toEqual(['snap-1', 'snap-2', 'snap-3'].map(keyOf));
    expect(reopened.openIntents.get(keyOf('snap-1'))).toEqual({
      ...snapshot('snap-1'),
      intentAt: NOW.toISOString(),
      requestedAt: null,
    });
  });

  it('tells which were requested, under which lease, and which AWS refused', async () => {
    const ledger = await open();
    await ledger.beginBatch(['snap-1', 'snap-2', 'snap-3'].map(snapshot));
    clock.advance(1000);
    const leaseUntil = new Date(NOW.getTime() + 120_000);
    await ledger.noteRequest({ leaseUntil, awsAheadSeconds: 3 }, snapshot('snap-1'));
    await ledger.noteRequest({ leaseUntil, awsAheadSeconds: 3 }, snapshot('snap-2'));
    await ledger.noteRequest(null, snapshot('snap-2'));
    const { openIntents } = await open();
    const requestedAt = new Date(NOW.getTime() + 1000).toISOString();
    const until = leaseUntil.toISOString();
    expect(openIntents.get(keyOf('snap-1'))).toMatchObject({ requestedAt, leaseUntil: until });
    expect(openIntents.get(keyOf('snap-2'))).toMatchObject({ requestedAt: null });
    expect(openIntents.get(keyOf('snap-3'))).toMatchObject({ requestedAt: null });
    await ledger.settle(anOutcome('snap-1'));
    const [batch] = await toArray(readLedger(store, 'exec-a'));
    expect(batch?.entries[0]).toMatchObject({
      requestedAt,
      leaseUntil: until,
      awsAheadSeconds: 3,
      intentAt: NOW.toISOString(),
    });
  });

  it('keeps the record of the look that the request goes by, not of an earlier one', async () => {
    const ledger = await open();
    await ledger.beginBatch([{ ...snapshot('snap-1'), record: { size: 1 } }]);
    const request = { leaseUntil: NOW, awsAheadSeconds: 0 };
    await ledger.noteRequest(request, { ...snapshot('snap-1'), record: { size: 2 } });
    const recordNow = async () => (await open()).openIntents.get(keyOf('snap-1'))?.record;
    expect(await recordNow()).toEqual({ size: 2 });
    await ledger.noteRequest(null, snapshot('snap-1'));
    expect(await recordNow()).toEqual({ size: 2 });
  });

  it('is needed before a request is noted', async () => {
    const ledger = await open();
    await expect(ledger.noteRequest(null, snapshot('snap-1'))).rejects.toThrow('was not begun');
  });

  it('keeps its first time when it is begun again after a crash', async () => {
    await (await open()).beginBatch([snapshot('snap-1')]);
    clock.advance(60_000);
    const ledger = await open();
    await ledger.beginBatch([snapshot('snap-1'), snapshot('snap-2')]);
    expect(ledger.openIntents.get(keyOf('snap-1'))?.intentAt).toBe(NOW.toISOString());
    expect(ledger.openIntents.get(keyOf('snap-2'))?.intentAt).toBe('2026-11-21T12:01:00.000Z');
  });

  it('can not be written for what is settled: nothing is removed twice', async () => {
    const ledger = await open();
    await ledger.settle(anOutcome('snap-1'));
    const again = ledger.beginBatch([snapshot('snap-2'), snapshot('snap-1')]);
    await expect(again).rejects.toThrow(`${keyOf('snap-1')} can't be begun again: it is REMOVED`);
    expect(ledger.openIntents.size).toBe(0);
    expect((await open()).openIntents.size).toBe(0);
  });

  it('is not confused with one of another kind', async () => {
    const ledger = await open();
    await ledger.beginBatch([snapshot('x-1'), { kind: 'ebs-volume', resourceId: 'x-1' }]);
    await ledger.settle(anOutcome('x-1'));
    expect([...ledger.openIntents.keys()]).toEqual(['ebs-volume:x-1']);
  });
});

describe('a write that fails', () => {
  it('is not remembered as if it had been written', async () => {
    const ledger = await open();
    const { put } = store;
    store.put = async () => {
      throw new Error('AccessDenied');
    };
    await expect(ledger.beginBatch([snapshot('snap-1')])).rejects.toThrow('AccessDenied');
    await expect(ledger.settle(anOutcome('snap-2'))).rejects.toThrow('AccessDenied');
    expect([ledger.openIntents.size, ledger.outcomes.size]).toEqual([0, 0]);
    store.put = put;
    await ledger.beginBatch([snapshot('snap-1')]);
    expect([...(await open()).openIntents.keys()]).toEqual([keyOf('snap-1')]);
  });
});

describe('an outcome', () => {
  it('closes its intent in the batch that began it, and carries its time', async () => {
    await (await open()).beginBatch([snapshot('snap-1'), snapshot('snap-2')]);
    clock.advance(60_000);
    const ledger = await open();
    await ledger.beginBatch([snapshot('snap-3')]);
    await ledger.settle(anOutcome('snap-1'));
    const reopened = await open();
    expect(reopened.outcomes.get(keyOf('snap-1'))).toEqual(
      anOutcome('snap-1', { intentAt: NOW.toISOString() }),
    );
    expect([...reopened.openIntents.keys()]).toEqual(['snap-2', 'snap-3'].map(keyOf));
    expect(await keys()).toHaveLength(2);
  });

  it('is written without an intent too, and then says that there was none', async () => {
    const ledger = await open();
    await ledger.settle(
      anOutcome('snap-1', { outcome: 'NO_LONGER_STALE', reasons: ['IN_USE'] }),
      anOutcome('snap-2', { outcome: 'NOT_ATTEMPTED', intentAt: '2026-01-01T00:00:00.000Z' }),
    );
    const { outcomes, openIntents } = await open();
    expect([...outcomes.values()].map(({ intentAt }) => intentAt)).toEqual([null, null]);
    expect(openIntents.size).toBe(0);
    expect(await keys()).toHaveLength(1);
  });

  it('never changes once it is written, except into itself', async () => {
    const ledger = await open();
    await ledger.beginBatch([snapshot('snap-1')]);
    await ledger.settle(anOutcome('snap-1', { outcome: 'DENIED' }));
    await ledger.settle(anOutcome('snap-1', { outcome: 'DENIED' }));
    const reopened = await open();
    await reopened.settle(anOutcome('snap-1', { outcome: 'DENIED' }));
    const other = "can't become REMOVED: it is DENIED";
    await expect(reopened.settle(anOutcome('snap-1'))).rejects.toThrow(other);
    const both = [anOutcome('snap-2', { outcome: 'DENIED' }), anOutcome('snap-2')];
    await expect(reopened.settle(...both)).rejects.toThrow(other);
    const { outcomes } = await open();
    expect([...outcomes.values()].map(({ outcome }) => outcome)).toEqual(['DENIED']);
  });

  it('of another target is refused', async () => {
    const ledger = await open();
    const foreign = anOutcome('snap-1', { region: 'eu-west-2' });
    await expect(ledger.settle(foreign)).rejects.toThrow('eu-west-2');
    expect(await keys()).toEqual([]);
  });

  it('that could not be read again is refused, and spoils nothing', async () => {
    const ledger = await open();
    await ledger.settle(anOutcome('snap-1'));
    await expect(ledger.settle(anOutcome('snap-2', { at: 'yesterday' }))).rejects.toThrow('at');
    await ledger.settle(anOutcome('snap-3'));
    expect([...(await open()).outcomes.keys()]).toEqual(['snap-1', 'snap-3'].map(keyOf));
  });

  it('is safe to write beside others at the same time', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `snap-${n}`);
    const ledger = await open();
    await ledger.beginBatch(ids.slice(0, 20).map(snapshot));
    await Promise.all(ids.map(async (id) => ledger.settle(anOutcome(id))));
    expect([...(await open()).outcomes.keys()].sort()).toEqual(ids.map(keyOf).sort());
  });

  it('without an intent shares its object with at most 199 others', async () => {
    const ledger = await open();
    for (let n = 0; n < 250; n += 1) await ledger.settle(anOutcome(`snap-${n}`));
    await ledger.settle(...Array.from({ length: 400 }, (_, n) => anOutcome(`more-${n}`)));
    const sizes = (await toArray(readLedger(store, 'exec-a'))).map(({ entries }) => entries.length);
    expect(sizes).toEqual([200, 200, 200, 50]);
  });
});

describe('a ledger that somebody else writes too', () => {
  it('is left alone: the lease must be lost', async () => {
    const [slow, fast] = [await open(), await open()];
    await fast.beginBatch([snapshot('snap-1')]);
    await expect(slow.beginBatch([snapshot('snap-2')])).rejects.toThrow(LeaseLost);
    const late = await open();
    await fast.settle(anOutcome('snap-1', { outcome: 'DENIED' }));
    await expect(late.settle(anOutcome('snap-1'))).rejects.toThrow(LeaseLost);
    expect((await open()).outcomes.get(keyOf('snap-1'))?.outcome).toBe('DENIED');
  });

  it('is told apart from its own write whose answer was lost', async () => {
    const put = store.put;
    store.put = async (key, body, condition) => {
      await put(key, body, condition);
      return put(key, body, condition);
    };
    const ledger = await open();
    await ledger.beginBatch([snapshot('snap-1')]);
    await ledger.settle(anOutcome('snap-1'));
    expect([...(await open()).outcomes.keys()]).toEqual([keyOf('snap-1')]);
  });
});

describe('a ledger that can not be read', () => {
  it.each(['not json', '{}', '{"schemaVersion":2}'])(
    'stops whoever opens it: what was done is not known (%j)',
    async (body) => {
      const key = keysOf('exec-a').ledgerBatch(target, 1);
      await store.put(key, body);
      await expect(open()).rejects.toThrow(store.locationOf(key));
      await expect(toArray(readLedger(store, 'exec-a'))).rejects.toThrow(store.locationOf(key));
    },
  );
});

it.each([
  ['execution', 'exec-b', target],
  ['account', 'exec-a', { ...target, accountId: '444455556666' }],
  ['Region', 'exec-a', { ...target, region: 'eu-west-2' }],
])('is not believed where a batch is that of another %s', async (_, executionId, place) => {
  await (await openLedger({ store, clock }, executionId, place)).beginBatch([snapshot('snap-1')]);
  const [written = ''] = await keys();
  const misplaced = keysOf('exec-a').ledgerBatch(target, 1);
  await store.put(misplaced, (await store.get(written))?.body ?? '');
  await expect(open()).rejects.toThrow(store.locationOf(misplaced));
  await expect(toArray(readLedger(store, 'exec-a'))).rejects.toThrow("can't be read");
});

it('is not opened where a batch before others is missing', async () => {
  const ledger = await open();
  await ledger.beginBatch([snapshot('snap-1')]);
  await ledger.beginBatch([snapshot('snap-2')]);
  const [missing = ''] = await keys();
  const without: Store = {
    ...store,
    list: async function* (prefix) {
      for await (const key of store.list(prefix)) if (key !== missing) yield key;
    },
  };
  await expect(openLedger({ store: without, clock }, 'exec-a', target)).rejects.toMatchObject({
    name: 'RecordTampered',
    message: expect.stringContaining(store.locationOf(missing)) as string,
  });
});

it('is not opened where less is settled than the machine was told of', async () => {
  await (await open()).settle(anOutcome('snap-1'));
  const told = async (settled: Record<string, number>) =>
    openLedger({ store, clock }, 'exec-a', target, settled);
  await expect(told({ REMOVED: 1 })).resolves.toBeDefined();
  await expect(told({ REMOVED: 2 })).rejects.toMatchObject({ name: 'RecordTampered' });
  await expect(told({ DENIED: 1 })).rejects.toMatchObject({ name: 'RecordTampered' });
});

it('reads all targets of one execution, and of no other', async () => {
  await (await open()).settle(anOutcome('snap-1'));
  const west2 = { ...target, region: 'eu-west-2' };
  await (await open(west2)).beginBatch([snapshot('snap-2')]);
  await (await openLedger({ store, clock }, 'exec-ab', target)).beginBatch([snapshot('snap-3')]);
  const batches = await toArray(readLedger(store, 'exec-a'));
  expect(batches.map(({ region, entries }) => [region, entries[0]?.resourceId])).toEqual([
    ['eu-west-1', 'snap-1'],
    ['eu-west-2', 'snap-2'],
  ]);
});
