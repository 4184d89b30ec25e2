import { openRemovalSweep, type RemovalSweep, tally } from '../../support/removal-sweep.ts';

let sweep: RemovalSweep;
beforeEach(async () => {
  sweep = await openRemovalSweep();
});
afterEach(async () => sweep.close());

const TAGS = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`tag-${i}`, 'x']));

it('a snapshot with 50 tags is held week after week, says so, and makes nothing red', async () => {
  const { plan } = await sweep.run('preview', { mode: 'report' });
  const id = plan?.removals[0]?.resourceId ?? '';
  sweep.estates[0]?.tagSnapshot(id, TAGS);
  const ended = await sweep.run('mine');
  expect(ended.summary?.status).toBe('COMPLETE');
  expect(ended.plan?.held.find(({ resourceId }) => resourceId === id)?.held).toEqual([
    'TAG_LIMIT_REACHED',
  ]);
  expect(tally(ended.removals)).toEqual({ REMOVED: 7 });
  expect(ended.published?.Message).toContain('Remove a tag from each');
});

it('a snapshot that gets its 50th tag after the plan is protected, and the others go', async () => {
  let isDone = false;
  let id = '';
  sweep.simulation.onBeforeCall = async ({ operation }) => {
    if (operation !== 'CreateTags' || isDone) return;
    isDone = true;
    const plan = JSON.parse((await sweep.store.get('executions/mine/plan.json'))?.body ?? '') as {
      removals: { resourceId: string }[];
    };
    id = plan.removals[0]?.resourceId ?? '';
    sweep.estates[0]?.tagSnapshot(id, TAGS);
  };
  const ended = await sweep.run('mine');
  expect(ended.removals.find(({ resourceId }) => resourceId === id)).toMatchObject({
    outcome: 'PROTECTED',
    reasons: ['TAG_LIMIT_REACHED'],
    failure: { code: 'TagLimitExceeded' },
  });
  expect(tally(ended.removals)).toEqual({ REMOVED: 7, 'PROTECTED TAG_LIMIT_REACHED': 1 });
  expect(ended.summary?.status).toBe('COMPLETE');
});
