import { DAY_MS } from '../../../core/model/age.ts';
import type { Kind } from '../../../kinds/kind.ts';
import type { Answer, Removal } from '../../../kinds/removal.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import {
  type MadeUp,
  madeUpKind,
  madeUpStep,
  type World,
} from '../../support/kinds/made-up-kind.ts';

const IMAGE = 'image';
const OLD = Date.parse('2019-01-01T00:00:00Z');

/** An image of two platforms with a signature of one, and one that is alone. All in one repository. */
const IDS = ['signature', 'child-1', 'child-2', 'index', 'alone'];
const PART_OF: Readonly<Record<string, readonly string[]>> = {
  'child-1': ['index'],
  'child-2': ['index'],
  signature: ['child-1'],
};

let sweep: KindsSweep;
afterEach(async () => sweep.close());

/** What was asked for, request by request. */
let requests: string[][];
/** What is archived, of those that are removed in two steps. */
let archived: Set<string>;

/** Ids that AWS refuses, and those that somebody uses. */
async function open({
  refused = [],
  used = [],
  steps = ['delete'],
  onRecheck = () => undefined,
}: {
  readonly refused?: readonly string[];
  readonly used?: readonly string[];
  readonly steps?: readonly string[];
  readonly onRecheck?: (world: World) => void;
} = {}) {
  requests = [];
  archived = new Set();
  const world: World = new Map();
  sweep = await openKindsSweep([imageKind(world, { refused, steps, onRecheck })]);
  for (const id of sweep.ids)
    world.set(
      id,
      IDS.map((image, day) => ({
        ...{ id: image, isUsed: used.includes(image) },
        startedAt: new Date(OLD + day * DAY_MS).toISOString(),
      })),
    );
  return world;
}

function imageKind(
  world: World,
  { refused, steps, onRecheck }: Required<Omit<NonNullable<Parameters<typeof open>[0]>, 'used'>>,
): Kind {
  const there = () => [...world.values()].flat();
  const stepOf = (name: string) =>
    madeUpStep({
      name,
      fence: { by: 'NOTHING', says: 'Nothing keeps a role from it.' },
      run: {
        most: 100,
        parentOf: () => 'repository',
        many: async (_, of) => {
          requests.push(of.map(({ resourceId }) => resourceId));
          const answers = of.map(({ resourceId }): [string, Answer] => {
            if (refused.includes(resourceId))
              return [resourceId, { refused: { code: 'Refused', message: 'in use' } }];
            if (name === 'archive') archived.add(resourceId);
            else remove(world, resourceId);
            return [resourceId, {}];
          });
          return new Map(answers);
        },
      },
    });
  const removal = madeUpKind(world).removal as Removal<MadeUp>;
  const [first = 'delete', ...later] = steps;
  return madeUpKind(world, {
    kind: IMAGE,
    describe: ({ id, startedAt }, { now }) => {
      const partOf = (PART_OF[id] ?? []).filter((of) => there().some((one) => one.id === of));
      return {
        ...{ resourceId: id, startedAt, sizeGiB: null, monthlyCostUsdUpTo: null, tags: {} },
        ageDays: Math.floor((now.getTime() - Date.parse(startedAt ?? '')) / DAY_MS),
        evidence: partOf.length > 0 ? { partOf } : {},
      };
    },
    removal: {
      ...removal,
      recheck: async (look, ids) => {
        onRecheck(world);
        return removal.recheck(look, ids);
      },
      ...(later.length > 0 && {
        next: ({ id }: MadeUp) => ({
          name: archived.has(id) ? 'delete' : 'archive',
          notBefore: null,
        }),
      }),
      steps: [stepOf(first), ...later.map(stepOf)],
    },
  });
}

function remove(world: World, resourceId: string): void {
  for (const [key, all] of world)
    world.set(
      key,
      all.filter(({ id }) => id !== resourceId),
    );
}

const INPUT = { kinds: [IMAGE], remove: [IMAGE] };
const run = async (executionId: string) => runOf(sweep, executionId, INPUT);
const endsOf = (
  all: readonly { resourceId: string; outcome: string; reasons: readonly string[] }[],
) =>
  Object.fromEntries(all.map((one) => [one.resourceId, [one.outcome, ...one.reasons].join(' ')]));

it('an image goes before what it is made of, each with an answer of its own', async () => {
  const world = await open();
  const { plan, removals, status } = await run('first');
  expect(plan?.removals.map(({ resourceId }) => resourceId)).toEqual([
    ...['index', 'child-1', 'signature', 'child-2', 'alone'],
  ]);
  expect(new Set(removals.map(({ outcome }) => outcome))).toEqual(new Set(['REMOVED']));
  // The first of the repository alone; and nothing with what it is a part of.
  expect(requests).toEqual([['index'], ['child-1', 'child-2', 'alone'], ['signature']]);
  expect([...world.values()].flat()).toEqual([]);
  expect(status).toBe('SUCCEEDED');
});

it('of an image that AWS refuses, what it is made of stays', async () => {
  const world = await open({ refused: ['index'] });
  const { removals } = await run('first');
  expect(endsOf(removals)).toEqual({
    index: 'FAILED',
    'child-1': 'PROTECTED WHOLE_STAYS',
    'child-2': 'PROTECTED WHOLE_STAYS',
    signature: 'PROTECTED WHOLE_STAYS',
    alone: 'REMOVED',
  });
  expect(requests.flat().toSorted()).toEqual(['alone', 'index']);
  expect([...world.values()].flat()).toHaveLength(4);
});

it('a part that AWS refuses keeps its own parts, and no others', async () => {
  await open({ refused: ['child-1'] });
  const { removals } = await run('first');
  expect(endsOf(removals)).toEqual({
    index: 'REMOVED',
    'child-1': 'FAILED',
    'child-2': 'REMOVED',
    signature: 'PROTECTED WHOLE_STAYS',
    alone: 'REMOVED',
  });
});

it('of an image that is in use, what it is made of is held', async () => {
  await open({ used: ['index'] });
  const { plan, texts } = await run('first');
  expect(plan?.removals.map(({ resourceId }) => resourceId)).toEqual(['alone']);
  expect(plan?.held.map(({ held }) => held)).toEqual([
    ...[['WHOLE_STAYS'], ['WHOLE_STAYS'], ['WHOLE_STAYS']],
  ]);
  expect(texts.summaryText).toContain('part of something that stays');
});

it('an image that somebody uses by the second look keeps what it is made of', async () => {
  const use = (world: World) => {
    for (const [key, all] of world)
      world.set(
        key,
        all.map((one) => ({ ...one, isUsed: one.id === 'index' })),
      );
  };
  await open({ onRecheck: use });
  const { removals } = await run('first');
  expect(endsOf(removals)).toEqual({
    index: 'NO_LONGER_STALE IN_USE',
    'child-1': 'PROTECTED WHOLE_STAYS',
    'child-2': 'PROTECTED WHOLE_STAYS',
    signature: 'PROTECTED WHOLE_STAYS',
    alone: 'REMOVED',
  });
});

it('step by step: all are archived in their order, and later deleted in it', async () => {
  await open({ steps: ['archive', 'delete'] });
  const first = await run('first');
  expect(new Set(first.removals.map(({ outcome }) => outcome))).toEqual(new Set(['STEP_DONE']));
  const inOrder = [['index'], ['child-1', 'child-2', 'alone'], ['signature']];
  expect(requests).toEqual(inOrder);
  requests = [];
  sweep.clock.advance(DAY_MS);
  const second = await run('second');
  expect(new Set(second.removals.map(({ outcome }) => outcome))).toEqual(new Set(['REMOVED']));
  expect(requests).toEqual(inOrder);
});
