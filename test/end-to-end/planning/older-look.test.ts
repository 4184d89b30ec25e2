import { DAY_MS } from '../../../core/model/age.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import { STEPPED, SteppedWorld, steppedKind } from '../../support/kinds/stepped-kind.ts';

let sweep: KindsSweep;
afterEach(async () => sweep.close());

const MINUTE_MS = 60_000;

it('a listing from before a step of another execution, taken in after it, takes nothing back', async () => {
  const world = new SteppedWorld();
  world.add('thing-0');
  let listed: () => Promise<void> = async () => undefined;
  const kind = steppedKind(world, () => sweep.clock.now(), {
    kind: {
      discover: async () => {
        const resources = structuredClone([...world.things.values()]);
        await listed();
        return { resources, incomplete: [], counts: {}, foreignReferences: [] };
      },
    },
  });
  sweep = await openKindsSweep([kind]);
  const run = async (id: string, input: Record<string, unknown> = {}) =>
    runOf(sweep, id, { kinds: [STEPPED], remove: [STEPPED], ...input });
  listed = async () => {
    listed = async () => undefined;
    sweep.clock.advance(5 * MINUTE_MS);
    expect((await run('meanwhile')).removals).toMatchObject([{ outcome: 'STEP_DONE' }]);
    sweep.clock.advance(60 * MINUTE_MS);
  };
  await run('slow', { mode: 'report' });

  sweep.clock.advance(8 * DAY_MS);
  expect((await run('goes-on')).removals).toMatchObject([{ outcome: 'STEP_DONE' }]);
  expect(world.requests).toEqual(['copy thing-0', 'archive thing-0']);
});
