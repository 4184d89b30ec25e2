import type { Kind } from '../../../kinds/kind.ts';
import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';
import { STEPPED, SteppedWorld, steppedKind } from '../../support/kinds/stepped-kind.ts';

/** An upgrade while a plan waits: the step that it lists has another name by now, or is gone. */
let sweep: KindsSweep;
afterEach(async () => sweep.close());

const ALLOWED = { kinds: [STEPPED, SNAPSHOT], remove: [STEPPED, SNAPSHOT] };

async function open(upgradesAt: string) {
  const world = new SteppedWorld();
  world.add('thing-0');
  const now = () => sweep.clock.now();
  const renamed = steppedKind(world, now, { steps: { copy: { name: 'duplicate' } } });
  sweep = await openKindsSweep([steppedKind(world, now)], undefined, {
    store: (store) => ({
      ...store,
      put: async (key, ...rest) => {
        if (key.endsWith(upgradesAt)) upgrade(renamed);
        return store.put(key, ...rest);
      },
    }),
  });
  return { world, renamed };
}

/** As a deployment that doesn't have the kind any more. */
function forget(name: string): void {
  const kinds = sweep.opened().kinds as Kind[];
  kinds.splice(
    kinds.findIndex(({ kind }) => kind === name),
    1,
  );
}

function upgrade(renamed: Kind): void {
  const kinds = sweep.opened().kinds as Kind[];
  kinds.splice(
    kinds.findIndex(({ kind }) => kind === renamed.kind),
    1,
    renamed,
  );
}

it('a removal by a step that is not here any more stays, and the others of its target go on', async () => {
  const { world } = await open('plan.json');
  const { plan, removals, summary } = await runOf(sweep, 'first', ALLOWED);
  const snapshots = removals.filter(({ kind }) => kind === SNAPSHOT);
  expect(plan?.removals.filter(({ kind }) => kind === STEPPED)).toMatchObject([{ step: 'copy' }]);
  expect(snapshots.length).toBeGreaterThan(0);
  expect(snapshots.every(({ outcome }) => outcome === 'REMOVED')).toBe(true);
  expect(removals.filter(({ kind }) => kind === STEPPED)).toMatchObject([
    { outcome: 'PROTECTED', reasons: ['STEP_UNKNOWN'], step: 'copy', intentAt: null },
  ]);
  expect(world.requests).toEqual([]);
  expect(summary?.status).toBe('COMPLETE');
});

it('what was removed by such a step is told as failed by a restore, and the others come back', async () => {
  const { renamed } = await open('none');
  await runOf(sweep, 'first', ALLOWED);
  upgrade(renamed);
  const request = { executionId: 'first', resourceIds: [], dryRun: true };
  const { resources } = await restoreExecution(sweep.opened(), request);
  const ended = (name: string) => resources.filter(({ place }) => place?.kind === name);
  expect(ended(STEPPED)).toMatchObject([
    { result: 'FAILED', failure: { message: expect.stringMatching(/step "copy" doesn't exist/) } },
  ]);
  expect(ended(SNAPSHOT).length).toBeGreaterThan(0);
  expect(ended(SNAPSHOT).some(({ result }) => result === 'FAILED')).toBe(false);
});

it('what is of a kind that is not here any more is told as failed, and the others come back', async () => {
  await open('none');
  await runOf(sweep, 'first', ALLOWED);
  forget(STEPPED);
  const request = { executionId: 'first', resourceIds: [], dryRun: false };
  const { resources } = await restoreExecution(sweep.opened(), request);
  const ended = (name: string) => resources.filter(({ place }) => place?.kind === name);
  expect(ended(STEPPED)).toMatchObject([
    { result: 'FAILED', failure: { message: expect.stringMatching(/doesn't exist/) } },
  ]);
  expect(ended(SNAPSHOT).length).toBeGreaterThan(0);
  expect(ended(SNAPSHOT).some(({ result }) => result === 'FAILED')).toBe(false);
});
