import { DAY_MS } from '../../../core/model/age.ts';
import type { Grant } from '../../../kinds/grant.ts';
import type { Step, Thing } from '../../../kinds/removal.ts';
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

/** Long enough that a few of them fill the policy of a session. */
const arnOf = (id: string) => `lanterns:eu-central-1:111122223333:${'lantern'.repeat(30)}/${id}`;
const REMOVE: Grant = { does: 'REMOVE', actions: ['lanterns:Put'], resource: 'lanterns:*' };

const NO_LIMITS = {
  maxStalePercent: 100,
  maxStalePercentPerAccount: 100,
  maxStalePercentOverall: 100,
};

const exactArns: Step<Stepped>['fence'] = {
  ...{ by: 'EXACT_ARNS', says: 'Lanterns have no tags.' },
  arnOf: ({ id }) => arnOf(id),
};

async function open(count: number, steps: Readonly<Record<string, Partial<Step<Stepped>>>> = {}) {
  world = new SteppedWorld();
  for (let index = 0; index < count; index += 1) world.add(`thing-${index}`);
  const iam = { discover: [], remove: [REMOVE], restore: [] };
  sweep = await openKindsSweep([
    steppedKind(world, () => sweep.clock.now(), { steps, kind: { iam } }),
  ]);
}

const run = async (executionId: string) =>
  runOf(sweep, executionId, { kinds: [STEPPED], remove: [STEPPED], limits: NO_LIMITS });
const steps = () => sweep.changing.map(({ step }) => step);
const arns = () => sweep.changing.flatMap((one) => (one.arns ? [one.arns] : []));

it('each step has a session of its own, in the execution that takes it', async () => {
  await open(3);
  await run('first');
  expect(steps()).toEqual(['copy']);
  sweep.clock.advance(8 * DAY_MS);
  await run('second');
  expect(steps()).toEqual(['copy', 'archive']);
});

it('things at two steps are taken through two sessions of one execution', async () => {
  const through: unknown[] = [];
  const by = (step: string, state: Stepped['state']): Partial<Step<Stepped>> => ({
    run: {
      one: async (clients, { resourceId }) => {
        through.push([step, sweep.changing.find((one) => one.clients === clients)?.step]);
        world.change(resourceId, { state });
        return {};
      },
    },
  });
  await open(1, { copy: by('copy', 'COPIED'), archive: by('archive', 'ARCHIVED') });
  await run('first');
  sweep.clock.advance(8 * DAY_MS);
  world.add('late');
  const { removals } = await run('second');
  expect(removals.map(({ step }) => step).toSorted()).toEqual(['archive', 'copy']);
  expect(steps().slice(1).toSorted()).toEqual(['archive', 'copy']);
  expect(through.toSorted()).toEqual([
    ['archive', 'archive'],
    ['copy', 'copy'],
    ['copy', 'copy'],
  ]);
});

it('a session for exact ARNs names what is requested through it, and no session takes more than STS does', async () => {
  const through: (readonly string[])[] = [];
  const one = async (_: unknown, { resourceId }: Thing<Stepped>) => {
    through.push([resourceId, ...(arns().at(-1) ?? [])]);
    world.change(resourceId, { state: 'COPIED' });
    return {};
  };
  await open(60, { copy: { fence: exactArns, run: { one } } });
  const { removals } = await run('first');
  expect(removals.map(({ outcome }) => outcome)).toEqual(Array(60).fill('STEP_DONE'));
  expect(through.filter(([id = '', ...named]) => !named.includes(arnOf(id)))).toEqual([]);
  const sizes = arns().map(({ length }) => length);
  expect(Math.max(...sizes)).toBe(7);
  // Nothing is named again that was requested before.
  expect(arns().flat()).toHaveLength(60);
});

it.each([
  ['a star', '*'],
  ['a length that no session policy takes', 'x'.repeat(2_048)],
])(
  'what no session can name, as its name has %s, stays by itself, and the others go',
  async (_, odd) => {
    const one = async (__: unknown, { resourceId }: Thing<Stepped>) => {
      world.change(resourceId, { state: 'COPIED' });
      return {};
    };
    const fence = { ...exactArns, arnOf: ({ id }: Stepped) => arnOf(id === 'thing-0' ? odd : id) };
    await open(3, { copy: { fence, run: { one } } });
    const { removals } = await run('first');
    expect(removals.map(({ outcome, reasons }) => [outcome, ...reasons])).toEqual([
      ['NOT_ATTEMPTED', 'NO_EXACT_ARN'],
      ['STEP_DONE'],
      ['STEP_DONE'],
    ]);
    expect(arns().flat()).toEqual([arnOf('thing-1'), arnOf('thing-2')]);
  },
);

it('what is of one parent is named once, however many go in a request', async () => {
  const many = async (_: unknown, things: readonly Thing<Stepped>[]) => {
    for (const { resourceId } of things) world.change(resourceId, { state: 'COPIED' });
    return new Map(things.map(({ resourceId }) => [resourceId, {}]));
  };
  const fence: Step<Stepped>['fence'] = {
    ...{ by: 'PARENT_TAG', tag: { key: 'sweep', value: 'allowed' } },
    ...{ says: 'The owner tags the parent.', arnOf: ({ parent }) => arnOf(parent) },
  };
  const ofParent = ({ parent }: Stepped) => parent;
  await open(30, { copy: { fence, run: { most: 10, parentOf: ofParent, many } } });
  const { removals } = await run('first');
  expect(removals).toHaveLength(30);
  expect(new Set(arns().flat())).toEqual(new Set([arnOf('p')]));
  for (const named of arns()) expect(named).toHaveLength(1);
});

it('a step that is tried again after a lost answer has the token of its first try, and no other has it', async () => {
  const tokens = new Map<string, string[]>();
  const one = async (_: unknown, { resourceId, token }: Thing<Stepped>) => {
    const before = tokens.get(resourceId) ?? [];
    tokens.set(resourceId, [...before, token]);
    // A describe doesn't show yet what it has made.
    if (before.length === 0) throw new Error('socket hang up');
    world.change(resourceId, { state: 'COPIED' });
    return {};
  };
  await open(2, { copy: { run: { one } } });
  const { removals } = await run('first');
  expect(removals.map(({ outcome }) => outcome)).toEqual(['STEP_DONE', 'STEP_DONE']);
  const [first = [], second = []] = tokens.values();
  expect(first).toEqual([first[0], first[0]]);
  expect(second).toEqual([second[0], second[0]]);
  expect(first[0]).not.toBe(second[0]);
  expect(first[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

it('another execution asks for the same step with another token', async () => {
  const tokens: string[] = [];
  const one = async (_: unknown, { token }: Thing<Stepped>) => {
    tokens.push(token);
    throw Object.assign(new Error('no'), {
      name: 'SomethingNew',
      $metadata: { httpStatusCode: 400 },
    });
  };
  await open(1, { copy: { run: { one } } });
  await run('first');
  await run('second');
  expect(new Set(tokens).size).toBe(2);
});
