import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolderStore } from '../../../store/folder/folder-store.ts';
import { makeS3Store } from '../../../store/s3-store.ts';
import type { Store } from '../../../store/store.ts';
import { LeaseHeld, LeaseLost } from '../../../core/model/errors.ts';
import { leaseKey } from '../../../store/keys.ts';
import { acquireLease } from '../../../steps/ledger/lease.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import { BUCKET, startSimulatedS3 } from '../../support/stores/s3-servers.ts';

const target = { accountId: '111122223333', region: 'eu-west-1' };
const durationMs = 120_000;

const STORES: Record<string, () => Promise<{ store: Store; close: () => Promise<void> }>> = {
  'a folder': async () => {
    const root = await mkdtemp(join(tmpdir(), 'orgsweep-lease-'));
    return {
      store: makeFolderStore(root),
      close: async () => rm(root, { recursive: true, force: true }),
    };
  },
  'the simulated S3': async () => {
    const server = await startSimulatedS3();
    return {
      store: makeS3Store({ client: server.client, bucket: BUCKET }),
      close: async () => server.close(),
    };
  },
};

describe.each(Object.keys(STORES))('a lease in %s', (name) => {
  let store: Store;
  let close: () => Promise<void>;
  let clock: ReturnType<typeof makeManualClock>;
  const acquire = async (holder: string, of = target) =>
    acquireLease({ store, clock, durationMs }, of, holder);

  beforeEach(async () => {
    ({ store, close } = await STORES[name]!());
    clock = makeManualClock();
  });
  afterEach(async () => close());

  it('keeps every other execution out, and says who holds it and until when', async () => {
    await acquire('exec-a');
    clock.advance(durationMs - 1);
    await expect(acquire('exec-b')).rejects.toThrow(LeaseHeld);
    await expect(acquire('exec-b')).rejects.toThrow(
      'Execution "exec-a" is removing in 111122223333 eu-west-1; its lease runs until 2026-11-21T12:02:00.000Z',
    );
  });

  it('holds for its own target only', async () => {
    await acquire('exec-a');
    await acquire('exec-b', { ...target, region: 'eu-west-2' });
    await acquire('exec-b', { ...target, accountId: '444455556666' });
  });

  it('lets the next one in once it is released, at once', async () => {
    const lease = await acquire('exec-a');
    await lease.release();
    await acquire('exec-b');
  });

  it('lets the next one in once it is released, though its clock is behind', async () => {
    const lease = await acquire('exec-a');
    clock.advance(600_000);
    await lease.renew();
    await lease.release();
    clock.advance(-600_000);
    await acquire('exec-b');
  });

  it('lets the next one in once it has run out, and tells the holder that it lost it', async () => {
    const lost = await acquire('exec-a');
    clock.advance(durationMs);
    const lease = await acquire('exec-b');
    await expect(lost.renew()).rejects.toThrow(LeaseLost);
    await lost.release();
    await lease.renew();
    await expect(acquire('exec-c')).rejects.toThrow(LeaseHeld);
  });

  it('lasts for another full duration when it is renewed', async () => {
    const lease = await acquire('exec-a');
    clock.advance(durationMs - 1);
    await lease.renew();
    expect(lease.until).toEqual(new Date('2026-11-21T12:03:59.999Z'));
    clock.advance(durationMs - 1);
    await expect(acquire('exec-b')).rejects.toThrow(LeaseHeld);
  });

  it('is taken over by a retry of its own execution, and lost by the invocation before', async () => {
    const crashed = await acquire('exec-a');
    const retried = await acquire('exec-a');
    await expect(crashed.renew()).rejects.toThrow(LeaseLost);
    await crashed.release();
    await retried.renew();
    await expect(acquire('exec-b')).rejects.toThrow(LeaseHeld);
  });

  it('goes to one of many that want it at once, new or run out', async () => {
    for (const moment of ['new', 'run out']) {
      const holders = Array.from({ length: 6 }, (_, n) => `exec-${moment.length}-${n}`);
      const tries = await Promise.allSettled(holders.map(async (holder) => acquire(holder)));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of tries) {
        if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(LeaseHeld);
      }
      clock.advance(durationMs);
    }
  });

  it.each(['', 'not json', '{}', '{"schemaVersion":2}'])(
    'counts as held when it reads %j: unknown means keep',
    async (body) => {
      await store.put(leaseKey(target), body);
      await expect(acquire('exec-a')).rejects.toThrow(LeaseHeld);
      await expect(acquire('exec-a')).rejects.toThrow(store.locationOf(leaseKey(target)));
      expect((await store.get(leaseKey(target)))?.body).toBe(body);
    },
  );
});

describe('a lease whose write succeeded, but whose answer was lost', () => {
  /** As an SDK does it: sends the same write again, which meets its own first try. */
  function retrying(store: Store): Store {
    return {
      ...store,
      put: async (key, body, condition) => {
        await store.put(key, body, condition);
        return store.put(key, body, condition);
      },
    };
  }

  it('is held, can be renewed and be released', async () => {
    const store = makeMemoryStore();
    const clock = makeManualClock();
    const lease = await acquireLease({ store: retrying(store), clock, durationMs }, target, 'a');
    clock.advance(1000);
    await lease.renew();
    expect(lease.until).toEqual(new Date('2026-11-21T12:02:01.000Z'));
    await expect(acquireLease({ store, clock, durationMs }, target, 'b')).rejects.toThrow(
      LeaseHeld,
    );
    await lease.release();
    await acquireLease({ store, clock, durationMs }, target, 'b');
  });
});

describe('a store that fails', () => {
  const fails = async () => {
    throw new Error('AccessDenied');
  };

  it.each(['get', 'put'])(
    'at %s gives no lease, and is not taken for a rival',
    async (operation) => {
      const store: Store = { ...makeMemoryStore(), [operation]: fails };
      const acquiring = acquireLease({ store, clock: makeManualClock(), durationMs }, target, 'a');
      await expect(acquiring).rejects.toThrow('AccessDenied');
    },
  );

  it('is not taken for a lost lease when it is renewed or released', async () => {
    const store = makeMemoryStore();
    const lease = await acquireLease({ store, clock: makeManualClock(), durationMs }, target, 'a');
    store.put = fails;
    await expect(lease.renew()).rejects.toThrow('AccessDenied');
    await expect(lease.release()).rejects.toThrow('AccessDenied');
  });
});
