import type { Floors } from '../../../core/floors/floors.ts';
import { changingFloors, floorsOf } from '../../support/summaries/floors.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';
import { madeUpKind, madeUpStep, type World } from '../../support/kinds/made-up-kind.ts';

const MADE_UP = 'made-up';
const STEP = 'made-up:delete';

let sweep: KindsSweep;
let removed: string[];
afterEach(async () => sweep.close());

/** With two unused things of a kind that nothing brings back. */
async function open(named: Partial<Floors> = {}) {
  const world: World = new Map();
  removed = [];
  const floors = changingFloors(named);
  const one = async (_: unknown, { resourceId }: { resourceId: string }) => {
    removed.push(resourceId);
    return {};
  };
  const kind = madeUpKind(world);
  const steps = [madeUpStep({ run: { one } })] as const;
  const removal = { ...kind.removal!, steps };
  const hubName = '/orgsweep/hub';
  sweep = await openKindsSweep([{ ...kind, removal }], (deps) => ({
    ...floors.deps(deps),
    hubName,
  }));
  const things = ['one', 'two'].map((id) => ({
    ...{ id, startedAt: '2019-01-01T00:00:00.000Z', isUsed: false },
  }));
  for (const id of sweep.ids) world.set(id, things);
  return floors;
}

/** As who deploys does it, right after that file was written. */
function raiseAfter(file: string, floors: Awaited<ReturnType<typeof open>>): void {
  const { put } = sweep.store;
  sweep.store.put = async (key, ...more) => {
    const written = await put(key, ...more);
    if (key.endsWith(`/${file}`)) floors.current = floorsOf({ requireUndo: true });
    return written;
  };
}

const run = async (policy: object) => runOf(sweep, 'mine', { policy });
const ofMadeUp = <T extends { kind: string }>(all: readonly T[] = []) =>
  all.filter(({ kind }) => kind === MADE_UP);
const BY_DEFAULT = { allowIrreversible: undefined, requireUndo: undefined };

it('E2: what nothing brings back is held, and a person is told what would allow it', async () => {
  await open();
  const { plan, summary, texts } = await run(BY_DEFAULT);
  expect(ofMadeUp(plan?.removals)).toEqual([]);
  expect(ofMadeUp(plan?.held)).toMatchObject([
    { held: ['IRREVERSIBLE_NOT_ALLOWED'], step: 'delete' },
    { held: ['IRREVERSIBLE_NOT_ALLOWED'], step: 'delete' },
  ]);
  expect(summary?.plan?.heldSteps).toEqual({ IRREVERSIBLE_NOT_ALLOWED: [STEP] });
  const mail = texts.mail.replaceAll(/\s+/g, ' ');
  expect(mail).toContain('IRREVERSIBLE_NOT_ALLOWED');
  expect(mail).toContain(`"policy":{"allowIrreversible":["${STEP}"]}`);
  expect(removed).toEqual([]);
});

it('E2: neither is it removed where no undo is required: that is said of the Recycle Bin', async () => {
  await open();
  const { plan } = await run({ ...BY_DEFAULT, requireUndo: false });
  expect(ofMadeUp(plan?.held).flatMap(({ held }) => held)).toContain('IRREVERSIBLE_NOT_ALLOWED');
  expect(plan?.removals.some(({ kind }) => kind === SNAPSHOT)).toBe(true);
  expect(removed).toEqual([]);
});

it('E2: it is removed where the policy names its step, whatever else has to be restorable', async () => {
  await open();
  const { plan, removals } = await run({ allowIrreversible: [STEP], requireUndo: true });
  expect(ofMadeUp(plan?.removals)).toHaveLength(2);
  expect(ofMadeUp(removals)).toMatchObject([
    { outcome: 'REMOVED', reasons: [] },
    { outcome: 'REMOVED', reasons: [] },
  ]);
  expect(new Set(removed)).toEqual(new Set(['one', 'two']));
  // The snapshots are held: no rule keeps them.
  expect(plan?.removals.some(({ kind }) => kind === SNAPSHOT)).toBe(false);
});

it('E2: an input that names its step is refused under the floor', async () => {
  await open({ requireUndo: true });
  const ended = await run({ allowIrreversible: [STEP], requireUndo: true });
  expect(ended).toMatchObject({ status: 'FAILED', plan: null });
  expect(ended.published?.Message.replaceAll(/\s+/g, ' ')).toContain(
    `input.policy.allowIrreversible[0]: "${STEP}" – accepted: none (deletion.floors.requireUndo of this deployment)`,
  );
  expect(removed).toEqual([]);
});

it('E2: under the floor it is held, and nobody is told to allow what that refuses', async () => {
  await open({ requireUndo: true });
  const { plan, texts } = await run({ ...BY_DEFAULT, requireUndo: true });
  expect(ofMadeUp(plan?.held).flatMap(({ held }) => held)).toContain('IRREVERSIBLE_NOT_ALLOWED');
  const mail = texts.mail.replaceAll(/\s+/g, ' ');
  expect(mail).toContain('Ask owners to delete what they do not need of what nothing brings back');
  expect(mail).not.toContain('allowIrreversible');
});

it.each([
  ['before the plan', 'expected.json', []],
  ['between plan and removal', 'plan.json', ['PROTECTED', 'PROTECTED']],
])('E2: a floor that is raised %s keeps it', async (_when, file, outcomes) => {
  const floors = await open();
  raiseAfter(file, floors);
  const { plan, removals } = await run({ allowIrreversible: [STEP] });
  expect(ofMadeUp(plan?.removals)).toHaveLength(outcomes.length);
  expect(ofMadeUp(removals).map(({ outcome }) => outcome)).toEqual(outcomes);
  const reasons = [...ofMadeUp(removals).map((one) => one.reasons)].flat();
  expect(reasons).toEqual(outcomes.map(() => 'IRREVERSIBLE_NOT_ALLOWED'));
  expect(removed).toEqual([]);
});
