import { DAY_MS } from '../../../core/model/age.ts';
import { History } from '../../../core/history/history.ts';
import { historyKeys } from '../../../store/keys.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import { STEPPED, SteppedWorld, steppedKind } from '../../support/kinds/stepped-kind.ts';

let sweep: KindsSweep;
afterEach(async () => sweep.close());
let world: SteppedWorld;

/** With so many unused things in the one account and Region, each to be removed in three steps. */
async function open(count = 1, given: Parameters<typeof steppedKind>[2] = {}) {
  world = new SteppedWorld();
  for (let index = 0; index < count; index += 1) world.add(`thing-${index}`);
  sweep = await openKindsSweep([steppedKind(world, () => sweep.clock.now(), given)]);
}

async function run(executionId: string, input: Record<string, unknown> = {}) {
  const ended = await runOf(sweep, executionId, { kinds: [STEPPED], remove: [STEPPED], ...input });
  const held = ended.plan?.held.map((one) => one.held.join(' ')) ?? [];
  return { ...ended, held };
}
const later = (days: number) => sweep.clock.advance(days * DAY_MS);
const target = () => {
  const [accountId = '', region = ''] = sweep.ids[0]?.split('/') ?? [];
  return { accountId, region };
};
async function changeHistory(change: (history: History) => void) {
  const key = historyKeys.staleSince(target());
  const stored = await sweep.store.get(key);
  const history = History.parse(JSON.parse(stored?.body ?? ''));
  change(history);
  await sweep.store.put(key, JSON.stringify(history), { version: stored?.version ?? '' });
}

it('three steps take three executions, with the waits between them', async () => {
  await open();
  const first = await run('first');
  expect(first.plan?.removals).toMatchObject([{ step: 'copy', goesOn: true }]);
  expect(first.summary?.plan).toMatchObject({ removals: 1, inSteps: 1, restorable: 0 });
  expect(first.summary?.funnelByKind?.[STEPPED]).toMatchObject({
    ...{ inSteps: { resources: 1 }, removable: { resources: 0 }, removed: { resources: 0 } },
  });
  expect(first.removals).toMatchObject([
    { outcome: 'STEP_DONE', step: 'copy', made: 'copy-of-thing-0', undo: 'NONE' },
  ]);
  expect(first.status).toBe('SUCCEEDED');
  expect(first.summary?.removals.byOutcome).toMatchObject({ STEP_DONE: 1, REMOVED: 0 });

  later(1);
  expect((await run('too-soon')).held).toEqual(['STEP_NOT_DUE']);
  expect((await run('too-soon-2')).plan?.held[0]?.notBefore).toBe(first.removals[0]?.nextAt);

  later(7);
  const second = await run('second');
  expect(second.plan?.removals).toMatchObject([
    { step: 'archive', follows: { step: 'copy', executionId: 'first', made: 'copy-of-thing-0' } },
  ]);
  expect(second.removals).toMatchObject([{ outcome: 'STEP_DONE', step: 'archive' }]);

  later(29);
  expect((await run('too-soon-3')).held).toEqual(['STEP_NOT_DUE']);
  later(2);
  const third = await run('third');
  expect(third.removals).toMatchObject([{ outcome: 'REMOVED', step: 'delete' }]);
  expect(third.plan?.removals[0]).not.toHaveProperty('goesOn');
  expect(third.summary?.funnelByKind?.[STEPPED]).toMatchObject({ removed: { resources: 1 } });
  expect(third.summary?.removals.byKind?.[STEPPED]).toMatchObject({ planned: 1 });
  expect(world.requests).toEqual(['copy thing-0', 'archive thing-0', 'delete thing-0']);
  expect(third.ledger).toMatchObject([{ step: 'delete', outcome: { outcome: 'REMOVED' } }]);
});

it('nothing is marked, and the intent is written all the same', async () => {
  await open();
  const { ledger } = await run('first');
  expect(ledger).toMatchObject([
    { step: 'copy', intentAt: expect.any(String), requestedAt: expect.any(String) },
  ]);
});

it('what somebody else archived is held, for good', async () => {
  await open();
  world.change('thing-0', { state: 'ARCHIVED' });
  expect((await run('first')).held).toEqual(['STEP_NOT_OURS']);
  later(40);
  expect((await run('second')).held).toEqual(['STEP_NOT_OURS']);
  expect(world.requests).toEqual([]);
});

it('what AWS itself says is reason enough goes on, whoever archived it', async () => {
  const next = () => ({ name: 'delete', notBefore: null, byItself: true }) as const;
  await open(1, { removal: { next } });
  world.change('thing-0', { state: 'ARCHIVED' });
  expect((await run('first')).removals).toMatchObject([{ outcome: 'REMOVED', step: 'delete' }]);
});

it('what is at another step by the second look is left alone', async () => {
  await open(1, {
    removal: {
      recheck: async () => {
        world.change('thing-0', { state: 'COPIED' });
        const resources = [...world.things.values()];
        return { resources, incomplete: [], counts: {}, foreignReferences: [] };
      },
    },
  });
  const { removals } = await run('first');
  expect(removals).toMatchObject([{ outcome: 'NO_LONGER_STALE', reasons: ['STEP_CHANGED'] }]);
  expect(world.requests).toEqual([]);
});

it('what the history says of an earlier step is held against the ledger of its execution', async () => {
  await open(2);
  world.change('thing-0', { state: 'COPIED' });
  await run('first');
  // Somebody writes that orgsweep copied thing-0, as it did thing-1.
  await changeHistory(({ entries }) => {
    const [done] = entries[`${STEPPED}:thing-1`]?.steps ?? [];
    const forged = entries[`${STEPPED}:thing-0`];
    if (forged && done) forged.steps = [{ ...done, made: 'copy-of-thing-0' }];
  });
  later(8);
  const { removals } = await run('second');
  expect(
    removals.map(({ resourceId, outcome, reasons }) => [resourceId, outcome, reasons]),
  ).toEqual([
    ['thing-0', 'PROTECTED', ['STEP_NOT_OURS']],
    ['thing-1', 'STEP_DONE', []],
  ]);
});

it('a wait that the history shortens is as long as the ledger says', async () => {
  await open();
  await run('first');
  await changeHistory(({ entries }) => {
    const [done] = entries[`${STEPPED}:thing-0`]?.steps ?? [];
    if (done) done.at = '2026-01-01T00:00:00.000Z';
  });
  later(1);
  const { removals } = await run('second');
  expect(removals).toMatchObject([{ outcome: 'PROTECTED', reasons: ['STEP_NOT_OURS'] }]);
});

it('a staleness that ended forgets the steps', async () => {
  await open();
  await run('first');
  world.change('thing-0', { isUsed: true });
  await run('in-use');
  world.change('thing-0', { isUsed: false });
  later(8);
  expect((await run('again')).held).toEqual(['STEP_NOT_OURS']);
});

it('what its owner takes back ends what orgsweep did: he may do the same for reasons of his own', async () => {
  await open();
  await run('first');
  world.change('thing-0', { state: 'ACTIVE' });
  later(1);
  await run('taken-back', { mode: 'report' });
  world.change('thing-0', { state: 'COPIED' });
  later(8);
  expect((await run('second')).held).toEqual(['STEP_NOT_OURS']);
  expect(world.requests).toEqual(['copy thing-0']);
});

it('a plan that is applied goes no step further than the one it was made for', async () => {
  await open();
  await run('report', { mode: 'report' });
  await run('first');
  later(8);
  const limits = { maxPlanAgeDays: 30 };
  const { held } = await run('applied', { plan: 'report', limits });
  expect(held).toEqual(['NOT_IN_NAMED_PLAN']);
});
