import fc from 'fast-check';
import type { Store } from '../../../store/store.ts';
import { LeaseHeld, LeaseLost } from '../../../core/model/errors.ts';
import { acquireLease } from '../../../steps/ledger/lease.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const target = { accountId: '111122223333', region: 'eu-west-1' };
const durationMs = 1_000;

/** The store, each call of which begins and ends when the scheduler says. */
function scheduled(store: Store, scheduler: fc.Scheduler): Store {
  return {
    ...store,
    get: async (key) => {
      await scheduler.schedule(Promise.resolve(), 'get');
      return store.get(key);
    },
    put: async (key, body, condition) => {
      await scheduler.schedule(Promise.resolve(), 'put');
      const version = await store.put(key, body, condition);
      await scheduler.schedule(Promise.resolve(), 'answer');
      return version;
    },
  };
}

describe('whatever the order in which two executions reach the store', () => {
  it('only one holds the lease at a time, and the other hears of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const store = scheduled(makeMemoryStore(), scheduler);
        const clock = makeManualClock();
        let inside: string[] = [];
        const entered: string[] = [];
        const contend = async (holder: string) => {
          const lease = await acquireLease({ store, clock, durationMs }, target, holder);
          inside.push(holder);
          entered.push(holder);
          expect(inside).toEqual([holder]);
          await lease.renew();
          expect(inside).toEqual([holder]);
          inside = [];
          await lease.release();
        };
        const contenders = ['exec-a', 'exec-b', 'exec-c'].map(contend);
        const ends = await scheduler.waitFor(Promise.allSettled(contenders));
        expect(entered.length).toBeGreaterThan(0);
        for (const end of ends) {
          if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(LeaseHeld);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a holder whose lease ran out finds out before it goes on, once somebody else has it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const store = scheduled(makeMemoryStore(), scheduler);
        const clock = makeManualClock();
        const deps = { store, clock, durationMs };
        const slow = await scheduler.waitFor(acquireLease(deps, target, 'exec-a'));
        clock.advance(durationMs);
        const renewing = slow.renew().then(
          () => 'renewed',
          (error: unknown) => error,
        );
        const taking = acquireLease(deps, target, 'exec-b').then(
          () => 'taken',
          (error: unknown) => error,
        );
        const [renewed, taken] = await scheduler.waitFor(Promise.all([renewing, taking]));
        if (taken === 'taken') expect(renewed).toBeInstanceOf(LeaseLost);
        else expect([renewed, taken]).toEqual(['renewed', expect.any(LeaseHeld)]);
      }),
      { numRuns: 300 },
    );
  });
});
