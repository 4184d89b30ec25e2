import { KINDS } from '../../../kinds/registry.ts';
import type { Kind } from '../../../kinds/kind.ts';
import { startPace } from '../../../core/removal/pace.ts';
import { openLedger } from '../../../steps/ledger/stored-ledger.ts';
import { Progress } from '../../../steps/remove/progress.ts';
import { removeAll } from '../../../steps/remove/remove-all.ts';
import { RuleBook } from '../../../steps/remove/rule-book.ts';
import type { Work } from '../../../steps/remove/work.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { openRemovalSweep } from '../../support/removal-sweep.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import { aPolicy, aRemoval, NOW } from '../../support/summaries/builders.ts';

const target = { accountId: aRemoval().accountId, region: aRemoval().region };

/** A target with these planned, and one kind, of which each call is noted. */
async function workOn(planned: Work['planned'], requireUndo: boolean) {
  const clock = makeManualClock(NOW);
  const store = makeMemoryStore();
  const calls: string[] = [];
  const [real] = KINDS;
  const kind = new Proxy(real!, {
    get: (of, name: keyof Kind) => {
      if (typeof of[name] === 'function') calls.push(name);
      return of[name];
    },
  });
  const ledger = await openLedger({ store, clock }, 'e-1', target);
  const policy = aPolicy({ requireUndo });
  const work = {
    ...{ ledger, policy, planned, hold: null, kinds: [kind] },
    deps: { clock },
    lease: { renew: async () => Promise.resolve() },
    look: { clients: {}, ...target, policy, now: NOW, clock },
    removalClients: {},
    sets: new Map(),
    graceBeganAnew: new Set(),
    unproved: new Set(),
    leaving: new Set(),
    endsAt: NOW.getTime() + 60_000,
    progress: new Progress(clock, startPace(2), ledger, NOW.getTime()),
    rules: new RuleBook({} as never, policy),
  } as unknown as Work;
  return { work, calls, store };
}

it.each([true, false])(
  'a planned removal of a kind that is not here stops all of its target before anything is looked at (requireUndo: %s)',
  async (requireUndo) => {
    const planned = [aRemoval({ kind: 'ami' }), aRemoval()];
    const { work, calls, store } = await workOn(planned, requireUndo);
    await expect(removeAll(work)).rejects.toThrow(
      'kind "ami" doesn\'t exist; accepted: ebs-snapshot',
    );
    expect(calls).toEqual([]);
    for await (const key of store.list('')) throw new Error(`${key} was written`);
  },
);

it('is told by a summary that says why nothing of that target was attempted', async () => {
  const kinds = [...KINDS];
  const sweep = await openRemovalSweep({
    deps: (deps) => ({ ...deps, kinds }),
    store: (store) => ({
      ...store,
      put: async (key, ...rest) => {
        if (key.endsWith('/plan.json')) kinds.length = 0;
        return store.put(key, ...rest);
      },
    }),
  });
  const { summary, plan, removals } = await sweep.run('e-1');
  await sweep.close();
  expect(sweep.gone()).toEqual([]);
  expect(plan?.removals.length).toBeGreaterThan(0);
  expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
  expect(removals.length).toBe(plan?.removals.length);
  const failure = { code: 'InvalidInput', message: expect.stringMatching(/^kind "ebs-snapshot"/) };
  for (const removal of removals)
    expect(removal).toMatchObject({ outcome: 'NOT_ATTEMPTED', failure });
});
