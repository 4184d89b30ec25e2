import { DAY_MS } from '../../../core/model/age.ts';
import type { RecycleBinRule } from '../../../core/outcome/recycle-bin.ts';
import type { BinEntry } from '../../../core/removal/bin.ts';
import { MARKER } from '../../../core/tags/marker.ts';
import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import { STEPPED, SteppedWorld, steppedKind } from '../../support/kinds/stepped-kind.ts';
import { aRule } from '../../support/summaries/builders.ts';

let sweep: KindsSweep;
afterEach(async () => sweep.close());
let world: SteppedWorld;
/** Rules of the bin, or why they can't be read. */
let rules: readonly RecycleBinRule[] | Error;
/** How often they are read before these are there instead. */
let readable: number;
let thenRules: typeof rules = [];
let binShows: boolean;
let bin: Map<string, BinEntry>;
/** The copies that are there and whole, or why nobody can tell. */
let whole: 'ALL' | readonly string[] | Error;
/** What is deleted, and each look into the bin. */
let happened: string[];

const KEEPS = aRule({ resourceTags: [{ key: MARKER.key, value: MARKER.value }] });
const LIMITS = {
  maxStalePercent: 100,
  maxStalePercentPerAccount: 100,
  maxStalePercentOverall: 100,
};

/** Two steps: a copy, and the deletion, which the bin undoes, or else the copy. */
async function open(count: number, isCopied: boolean | 'FIRST') {
  world = new SteppedWorld();
  [rules, readable, binShows, bin, happened] = [[], Infinity, true, new Map(), []];
  whole = 'ALL';
  for (let index = 0; index < count; index += 1) world.add(`thing-${index}`);
  const readRules = async () => {
    if (readable === 0) rules = thenRules;
    readable -= 1;
    if (rules instanceof Error) throw rules;
    return [...rules];
  };
  const kind = steppedKind(world, () => sweep.clock.now(), {
    removal: {
      next: ({ state }) => ({ name: state === 'ACTIVE' ? 'copy' : 'delete', notBefore: null }),
    },
    steps: {
      copy: {
        run: {
          one: async (_, { resourceId }) => {
            world.change(resourceId, { state: 'COPIED' });
            const isMade = isCopied === 'FIRST' ? resourceId === 'thing-0' : isCopied;
            return isMade ? { made: `copy-of-${resourceId}` } : {};
          },
        },
      },
      delete: {
        fence: {
          by: 'MARKER',
          mark: async () => undefined,
          findMarked: async (_, ids) => new Set(ids),
        },
        run: {
          one: async (_, { resourceId }) => {
            happened.push(`delete ${resourceId}`);
            world.things.delete(resourceId);
            const enteredAt = sweep.clock.now().toISOString();
            const isKept = !(rules instanceof Error) && rules.length > 0 && binShows;
            if (isKept) bin.set(resourceId, { enteredAt, restorableUntil: UNTIL });
            return {};
          },
        },
        undo: [
          {
            way: 'RECYCLE_BIN',
            keeps: { resourceType: 'EBS_VOLUME', mostDays: 7 },
            rules: readRules,
            rule: async (_, id) => (await readRules()).find((one) => one.identifier === id) ?? null,
            find: async (_, ids) => {
              happened.push(`look for ${ids.length}`);
              return new Map([...bin].filter(([id]) => ids.includes(id)));
            },
            findTags: async () => new Map(),
            restore: async (_, id) => void happened.push(`restore ${id}`),
            protect: async () => undefined,
          },
          {
            way: 'MADE',
            findWhole: async (_, made) => {
              if (whole instanceof Error) throw whole;
              const known = whole;
              return new Set(made.filter((copy) => known === 'ALL' || known.includes(copy)));
            },
            whatIsNew: 'Its id is another one.',
            find: async () => null,
            bringBack: async (_, { made }) => {
              happened.push(`make of ${made}`);
              return `from-${made}`;
            },
          },
        ],
      },
    },
  });
  const { steps } = kind.removal!;
  const [copy, , last] = steps as unknown as [(typeof steps)[0], unknown, (typeof steps)[0]];
  sweep = await openKindsSweep([
    { ...kind, removal: { ...kind.removal!, steps: [copy, { ...last, waitDays: 1 }] } },
  ]);
}
const UNTIL = '2027-01-01T00:00:00.000Z';

const run = async (executionId: string, policy: Record<string, unknown> = { requireUndo: true }) =>
  runOf(sweep, executionId, {
    ...{ kinds: [STEPPED], remove: [STEPPED], limits: LIMITS },
    policy: { ...policy, allowIrreversible: [`${STEPPED}:copy`] },
  });

/** The copies are made, and a day later is the turn of what follows. */
async function copied(count: number, isCopied: boolean | 'FIRST' = true) {
  await open(count, isCopied);
  await run('copied');
  sweep.clock.advance(2 * DAY_MS);
}
type Ended = Awaited<ReturnType<typeof run>>;
const held = ({ plan }: Ended) => plan?.held.map((one) => one.held.join(' '));
const ends = ({ removals }: Ended) =>
  removals.map(({ outcome, reasons, undo, restorableUntil }) => [
    [outcome, ...reasons].join(' '),
    restorableUntil ?? undo,
  ]);

it('where a rule keeps it, the first is seen in the bin before the others follow', async () => {
  await copied(3);
  rules = [KEEPS];
  const ended = await run('deleted');
  expect(ends(ended)).toEqual(Array(3).fill(['REMOVED', UNTIL]));
  expect(happened.slice(0, 2)).toEqual(['delete thing-0', 'look for 1']);
  expect(happened.filter((one) => one.startsWith('delete'))).toHaveLength(3);
});

it('where no rule keeps it, it goes with its copy, and that is told and used', async () => {
  await copied(2);
  const ended = await run('deleted');
  expect(ends(ended)).toEqual(Array(2).fill(['REMOVED', 'MADE']));
  expect(ended.summary?.plan?.undoneOtherwise).toEqual({ MADE: 2 });
  const request = { executionId: 'deleted', resourceIds: ['thing-1'], dryRun: false };
  const { resources } = await restoreExecution(sweep.opened(), request);
  expect(resources).toMatchObject([{ result: 'RESTORED', newId: 'from-copy-of-thing-1' }]);
  expect(happened.at(-1)).toBe('make of copy-of-thing-1');
});

it('where neither a rule nor a copy keeps it, it is held, whatever is required', async () => {
  await copied(1, false);
  expect(held(await run('required'))).toEqual(['NO_RECYCLE_BIN_RULE']);
  expect(held(await run('not-required', { requireUndo: false }))).toEqual([
    'IRREVERSIBLE_NOT_ALLOWED',
  ]);
  expect(happened).toEqual([]);
});

describe.each([
  [true, ['REMOVED', 'MADE']],
  [false, ['NOT_ATTEMPTED NO_RECYCLE_BIN_RULE', undefined]],
])('it goes where it has a copy (%s)', (isCopied, expected) => {
  it.each([
    ['is gone after the plan', []],
    ['cannot be read any more', Object.assign(new Error('no'), { name: 'AccessDeniedException' })],
  ])('also where its rule %s', async (_, then) => {
    await copied(1, isCopied);
    [rules, readable, thenRules] = [[KEEPS], 1, then];
    expect(ends(await run('deleted'))).toEqual([expected]);
  });
});

it('what the bin should keep and does not show stops the rest, copies or not', async () => {
  await copied(3);
  [rules, binShows] = [[KEEPS], false];
  expect(ends(await run('deleted'))).toEqual([
    ['REMOVED NOT_SEEN_IN_RECYCLE_BIN', 'MADE'],
    ['NOT_ATTEMPTED NOT_SEEN_IN_RECYCLE_BIN', undefined],
    ['NOT_ATTEMPTED NOT_SEEN_IN_RECYCLE_BIN', undefined],
  ]);
});

it('what goes only as the bin would keep it stops the rest, also where no bin is required', async () => {
  await copied(3, false);
  [rules, binShows] = [[KEEPS], false];
  expect(ends(await run('deleted', { requireUndo: false }))).toEqual([
    ['REMOVED NOT_SEEN_IN_RECYCLE_BIN', 'NONE'],
    ['NOT_ATTEMPTED NOT_SEEN_IN_RECYCLE_BIN', undefined],
    ['NOT_ATTEMPTED NOT_SEEN_IN_RECYCLE_BIN', undefined],
  ]);
});

it.each([
  ['denied', 'AccessDeniedException'],
  ['throttled', 'ThrottlingException'],
])('rules that nobody could read (%s) are no question of what is allowed', async (_, name) => {
  await copied(1, false);
  const failure = Object.assign(new Error('no'), { name });
  rules = failure;
  expect(held(await run('planned', { requireUndo: false }))).toEqual(['NO_RECYCLE_BIN_RULE']);
  [rules, readable, thenRules] = [[KEEPS], 1, failure];
  const ended = await run('deleted', { requireUndo: false });
  expect(ends(ended)).toEqual([['NOT_ATTEMPTED NO_RECYCLE_BIN_RULE', undefined]]);
  expect(happened).toEqual([]);
});

it.each([
  [true, 'NOT_ATTEMPTED NO_RECYCLE_BIN_RULE'],
  [false, 'PROTECTED IRREVERSIBLE_NOT_ALLOWED'],
])('what has lost its copy by then stays (required: %s)', async (requireUndo, expected) => {
  await copied(2);
  whole = ['copy-of-thing-1'];
  expect(ends(await run('deleted', { requireUndo }))).toEqual([
    [expected, undefined],
    ['REMOVED', 'MADE'],
  ]);
  expect(happened.filter((one) => one.startsWith('delete'))).toEqual(['delete thing-1']);
});

it('what has a rule needs no look for its copy', async () => {
  await copied(1);
  [rules, whole] = [[KEEPS], new Error('nobody should ask')];
  expect(ends(await run('deleted'))).toEqual([['REMOVED', UNTIL]]);
});

it('where nobody can tell whether the copies are there, all stays', async () => {
  await copied(2);
  whole = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  expect(ends(await run('deleted'))).toEqual(
    Array(2).fill(['NOT_ATTEMPTED CHECK_FAILED', undefined]),
  );
  expect(happened).toEqual([]);
});

it('under a rule that was seen to keep nothing, nothing goes that only the bin would keep', async () => {
  await copied(2, 'FIRST');
  [rules, binShows] = [[KEEPS], false];
  expect(ends(await run('deleted', { requireUndo: false }))).toEqual([
    ['REMOVED', 'MADE'],
    ['PROTECTED IRREVERSIBLE_NOT_ALLOWED', undefined],
  ]);
});
