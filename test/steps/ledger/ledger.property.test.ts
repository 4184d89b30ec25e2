import fc from 'fast-check';
import type { Store } from '../../../store/store.ts';
import { RemovalResult, type RemovalOutcome } from '../../../core/outcome/outcome.ts';
import type { Ledger } from '../../../steps/ledger/ledger.ts';
import { openLedger } from '../../../steps/ledger/stored-ledger.ts';
import { makeManualClock, NOW } from '../../support/manual-clock.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import { keyInTarget } from '../../../core/model/ids.ts';

const target = { accountId: '111122223333', region: 'eu-west-1' };
const IDS = ['snap-0', 'snap-1', 'snap-2', 'snap-3', 'snap-4', 'snap-5'];

class Killed extends Error {}

/** The process dies at its `n`-th write: just before it reaches the store, or just after. */
function dyingAt(store: Store, n: number, when: 'before' | 'after'): Store {
  let writes = 0;
  return {
    ...store,
    put: async (key, body, condition) => {
      writes += 1;
      if (writes > n || (writes === n && when === 'before')) throw new Killed();
      const version = await store.put(key, body, condition);
      if (writes === n) throw new Killed();
      return version;
    },
  };
}

type Step =
  | { readonly begin: readonly string[] }
  | { readonly settle: readonly string[]; readonly as: RemovalResult };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ begin: fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1 }) }),
  fc.record({
    settle: fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1, maxLength: 3 }),
    as: fc.constantFrom(...RemovalResult.options),
  }),
);

function anOutcome(resourceId: string, outcome: RemovalResult): RemovalOutcome {
  return {
    kind: 'ebs-snapshot',
    resourceId,
    ...target,
    outcome,
    reasons: [],
    intentAt: null,
    at: NOW.toISOString(),
    sizeGiB: 8,
    monthlyCostUsdUpTo: null,
    restorableUntil: null,
  };
}

/** What became of each resource in the world; the ledger has to tell it. */
type World = Map<string, 'begun' | RemovalResult>;

/** Does a step as a removal does: intent, deed, outcome; only for what isn't settled. */
async function perform(ledger: Ledger, one: Step, world: { told: World; underWay: World }) {
  const refs = ('begin' in one ? one.begin : one.settle)
    .map((resourceId) => ({ kind: 'ebs-snapshot', resourceId }))
    .filter((ref) => !ledger.outcomes.has(keyInTarget(ref)));
  for (const ref of refs) {
    world.underWay.set(keyInTarget(ref), 'begin' in one ? 'begun' : one.as);
  }
  if ('begin' in one) await ledger.beginBatch(refs);
  else await ledger.settle(...refs.map(({ resourceId }) => anOutcome(resourceId, one.as)));
  for (const [key, state] of world.underWay) world.told.set(key, state);
  world.underWay.clear();
}

function stateOf(ledger: Ledger, key: string) {
  return ledger.outcomes.get(key)?.outcome ?? (ledger.openIntents.has(key) ? 'begun' : undefined);
}

describe('a ledger whose invocation dies at any of its writes', () => {
  it('tells, when it is opened again, what was written, and lets the next one go on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.array(step, { maxLength: 4 }),
        fc.constantFrom<'before' | 'after'>('before', 'after'),
        async (steps, next, when) => {
          for (let n = 1; ; n += 1) {
            const store = makeMemoryStore();
            const clock = makeManualClock();
            const world = { told: new Map() as World, underWay: new Map() as World };
            let died = false;
            try {
              const ledger = await openLedger(
                { store: dyingAt(store, n, when), clock },
                'exec-a',
                target,
              );
              for (const one of steps) await perform(ledger, one, world);
            } catch (error) {
              if (!(error instanceof Killed)) throw error;
              died = true;
            }

            const reopened = await openLedger({ store, clock }, 'exec-a', target);
            for (const [key, state] of world.told) {
              // What was answered stands; what was under way may have been written or not.
              expect([state, world.underWay.get(key)]).toContain(stateOf(reopened, key));
            }
            for (const [key, state] of world.underWay) {
              expect([world.told.get(key), state]).toContain(stateOf(reopened, key));
            }
            expect(reopened.outcomes.size + reopened.openIntents.size).toBeLessThanOrEqual(
              new Set([...world.told.keys(), ...world.underWay.keys()]).size,
            );

            const before = new Map(reopened.outcomes);
            const later = { told: new Map() as World, underWay: new Map() as World };
            for (const one of next) await perform(reopened, one, later);
            const last = await openLedger({ store, clock }, 'exec-a', target);
            for (const [key, outcome] of before) expect(last.outcomes.get(key)).toEqual(outcome);
            for (const [key, state] of later.told) expect(stateOf(last, key)).toBe(state);
            if (!died) return;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
