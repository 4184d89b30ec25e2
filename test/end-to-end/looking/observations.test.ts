import { History } from '../../../core/history/history.ts';
import { DAY_MS } from '../../../core/model/age.ts';
import { historyKeys } from '../../../store/keys.ts';
import { parseJson } from '../../../store/stored-json.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import { type MadeUp, madeUpKind, type World } from '../../support/kinds/made-up-kind.ts';

const MADE_UP = 'made-up';
const LEAST_DAYS = 32;

let sweep: KindsSweep;
afterEach(async () => sweep.close());

/** A kind that is unused once it was seen so for 32 days: nothing of its own says since when. */
async function open() {
  const world: World = new Map();
  const made = { isBroken: false };
  const kind = madeUpKind(world, {
    observe: ({ isUsed }) => (isUsed ? [] : ['unattached']),
    assess: ({ isUsed }, _policy, now, { unattached }) => {
      if (isUsed) return { verdict: 'KEEP', reasons: ['IN_USE'] };
      const days = (now.getTime() - Date.parse(unattached?.since ?? '')) / DAY_MS;
      return days >= LEAST_DAYS
        ? { verdict: 'STALE', reasons: ['MADE_UP_UNUSED'] }
        : { verdict: 'KEEP', reasons: ['TOO_YOUNG'] };
    },
    discover: async ({ accountId, region }) => {
      if (made.isBroken) throw Object.assign(new Error('no'), { name: 'AccessDenied' });
      const resources = world.get(`${accountId}/${region}`) ?? [];
      return Promise.resolve({
        ...{ resources, incomplete: [], counts: {}, foreignReferences: [] },
      });
    },
  });
  sweep = await openKindsSweep([kind]);
  const put = (isUsed: boolean) => {
    const thing: MadeUp = { id: 'thing', startedAt: '2019-01-01T00:00:00.000Z', isUsed };
    for (const id of sweep.ids) world.set(id, [thing]);
  };
  put(false);
  return { made, put };
}

async function look(executionId: string, afterDays = 0) {
  sweep.clock.advance(afterDays * DAY_MS);
  const { findings, plan, removals } = await runOf(sweep, executionId, { kinds: [MADE_UP] });
  const [finding] = findings;
  const [place = ''] = sweep.ids;
  const [accountId = '', region = ''] = place.split('/');
  const stored = await sweep.store.get(historyKeys.staleSince({ accountId, region }));
  const history = History.parse(parseJson(stored?.body ?? ''));
  return {
    verdict: finding?.verdict,
    evidence: finding?.evidence.observed?.['unattached'],
    known: history.observed?.[`${MADE_UP}:thing`]?.['unattached'],
    planned: plan?.removals.length,
    removed: removals.map(({ outcome }) => outcome),
  };
}

it('assess knows since when a state was seen, over executions, also before anything is stale', async () => {
  await open();
  const first = await look('first');
  expect(first).toMatchObject({ verdict: 'KEEP', planned: 0, known: { looks: 1 } });
  const since = first.known?.since;
  expect(await look('second', 20)).toMatchObject({
    ...{ verdict: 'KEEP', evidence: { looks: 2 }, known: { since, looks: 2 } },
  });
  // And so it is in the second look, seconds before the removal.
  expect(await look('third', 20)).toMatchObject({
    ...{ verdict: 'STALE', planned: 1, known: { since, looks: 3 }, removed: ['REMOVED'] },
  });
});

it('a state that was not seen in between begins anew', async () => {
  const { put } = await open();
  await look('first');
  put(true);
  expect(await look('second', 20)).toMatchObject({ verdict: 'KEEP', known: undefined });
  put(false);
  expect(await look('third', 20)).toMatchObject({ verdict: 'KEEP', known: { looks: 1 } });
});

it('a look that could not list its kind says nothing about it', async () => {
  const { made } = await open();
  const { known } = await look('first');
  made.isBroken = true;
  expect((await look('second', 20)).known).toEqual(known);
  made.isBroken = false;
  expect(await look('third', 20)).toMatchObject({ verdict: 'STALE', known: { looks: 2 } });
});

it('what nobody looked at for more than 45 days starts anew', async () => {
  await open();
  await look('first');
  expect(await look('second', 46)).toMatchObject({ verdict: 'KEEP', known: { looks: 1 } });
});
