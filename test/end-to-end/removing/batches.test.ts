import type { Deps } from '../../../steps/deps.ts';
import type { Step } from '../../../kinds/removal.ts';
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
/** What each request took. */
let requests: string[][];

/** A write of the ledger that fails, once, as if AWS lost its function; how many did. */
let failing = false;
let failures = 0;
const losing = (deps: Deps): Deps => ({
  ...deps,
  store: {
    ...deps.store,
    put: async (key, ...rest) => {
      if (!failing || !key.includes('/ledger/')) return deps.store.put(key, ...rest);
      failing = false;
      failures += 1;
      throw Object.assign(new Error('the function is gone'), { name: 'Lambda.ServiceException' });
    },
  },
});

type Many = Extract<Step<Stepped>['run'], { most: number }>['many'];

/** Deletes all that it is asked for, as one step. */
const deleteAll: Many = async (_, things) => {
  for (const { resourceId } of things) world.things.delete(resourceId);
  return new Map(things.map(({ resourceId }) => [resourceId, {}]));
};

/** With so many unused things of each parent, which are deleted by requests of at most four. */
async function open(parents: Readonly<Record<string, number>>, many: Many = deleteAll) {
  world = new SteppedWorld();
  requests = [];
  for (const [parent, count] of Object.entries(parents))
    for (let index = 0; index < count; index += 1) world.add(`${parent}-${index}`, { parent });
  const run: Step<Stepped>['run'] = {
    most: 4,
    parentOf: ({ parent }) => parent,
    many: async (clients, things) => {
      requests.push(things.map(({ resourceId }) => resourceId));
      return many(clients, things);
    },
  };
  const step: Step<Stepped> = {
    ...{ name: 'delete', run },
    fence: {
      ...{ by: 'PARENT_TAG', tag: { key: 'sweep', value: 'allowed' } },
      says: 'The owner tags the parent.',
    },
    undo: [{ way: 'REVERSE' } as never],
  };
  const kind = steppedKind(world, () => sweep.clock.now());
  const { next: _next, ...removal } = kind.removal!;
  const steps = [step] as unknown as NonNullable<typeof kind.removal>['steps'];
  sweep = await openKindsSweep([{ ...kind, removal: { ...removal, steps } }], losing);
}

const run = async (executionId: string) =>
  runOf(sweep, executionId, { kinds: [STEPPED], remove: [STEPPED] });
const ends = (removals: Awaited<ReturnType<typeof run>>['removals']) =>
  Object.fromEntries(removals.map(({ resourceId, outcome }) => [resourceId, outcome]));

it('a request takes several of one parent, whose first one goes alone and is seen to be gone', async () => {
  await open({ a: 6, b: 2 });
  const { removals, ledger } = await run('first');
  expect(new Set(Object.values(ends(removals)))).toEqual(new Set(['REMOVED']));
  expect(requests).toEqual([['a-0'], ['b-0'], ['a-1', 'a-2', 'a-3', 'a-4'], ['a-5'], ['b-1']]);
  expect(ledger.every(({ requestedAt }) => requestedAt !== null)).toBe(true);
});

it('each has its own answer: what was refused stays, what was not answered is looked at again', async () => {
  let isFirst = true;
  await open({ a: 4 }, async (_, things) => {
    const answers = new Map<string, object>();
    for (const { resourceId } of things) {
      if (resourceId === 'a-1') {
        answers.set(resourceId, { refused: { code: 'ImageReferenced', message: 'no' } });
        continue;
      }
      world.things.delete(resourceId);
      if (resourceId === 'a-2' && isFirst) isFirst = false;
      else answers.set(resourceId, {});
    }
    return answers as never;
  });
  const { removals } = await run('first');
  expect(ends(removals)).toEqual({
    'a-0': 'REMOVED',
    'a-1': 'FAILED',
    'a-2': 'REMOVED',
    'a-3': 'REMOVED',
  });
  const of = (id: string) => removals.find(({ resourceId }) => resourceId === id);
  expect(of('a-1')).toMatchObject({ failure: { code: 'ImageReferenced' } });
  expect(of('a-2')).toMatchObject({ reasons: ['ANSWER_LOST'] });
  expect(requests).toEqual([['a-0'], ['a-1', 'a-2', 'a-3']]);
});

it('what was not answered and is still there is requested again, and never told as gone', async () => {
  await open({ a: 2 }, async (_, things) => {
    for (const { resourceId } of things) if (resourceId === 'a-0') world.things.delete('a-0');
    return new Map(things.flatMap(({ resourceId: id }) => (id === 'a-0' ? [[id, {}]] : [])));
  });
  const { removals } = await run('first');
  expect(ends(removals)).toEqual({ 'a-0': 'REMOVED', 'a-1': 'FAILED' });
  expect(requests.filter((some) => some.includes('a-1')).length).toBeGreaterThan(1);
  expect(world.things.has('a-1')).toBe(true);
});

it('a parent whose first one does not show as done loses no other', async () => {
  await open({ a: 3, b: 2 }, async (_, things) => {
    for (const { resourceId } of things)
      if (!resourceId.startsWith('a')) world.things.delete(resourceId);
    return new Map(things.map(({ resourceId }) => [resourceId, {}]));
  });
  const { removals } = await run('first');
  expect(ends(removals)).toMatchObject({ 'a-1': 'NOT_ATTEMPTED', 'a-2': 'NOT_ATTEMPTED' });
  expect(removals.find(({ resourceId }) => resourceId === 'a-1')?.reasons).toEqual([
    'FIRST_NOT_SEEN',
  ]);
  expect(ends(removals)).toMatchObject({ 'b-0': 'REMOVED', 'b-1': 'REMOVED' });
  expect(requests).toEqual([['a-0'], ['b-0'], ['b-1']]);
});

it('of each step the first of a parent goes alone: that one is allowed says nothing of another', async () => {
  world = new SteppedWorld();
  requests = [];
  for (const id of ['a-0', 'a-1', 'a-2']) world.add(id);
  for (const id of ['a-3', 'a-4', 'a-5']) world.add(id, { state: 'COPIED' });
  const going = (name: string, to: Stepped['state']): Step<Stepped>['run'] => ({
    most: 4,
    parentOf: ({ parent }) => parent,
    many: async (_, things) => {
      requests.push([name, ...things.map(({ resourceId }) => resourceId)]);
      for (const { resourceId } of things) world.change(resourceId, { state: to });
      return new Map(things.map(({ resourceId }) => [resourceId, {}]));
    },
  });
  const kind = steppedKind(world, () => sweep.clock.now(), {
    removal: {
      next: ({ state }) => ({
        name: { ACTIVE: 'copy', COPIED: 'archive', ARCHIVED: 'delete' }[state],
        ...{ notBefore: null, byItself: true },
      }),
    },
    steps: {
      copy: { run: going('copy', 'COPIED') },
      archive: { run: going('archive', 'ARCHIVED'), undo: [{ way: 'REVERSE' } as never] },
    },
  });
  sweep = await openKindsSweep([kind]);
  await run('first');
  expect(requests).toEqual([
    ['copy', 'a-0'],
    ['copy', 'a-1', 'a-2'],
    ['archive', 'a-3'],
    ['archive', 'a-4', 'a-5'],
  ]);
});

it('a request that is throttled is one throttled request, and all of it goes later', async () => {
  let isFirst = true;
  await open({ a: 5 }, async (clients, things) => {
    if (things.length > 1 && isFirst) {
      isFirst = false;
      throw Object.assign(new Error('slow down'), { name: 'ThrottlingException', $metadata: {} });
    }
    return deleteAll(clients, things);
  });
  const { removals } = await run('first');
  expect(new Set(Object.values(ends(removals)))).toEqual(new Set(['REMOVED']));
  // Half as fast once, not four times.
  expect(requests.map((some) => some.length)).toEqual([1, 4, 4]);
});

it('who dies between a request and its answers leaves all of it as requested, and it is ours', async () => {
  let dies = true;
  await open({ a: 4 }, async (clients, things) => {
    const answers = await deleteAll(clients, things);
    if (things.length > 1 && dies) {
      dies = false;
      // Whatever the ledger is written with from here on fails.
      failing = true;
    }
    return answers;
  });
  const { removals, ledger } = await run('first');
  expect(failures).toBeGreaterThan(0);
  expect(ledger).toHaveLength(4);
  expect(new Set(Object.values(ends(removals)))).toEqual(new Set(['REMOVED']));
  expect(requests).toEqual([['a-0'], ['a-1', 'a-2', 'a-3']]);
});
