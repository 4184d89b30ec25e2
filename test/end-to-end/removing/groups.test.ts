import { z } from 'zod';
import { DAY_MS } from '../../../core/model/age.ts';
import type { Groups } from '../../../core/plan/together/groups.ts';
import type { Kind, KindSpec } from '../../../kinds/kind.ts';
import type { Removal, Step } from '../../../kinds/removal.ts';
import { type KindsSweep, openKindsSweep, runOf } from '../../support/kinds/kinds-sweep.ts';
import {
  type MadeUp,
  madeUpKind,
  madeUpStep,
  type World,
} from '../../support/kinds/made-up-kind.ts';

const COPY = 'copy';
const ORIGIN = 'origin';
const IMAGE = 'image';
const OLD = Date.parse('2019-01-01T00:00:00Z');

/** `copy-1` of origin-a is the oldest. */
const ORIGIN_OF: Readonly<Record<string, string>> = {
  'copy-1': 'origin-a',
  'copy-2': 'origin-a',
  'copy-3': 'origin-b',
};

let sweep: KindsSweep;
afterEach(async () => sweep.close());

const things = (...ids: readonly string[]): MadeUp[] =>
  ids.map((id, day) => ({
    ...{ id, isUsed: false },
    startedAt: new Date(OLD + day * DAY_MS).toISOString(),
  }));

/** What a kind has in the one account and Region. */
function only(world: World): MadeUp[] {
  const [here] = world.values();
  return here ?? [];
}
function deleting(world: World): Pick<Step<MadeUp>, 'run'> {
  return {
    run: {
      one: async (_, { resourceId }) => {
        for (const [key, all] of world)
          world.set(
            key,
            all.filter(({ id }) => id !== resourceId),
          );
        return {};
      },
    },
  };
}

/** Two kinds: originals, and their copies, with what else each of them has. */
async function openCopies({
  seesLeaving = () => false,
  now = (groups: Groups) => groups,
  recheck = () => undefined,
  originSteps,
  namesOrigin = true,
}: {
  /** Whether the copies' own kind sees the original in the bin, or marked. */
  readonly seesLeaving?: (origin: string) => boolean;
  readonly now?: (groups: Groups) => Groups;
  readonly recheck?: () => void;
  readonly originSteps?: (world: World) => Partial<KindSpec<MadeUp>>;
  readonly namesOrigin?: boolean;
} = {}) {
  const copies: World = new Map();
  const origins: World = new Map();
  const groupsOf = ({ id }: MadeUp): Groups => {
    const origin = ORIGIN_OF[id] ?? '';
    const all = only(copies).filter((one) => ORIGIN_OF[one.id] === origin);
    const others = all.flatMap((one) => (one.id === id ? [] : [one.id]));
    const isNewest = all.at(-1)?.id === id;
    return { copies: { id: origin, others, isNewest, isOriginLeaving: seesLeaving(origin) } };
  };
  const kinds = [
    kindOf(copies, {
      kind: COPY,
      groups: {
        of: groupsOf,
        now: async (_, of) => new Map(of.map((one) => [one.id, now(groupsOf(one))])),
        ...(namesOrigin && { origin: ORIGIN }),
      },
      words: { ...WORDS, one: 'print', many: 'prints', copiesOf: 'painting' },
      onRecheck: recheck,
    }),
    kindOf(origins, { kind: ORIGIN, ...originSteps?.(origins) }),
  ];
  sweep = await openKindsSweep(kinds);
  for (const id of sweep.ids) {
    copies.set(id, things('copy-1', 'copy-2', 'copy-3'));
    origins.set(id, things('origin-a'));
  }
  return { copies, origins };
}

/** Which of its copies an original relies on, only its own kind knows. */
const BOTH_HELD = {
  'copy-1': ['LAST_COPY_OF_REMOVED_VOLUME'],
  'copy-2': ['LAST_COPY_OF_REMOVED_VOLUME'],
};

const WORDS = {
  ...{ one: 'beacon', many: 'beacons' },
  reasons: { STALE: { MADE_UP_UNUSED: 'nobody sees it' } },
};

/** That of a made-up kind, before its facts' type is hidden. */
function removalIn(world: World): Removal<MadeUp> {
  return madeUpKind(world).removal as Removal<MadeUp>;
}

function kindOf(
  world: World,
  {
    onRecheck = () => undefined,
    ...given
  }: Partial<KindSpec<MadeUp>> & { readonly onRecheck?: () => void },
): Kind {
  const here = removalIn(world);
  return madeUpKind(world, {
    removal: {
      ...here,
      recheck: async (look, ids) => {
        onRecheck();
        return here.recheck(look, ids);
      },
      steps: [madeUpStep(deleting(world))],
    },
    ...given,
  });
}

const BOTH = { kinds: [COPY, ORIGIN], remove: [COPY, ORIGIN] };
const COPIES = { kinds: [COPY], remove: [COPY] };
const allow = { policy: { allowLastCopy: true } };
const idsOf = (all: readonly { resourceId: string }[] = []) =>
  all.map(({ resourceId }) => resourceId).toSorted();
const holdsOf = (all: readonly { resourceId: string; held: readonly string[] }[] = []) =>
  Object.fromEntries(all.map(({ resourceId, held }) => [resourceId, held]));
const endsOf = (
  all: readonly { resourceId: string; outcome: string; reasons: readonly string[] }[],
) =>
  Object.fromEntries(all.map((one) => [one.resourceId, [one.outcome, ...one.reasons].join(' ')]));

it('an original goes, and its copies stay, whatever the policy says of last copies', async () => {
  await openCopies();
  const { plan, removals, texts } = await runOf(sweep, 'first', { ...BOTH, ...allow });
  expect(idsOf(plan?.removals)).toEqual(['copy-3', 'origin-a']);
  expect(holdsOf(plan?.held)).toEqual(BOTH_HELD);
  expect(new Set(removals.map(({ outcome }) => outcome))).toEqual(new Set(['REMOVED']));
  expect(texts.summaryText.replaceAll(/\s+/g, ' ')).toContain(
    'copy of a painting that is being deleted',
  );
});

it('while the original is in the bin its copies stay, and then the policy decides again', async () => {
  let isInBin = true;
  const { origins } = await openCopies({ seesLeaving: (id) => isInBin && id === 'origin-a' });
  origins.clear();
  const first = await runOf(sweep, 'first', { ...COPIES, ...allow });
  expect(holdsOf(first.plan?.held)).toEqual(BOTH_HELD);
  isInBin = false;
  const second = await runOf(sweep, 'second', { ...COPIES, ...allow });
  expect(endsOf(second.removals)).toEqual({ 'copy-1': 'REMOVED', 'copy-2': 'REMOVED' });
});

it('while the original is between two steps of its removal its copies stay', async () => {
  let isArchived = false;
  await openCopies({
    originSteps: (world) => ({
      removal: {
        ...removalIn(world),
        next: () => ({ name: isArchived ? 'delete' : 'archive', notBefore: null }),
        steps: [
          madeUpStep({ name: 'archive', undo: [{ way: 'NONE', says: 'Nothing brings it back.' }] }),
          madeUpStep({ ...deleting(world), waitDays: 7 }),
        ],
      },
    }),
  });
  const first = await runOf(sweep, 'first', { kinds: [ORIGIN], remove: [ORIGIN] });
  expect(endsOf(first.removals)).toEqual({ 'origin-a': 'STEP_DONE' });
  isArchived = true;
  sweep.clock.advance(DAY_MS);
  // This execution doesn't even look at originals.
  const second = await runOf(sweep, 'second', { ...COPIES, ...allow });
  expect(holdsOf(second.plan?.held)).toEqual(BOTH_HELD);
  expect(idsOf(second.plan?.removals)).toEqual(['copy-3']);
});

it.each([
  ['the second look', 'recheck'],
  ['the look after marking', 'now'],
] as const)('what comes into the bin after the plan keeps its copies at %s', async (_, by) => {
  let isInBin = false;
  await openCopies({
    seesLeaving: (id) => isInBin && id === 'origin-a',
    recheck: () => {
      isInBin ||= by === 'recheck';
    },
    now: (groups) => {
      const isOfA = groups.copies?.id === 'origin-a';
      return by === 'now' && isOfA
        ? { copies: { ...groups.copies!, isOriginLeaving: true } }
        : groups;
    },
  });
  const { plan, removals } = await runOf(sweep, 'first', { ...COPIES, ...allow });
  expect(idsOf(plan?.removals)).toEqual(['copy-1', 'copy-2', 'copy-3']);
  expect(endsOf(removals)).toEqual({
    'copy-1': 'PROTECTED LAST_COPY_OF_REMOVED_VOLUME',
    'copy-2': 'PROTECTED LAST_COPY_OF_REMOVED_VOLUME',
    'copy-3': 'REMOVED',
  });
});

it('a kind that names no other one is looked at after marking too, whatever the policy', async () => {
  await openCopies({
    namesOrigin: false,
    now: ({ copies }) => ({ copies: { ...copies!, isOriginLeaving: copies?.id === 'origin-a' } }),
  });
  const { removals } = await runOf(sweep, 'first', { ...COPIES, ...allow });
  expect(endsOf(removals)).toEqual({
    'copy-1': 'PROTECTED LAST_COPY_OF_REMOVED_VOLUME',
    'copy-2': 'PROTECTED LAST_COPY_OF_REMOVED_VOLUME',
    'copy-3': 'REMOVED',
  });
});

it('what another execution took a step with after the plan keeps its copies too', async () => {
  const { origins } = await openCopies();
  const report = await runOf(sweep, 'report', { ...COPIES, ...allow, mode: 'report' });
  expect(idsOf(report.plan?.removals)).toEqual(['copy-1', 'copy-2', 'copy-3']);
  await runOf(sweep, 'origins', { kinds: [ORIGIN], remove: [ORIGIN] });
  expect(only(origins)).toEqual([]);
  const { plan } = await runOf(sweep, 'later', { ...COPIES, ...allow, plan: 'report' });
  expect(holdsOf(plan?.held)).toEqual(BOTH_HELD);
});

it('the copies of what was removed stay, though looks no longer find what it is of', async () => {
  await openCopies();
  await runOf(sweep, 'origins', { kinds: [ORIGIN], remove: [ORIGIN] });
  for (const id of ['a-week-later', 'two-weeks-later']) {
    sweep.clock.advance(7 * DAY_MS);
    const { plan } = await runOf(sweep, id, { ...BOTH, ...allow });
    expect(holdsOf(plan?.held)).toEqual(BOTH_HELD);
  }
  sweep.clock.advance(40 * DAY_MS);
  const { removals } = await runOf(sweep, 'in-the-end', { ...BOTH, ...allow });
  expect(endsOf(removals)).toEqual({ 'copy-1': 'REMOVED', 'copy-2': 'REMOVED' });
});

it('without an original that goes nothing changes', async () => {
  await openCopies();
  const held = await runOf(sweep, 'first', COPIES);
  expect(holdsOf(held.plan?.held)).toEqual({ 'copy-2': ['LAST_COPY'], 'copy-3': ['LAST_COPY'] });
  const free = await runOf(sweep, 'second', { ...COPIES, ...allow });
  expect(idsOf(free.plan?.removals)).toEqual(['copy-2', 'copy-3']);
});

/** Images of one family, oldest first, of which `keepNewest` stay: 2 where the input says nothing. */
async function openImages(used: readonly string[] = [], onRecheck?: (world: World) => void) {
  const world: World = new Map();
  const keys = { keepNewest: z.int().min(0).default(2) };
  const kind = kindOf(world, {
    kind: IMAGE,
    policy: { keys },
    words: { ...WORDS, one: 'image', many: 'images', familyOf: 'repository' },
    groups: {
      of: ({ id }, { own }) => {
        const { keepNewest } = z.object(keys).parse(own);
        const newer = only(world).flatMap((one) => (one.id > id ? [one.id] : []));
        return { family: { id: 'web', keep: keepNewest, newer } };
      },
    },
    onRecheck: () => onRecheck?.(world),
  });
  sweep = await openKindsSweep([kind]);
  const all = things('image-1', 'image-2', 'image-3', 'image-4');
  for (const id of sweep.ids)
    world.set(
      id,
      all.map((one) => ({ ...one, isUsed: used.includes(one.id) })),
    );
}
const IMAGES = { kinds: [IMAGE], remove: [IMAGE] };

it('of a family the newest stay, and the others go', async () => {
  await openImages();
  const { plan, removals, findings, texts } = await runOf(sweep, 'first', IMAGES);
  expect(endsOf(removals)).toEqual({ 'image-1': 'REMOVED', 'image-2': 'REMOVED' });
  expect(holdsOf(plan?.held)).toEqual({
    'image-3': ['NEWEST_OF_FAMILY'],
    'image-4': ['NEWEST_OF_FAMILY'],
  });
  expect(findings.map(({ evidence }) => evidence.family?.newer)).toEqual([3, 2, 1, 0]);
  expect(texts.summaryText.replaceAll(/\s+/g, ' ')).toContain(
    'among the newest images of its repository',
  );
});

it('one in use is one of the newest, and an old one in use is none', async () => {
  await openImages(['image-1', 'image-4']);
  const { plan, removals } = await runOf(sweep, 'first', IMAGES);
  expect(endsOf(removals)).toEqual({ 'image-2': 'REMOVED' });
  expect(holdsOf(plan?.held)).toEqual({ 'image-3': ['NEWEST_OF_FAMILY'] });
});

it("a kind's own key says how many stay", async () => {
  await openImages();
  const policy = { kinds: { [IMAGE]: { keepNewest: 0 } } };
  const { removals } = await runOf(sweep, 'first', { ...IMAGES, policy });
  expect(removals).toHaveLength(4);
});

it('what is one of the newest by the second look stays', async () => {
  const withoutNewest = (world: World) => {
    for (const [key, all] of world)
      world.set(
        key,
        all.filter(({ id }) => id !== 'image-4'),
      );
  };
  await openImages([], withoutNewest);
  const { plan, removals } = await runOf(sweep, 'first', IMAGES);
  expect(idsOf(plan?.removals)).toEqual(['image-1', 'image-2']);
  expect(endsOf(removals)).toEqual({
    'image-1': 'PROTECTED NEWEST_OF_FAMILY',
    'image-2': 'PROTECTED NEWEST_OF_FAMILY',
  });
});
