import { DAY_MS } from '../../../core/model/age.ts';
import type { BringingBack, Taken } from '../../../kinds/removal.ts';
import { renderRestores } from '../../../report/terminal/restore-text.ts';
import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import {
  STEPPED,
  type Stepped,
  SteppedWorld,
  steppedKind,
} from '../../support/kinds/stepped-kind.ts';

let sweep: KindsSweep;
afterEach(async () => sweep.close());
let world: SteppedWorld;
/** What was asked for to bring something back. */
let asked: Taken[];
let lostAnswers: number;

/** The copy is thrown away; the archive taken back; what is gone made again, in these ways. */
async function open(deleted: readonly BringingBack<Stepped>['way'][]) {
  world = new SteppedWorld();
  world.add('thing-0', { parent: 'p-7' });
  asked = [];
  lostAnswers = 0;
  const lose = <T>(value: T): T => {
    if (lostAnswers === 0) return value;
    lostAnswers -= 1;
    throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'Error' });
  };
  const reverse = (from: Stepped['state'], to: Stepped['state']): BringingBack<Stepped> => ({
    way: 'REVERSE',
    find: async (_, { resourceId }) => {
      if (resourceId === unfindable)
        throw Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
      return world.things.get(resourceId)?.state === from ? null : resourceId;
    },
    bringBack: async (_, of) => {
      asked.push(of);
      world.change(of.resourceId, { state: to });
      return lose(of.resourceId);
    },
  });
  const again = (way: BringingBack<Stepped>['way']): BringingBack<Stepped> => ({
    way,
    ...(way !== 'MADE' && { record: ({ id, parent }: Stepped) => ({ id, parent }) }),
    findWhole: async (_: unknown, made: readonly string[]) => new Set(made),
    whatIsNew: 'Its address is another one.',
    find: async () => (world.things.has('again-1') ? 'again-1' : null),
    bringBack: async (_, of) => {
      asked.push(of);
      world.add('again-1');
      return lose('again-1');
    },
    protect: async (_, id, value) => void world.tags.set(id, value),
  });
  const ways = deleted.map(again);
  const [best = { way: 'NONE', says: 'It is gone.' }, ...others] = ways;
  const kind = steppedKind(world, () => sweep.clock.now(), {
    steps: {
      copy: { undo: [reverse('COPIED', 'ACTIVE')], ...(losesCopy && { run: lostCopy }) },
      archive: { undo: [reverse('ARCHIVED', 'COPIED')] },
      delete: { undo: [best, ...others] },
    },
  });
  sweep = await openKindsSweep([kind]);
}

async function run(executionId: string) {
  const policy = {
    allowRecreation: [`${STEPPED}:delete`],
    allowIrreversible: [`${STEPPED}:delete`],
  };
  const allowed = Object.fromEntries(
    Object.entries(policy).filter(([list]) => accepts(list, sweep)),
  );
  const { removals } = await runOf(sweep, executionId, {
    ...{ kinds: [STEPPED], remove: [STEPPED], policy: { ...allowed } },
  });
  return removals[0];
}
let way: string;
function accepts(list: string, { irreversible }: KindsSweep): boolean {
  if (list === 'allowRecreation') return way === 'RECREATION';
  return irreversible.length > 0 || way === 'ATTEMPT';
}

/** It is made, and the answer that names it never comes. */
const lostCopy = {
  one: async (_: unknown, { resourceId }: { readonly resourceId: string }) => {
    world.change(resourceId, { state: 'COPIED' });
    throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'Error' });
  },
};
let losesCopy = false;
let unfindable: string | null;
beforeEach(() => {
  losesCopy = false;
  unfindable = null;
});

/** All three steps, each by an execution of its own. */
async function runAll(deleted: readonly BringingBack<Stepped>['way'][]) {
  way = deleted[0] ?? 'NONE';
  await open(deleted);
  await run('copied');
  sweep.clock.advance(8 * DAY_MS);
  await run('archived');
  sweep.clock.advance(31 * DAY_MS);
  return run('deleted');
}

async function restore(
  executionId: string,
  given: { dryRun?: boolean; resourceIds?: string[] } = {},
) {
  const request = { executionId, resourceIds: [], dryRun: false, ...given };
  const { resources } = await restoreExecution(sweep.opened(), request);
  return resources.map(({ place: _place, ...one }) => one);
}

it('a step is taken back by another call, and its history is forgotten', async () => {
  way = 'NONE';
  await open([]);
  expect(await run('copied')).toMatchObject({ outcome: 'STEP_DONE', undo: 'REVERSE' });
  expect(await restore('copied', { dryRun: true })).toMatchObject([{ result: 'RESTORABLE' }]);
  expect(asked).toEqual([]);
  expect(await restore('copied')).toEqual([{ resourceId: 'thing-0', result: 'RESTORED' }]);
  expect(world.things.get('thing-0')?.state).toBe('ACTIVE');
  sweep.clock.advance(8 * DAY_MS);
  // It begins again with the first step.
  expect(await run('again')).toMatchObject({ outcome: 'STEP_DONE', step: 'copy' });
});

it('what is back already is not brought back once more', async () => {
  way = 'NONE';
  await open([]);
  await run('copied');
  await restore('copied');
  expect(await restore('copied')).toMatchObject([{ result: 'ALREADY_RESTORED' }]);
  expect(asked).toHaveLength(1);
});

it('what a later execution went on with is left to the restore of that one, newest first', async () => {
  way = 'NONE';
  await open([]);
  await run('copied');
  sweep.clock.advance(8 * DAY_MS);
  await run('archived');
  expect(await restore('copied')).toMatchObject([
    { result: 'SUPERSEDED', supersededBy: 'archived' },
  ]);
  expect(await restore('archived')).toMatchObject([{ result: 'RESTORED' }]);
  expect(world.things.get('thing-0')?.state).toBe('COPIED');
  expect(await restore('copied')).toMatchObject([{ result: 'RESTORED' }]);
  expect(world.things.get('thing-0')?.state).toBe('ACTIVE');
});

it('it is so too when a scan has seen it since, and its history is forgotten', async () => {
  way = 'NONE';
  await open([]);
  await run('copied');
  sweep.clock.advance(8 * DAY_MS);
  await run('archived');
  world.change('thing-0', { isUsed: true });
  sweep.clock.advance(DAY_MS);
  await run('scan');
  expect(await restore('copied')).toMatchObject([
    { result: 'SUPERSEDED', supersededBy: 'archived' },
  ]);
  expect(asked).toEqual([]);
  expect(await restore('archived')).toMatchObject([{ result: 'RESTORED' }]);
  expect(await restore('copied')).toMatchObject([{ result: 'RESTORED' }]);
  expect(world.things.get('thing-0')?.state).toBe('ACTIVE');
});

it('and where the last step has taken it away, long before', async () => {
  await runAll(['RECREATION']);
  sweep.clock.advance(DAY_MS);
  await run('scan');
  for (const earlier of ['copied', 'archived'])
    expect(await restore(earlier)).toMatchObject([
      { result: 'SUPERSEDED', supersededBy: 'deleted' },
    ]);
  expect(asked).toEqual([]);
});

it('what cannot be looked for ends alone, and the others come back', async () => {
  way = 'NONE';
  await open([]);
  world.add('thing-1');
  world.add('thing-2');
  await run('copied');
  unfindable = 'thing-1';
  expect(await restore('copied')).toMatchObject([
    { resourceId: 'thing-0', result: 'RESTORED' },
    { resourceId: 'thing-1', result: 'DENIED', failure: { code: 'AccessDenied' } },
    { resourceId: 'thing-2', result: 'RESTORED' },
  ]);
  expect(world.things.get('thing-1')?.state).toBe('COPIED');
});

it('what a later execution did anew is not taken back by the restore of an earlier one', async () => {
  way = 'NONE';
  await open([]);
  await run('first');
  await restore('first');
  sweep.clock.advance(DAY_MS);
  expect(await run('second')).toMatchObject({ outcome: 'STEP_DONE', step: 'copy' });
  expect(await restore('first', { resourceIds: ['thing-0'] })).toMatchObject([
    { result: 'SUPERSEDED', supersededBy: 'second' },
  ]);
  expect(world.things.get('thing-0')?.state).toBe('COPIED');
});

it('what an earlier step made brings it back, under a new id', async () => {
  const removed = await runAll(['MADE']);
  expect(removed).toMatchObject({ outcome: 'REMOVED', undo: 'MADE' });
  expect(await restore('deleted', { dryRun: true })).toMatchObject([
    { result: 'RESTORABLE', whatIsNew: 'Its address is another one.' },
  ]);
  const restored = await restore('deleted');
  expect(restored).toEqual([
    {
      ...{ resourceId: 'thing-0', result: 'RESTORED', newId: 'again-1' },
      whatIsNew: 'Its address is another one.',
    },
  ]);
  expect(asked).toEqual([{ resourceId: 'thing-0', record: null, made: 'copy-of-thing-0' }]);
  expect(world.tags.get('again-1')).toBe('restored after orgsweep execution deleted');
  const place = { accountId: '111122223333', region: 'eu-west-1' };
  expect(renderRestores('deleted', [{ ...restored[0]!, place }])).toContain(
    'is restored, tagged orgsweep:protect; its id is again-1 now. Its address is another one.',
  );
});

it('what a later restore made again is there already for the restores of earlier steps', async () => {
  await runAll(['MADE']);
  await restore('deleted');
  asked = [];
  const there = { result: 'ALREADY_RESTORED', newId: 'again-1' };
  for (const earlier of ['archived', 'copied'])
    for (const dryRun of [true, false])
      expect(await restore(earlier, { dryRun })).toMatchObject([there]);
  expect(asked).toEqual([]);
});

it('what was made without an answer brings nothing back: it is not deleted on the strength of that', async () => {
  losesCopy = true;
  expect(await runAll(['MADE'])).toBeUndefined();
  expect(world.requests).toEqual(['archive thing-0']);
  expect([...world.things.keys()]).toEqual(['thing-0']);
});

it('what was made without an answer leaves the next way of undoing it', async () => {
  losesCopy = true;
  await open(['MADE', 'RECREATION']);
  way = 'RECREATION';
  await run('copied');
  sweep.clock.advance(8 * DAY_MS);
  await run('archived');
  sweep.clock.advance(31 * DAY_MS);
  expect(await run('deleted')).toMatchObject({ outcome: 'REMOVED', undo: 'RECREATION' });
});

it('the record of the second look makes it again', async () => {
  const removed = await runAll(['RECREATION']);
  expect(removed).toMatchObject({ outcome: 'REMOVED', undo: 'RECREATION' });
  expect(await restore('deleted')).toMatchObject([{ result: 'RESTORED', newId: 'again-1' }]);
  expect(asked).toMatchObject([{ record: { id: 'thing-0', parent: 'p-7' } }]);
});

it('what was made again without an answer is found, and made once', async () => {
  await runAll(['RECREATION']);
  lostAnswers = 1;
  expect(await restore('deleted')).toMatchObject([{ result: 'RESTORED', newId: 'again-1' }]);
  expect(await restore('deleted')).toMatchObject([{ result: 'ALREADY_RESTORED' }]);
  expect(asked).toHaveLength(1);
});

it('two restores of one execution at once make it once: the second waits for the first', async () => {
  await runAll(['RECREATION']);
  const both = await Promise.all([restore('deleted'), restore('deleted')]);
  expect(asked).toHaveLength(1);
  const results = both.flat().map(({ result }) => result);
  expect(results.toSorted()).toEqual(['ALREADY_RESTORED', 'RESTORED']);
});

it('what was made again, and then deleted for good, is made again only for who names it', async () => {
  await runAll(['RECREATION']);
  await restore('deleted');
  world.things.delete('again-1');
  expect(await restore('deleted')).toMatchObject([
    { result: 'NOT_REMOVED', whatIsNew: expect.stringContaining('took it away since') as string },
  ]);
  expect(asked).toHaveLength(1);
  expect(await restore('deleted', { resourceIds: ['thing-0'] })).toMatchObject([
    { result: 'RESTORED' },
  ]);
});

it('the best way that the ledger has all of is gone', async () => {
  const [best, ...others] = ['RECREATION', 'MADE'] as const;
  await runAll([best, ...others]);
  await restore('deleted');
  expect(asked).toMatchObject([{ record: { id: 'thing-0' }, made: 'copy-of-thing-0' }]);
});

it.each([
  ['what the bin shows a moment later is not made again', 3, ['bin']],
  ['what the bin does not have is made from what an earlier step made', Infinity, ['made']],
])('%s', async (_, showsAfter, used) => {
  way = 'RECYCLE_BIN';
  const ways: string[] = [];
  let looks = 0;
  world = new SteppedWorld();
  world.add('thing-0');
  const until = '2027-01-01T00:00:00.000Z';
  const takenBack: BringingBack<Stepped> = {
    ...{ way: 'REVERSE', find: async () => null },
    bringBack: async (__, { resourceId }) => resourceId,
  };
  const entry = () => ({ enteredAt: sweep.clock.now().toISOString(), restorableUntil: until });
  const kind = steppedKind(world, () => sweep.clock.now(), {
    steps: {
      copy: { undo: [takenBack] },
      archive: { undo: [takenBack] },
      delete: {
        undo: [
          {
            way: 'RECYCLE_BIN',
            keeps: { resourceType: 'EC2_IMAGE', mostDays: 365 },
            rules: async () => [],
            rule: async () => null,
            find: async () => {
              looks += 1;
              return new Map(looks > showsAfter ? [['thing-0', entry()]] : []);
            },
            findTags: async () => new Map(),
            restore: async () => void ways.push('bin'),
            protect: async () => undefined,
          },
          {
            way: 'MADE',
            findWhole: async (__, made) => new Set(made),
            find: async () => null,
            bringBack: async (__, { made }) => {
              ways.push('made');
              return `from-${made}`;
            },
          },
        ],
      },
    },
  });
  sweep = await openKindsSweep([kind]);
  await run('copied');
  sweep.clock.advance(8 * DAY_MS);
  await run('archived');
  sweep.clock.advance(31 * DAY_MS);
  expect(await run('deleted')).toMatchObject({ outcome: 'REMOVED', step: 'delete' });
  looks = 0;
  expect(await restore('deleted')).toMatchObject([{ result: 'RESTORED' }]);
  expect(ways).toEqual(used);
});

it('where nothing brings it back, that is told', async () => {
  expect(await runAll([])).toMatchObject({ outcome: 'REMOVED', undo: 'NONE' });
  expect(await restore('deleted')).toMatchObject([{ result: 'NO_WAY_BACK' }]);
});
