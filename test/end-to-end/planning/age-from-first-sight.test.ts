import { type MadeUp, madeUpKind } from '../../support/kinds/made-up-kind.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';

const DAY_MS = 86_400_000;
const KIND = 'made-up';
const INPUT = {
  kinds: [KIND],
  policy: {
    minAgeDays: 30,
    graceDays: 0,
    requireUndo: false,
    allowIrreversible: ['made-up:delete'],
  },
};

let sweep: KindsSweep;
afterEach(async () => sweep.close());

async function open(startedAt: string | null): Promise<MadeUp[]> {
  const world = new Map<string, MadeUp[]>();
  sweep = await openKindsSweep([madeUpKind(world)]);
  const things = [{ id: 'thing', startedAt, isUsed: false }];
  for (const id of sweep.ids) world.set(id, things);
  return things;
}

it('where AWS tells no age, the least age counts from the first look that found it unused', async () => {
  await open(null);
  const first = await runOf(sweep, 'first', INPUT);
  expect(first.plan?.removals).toEqual([]);
  expect(first.plan?.held).toMatchObject([{ held: ['IN_GRACE'], graceDays: 30 }]);
  const since = Date.parse(first.plan?.held[0]?.staleSince ?? '');
  expect(first.summary?.funnel?.inGrace.firstUntil).toBe(
    new Date(since + 30 * DAY_MS).toISOString(),
  );
  sweep.clock.advance(29 * DAY_MS);
  expect((await runOf(sweep, 'second', INPUT)).plan?.removals).toEqual([]);
  sweep.clock.advance(2 * DAY_MS);
  const third = await runOf(sweep, 'third', INPUT);
  expect(third.removals).toMatchObject([{ resourceId: 'thing', outcome: 'REMOVED' }]);
});

it('where AWS tells an age, the grace alone counts from there', async () => {
  await open('2019-01-01T00:00:00.000Z');
  const { removals } = await runOf(sweep, 'first', INPUT);
  expect(removals).toMatchObject([{ resourceId: 'thing', outcome: 'REMOVED' }]);
});
