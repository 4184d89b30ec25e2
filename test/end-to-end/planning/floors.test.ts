import type { Floors } from '../../../core/floors/floors.ts';
import { DAY_MS } from '../../../core/model/age.ts';
import { recordApproval } from '../../../steps/approve/approval-record.ts';
import type { Deps } from '../../../steps/deps.ts';
import { keysOf } from '../../../store/keys.ts';
import {
  type ChangingFloors,
  changingFloors,
  floorsOf,
  SKIPPABLE_REFERENCES,
} from '../../support/summaries/floors.ts';
import { openRemovalSweep, type RemovalSweep, tally } from '../../support/removal-sweep.ts';

const [SOURCE = ''] = SKIPPABLE_REFERENCES;

let sweep: RemovalSweep | undefined;
let floors: ChangingFloors;
afterEach(async () => sweep?.close());

async function open(
  named: Partial<Floors> = {},
  notify: Deps['notify'] = async () => undefined,
): Promise<RemovalSweep> {
  floors = changingFloors({ skippableSources: [...SKIPPABLE_REFERENCES], ...named });
  sweep = await openRemovalSweep({
    deps: (deps) => ({ ...floors.deps(deps), notify, hubName: '/orgsweep/hub' }),
  });
  return sweep;
}

/** As who deploys does it while an execution runs: right after it has written that file. */
function raiseAfter(file: 'expected' | 'removalTargets', to: Partial<Floors>): void {
  const { store } = sweep!;
  const { put, writeLines } = store;
  const raise = (key: string) => {
    if (key === keysOf('mine')[file]) floors.current = floorsOf(to);
  };
  store.put = async (key, ...more) => {
    const written = await put(key, ...more);
    raise(key);
    return written;
  };
  store.writeLines = async (key, lines) => {
    await writeLines(key, lines);
    raise(key);
  };
}

const OTHERS = { skippableSources: [...SKIPPABLE_REFERENCES] };
const LOOSE = { maxStalePercent: 100, maxStalePercentPerAccount: 100, minReferencePercent: 0 };

describe('what an execution left to its defaults', () => {
  it.each<[string, Partial<Floors>, Record<string, unknown>, string]>([
    ['graceDays', { graceDays: 21 }, { policy: { graceDays: undefined } }, 'IN_GRACE'],
    [
      'requireUndo',
      { requireUndo: true },
      { policy: { requireUndo: undefined } },
      'NO_RECYCLE_BIN_RULE',
    ],
    // No more are looked at closer than may go.
    ['maxRemovalsPerTarget', { maxRemovalsPerTarget: 3 }, {}, 'SHARING_NOT_CHECKED'],
  ])('is raised to %s by Prepare', async (_key, named, input, reason) => {
    const { run, store } = await open(named);
    const { plan, status } = await run('mine', input);
    expect(status).toBe('SUCCEEDED');
    expect(plan?.held.flatMap(({ held }) => held)).toContain(reason);
    const expected = JSON.parse((await store.get(keysOf('mine').expected))?.body ?? '') as object;
    expect(expected).toMatchObject({
      policy: plan?.policy,
      limits: plan?.limits,
      floors: floors.current,
    });
  });

  it('is told, with what the deployment sets', async () => {
    floors = changingFloors({ ...OTHERS, graceDays: 21, requireUndo: true });
    const deps = (given: Deps) => ({ ...floors.deps(given), hubName: '/orgsweep/hub' });
    sweep = await openRemovalSweep({ deps });
    const policy = { graceDays: undefined, requireUndo: undefined };
    const { summary, published } = await sweep.run('mine', { mode: 'report', policy });
    expect(summary).toMatchObject({
      floors: { graceDays: 21, requireUndo: true },
      raisedToFloors: ['policy.graceDays'],
      input: { policy: { graceDays: 21 } },
    });
    expect(published?.Message.replaceAll(/\s+/g, ' ')).toContain(
      'Set by the deployment: only what can be restored is deleted, at least 21 days of grace. Raised by it: policy.graceDays.',
    );
  });

  it('waits for a person where the floors require it', async () => {
    const asked: unknown[] = [];
    const { run, gone, store } = await open({ approval: 'required' }, async ({ body }) => {
      asked.push(body.replaceAll(/\s+/g, ' '));
      await recordApproval(store, {
        ...{ schemaVersion: 1, executionId: 'mine', planDigest: 'x', decision: 'REJECTED' },
        ...{ by: null, at: '2026-11-23T12:00:00.000Z' },
      });
    });
    await run('mine');
    expect(asked).toEqual([
      expect.stringContaining('set by the deployment: a person approves each deletion plan'),
    ]);
    expect(gone()).toEqual([]);
  });
});

it('a run whose input names a value below a floor reads nothing and removes nothing', async () => {
  const { run, gone } = await open({ graceDays: 7 });
  const ended = await run('mine');
  expect(ended).toMatchObject({ status: 'FAILED', plan: null });
  expect(ended.published?.Message.replaceAll(/\s+/g, ' ')).toContain(
    'input.policy.graceDays: 0 – accepted: 7 or more (deletion.floors.graceDays of this deployment)',
  );
  expect(gone()).toEqual([]);
});

describe('floors that are raised before the plan', () => {
  it.each<[keyof Floors, Partial<Floors>, object, number]>([
    ['minAgeDays', { minAgeDays: 36_000 }, { policy: { minAgeDays: 36_000 } }, 0],
    ['graceDays', { graceDays: 7 }, { policy: { graceDays: 7 }, removals: [] }, 0],
    ['requireUndo', { requireUndo: true }, { policy: { requireUndo: true } }, 0],
    ['keepLastCopy', { keepLastCopy: true }, { policy: { allowLastCopy: false } }, 8],
    ['skippableSources', { skippableSources: [] }, { policy: { skipReferences: [] } }, 0],
    ['maxRemovals', { maxRemovals: 3 }, { status: 'REFUSED', removals: [] }, 0],
    ['maxRemovalsPerTarget', { maxRemovalsPerTarget: 3 }, { removals: { length: 3 } }, 3],
    ['maxStalePercent', { maxStalePercent: 1 }, { removals: [] }, 0],
    ['approval', { approval: 'required' }, { approval: 'required' }, 0],
  ])('hold in it: %s', async (_key, to, made, goes) => {
    const { run, gone } = await open();
    raiseAfter('expected', { ...OTHERS, ...to });
    const policy = { allowLastCopy: true, skipReferences: [SOURCE] };
    const { plan } = await run('mine', { policy });
    expect(plan).toMatchObject(made);
    expect(gone()).toHaveLength(goes);
  });
});

describe('floors that are raised between plan and removal', () => {
  it.each<[keyof Floors, Partial<Floors>, Record<string, number>]>([
    ['minAgeDays', { minAgeDays: 36_000 }, { 'NO_LONGER_STALE TOO_YOUNG': 8 }],
    ['graceDays', { graceDays: 7 }, { 'PROTECTED IN_GRACE': 8 }],
    ['requireUndo', { requireUndo: true }, { 'NOT_ATTEMPTED NO_RECYCLE_BIN_RULE': 8 }],
    ['skippableSources', { skippableSources: [] }, { 'PROTECTED BELOW_FLOOR': 8 }],
    ['maxRemovals', { maxRemovals: 7 }, { 'PROTECTED BELOW_FLOOR': 8 }],
    ['maxRemovalsPerAccount', { maxRemovalsPerAccount: 7 }, { 'PROTECTED BELOW_FLOOR': 8 }],
    ['maxRemovalsPerTarget', { maxRemovalsPerTarget: 7 }, { 'PROTECTED BELOW_FLOOR': 8 }],
    ['maxStalePercent', { maxStalePercent: 99 }, { 'PROTECTED BELOW_FLOOR': 8 }],
    [
      'maxStalePercentPerAccount',
      { maxStalePercentPerAccount: 99 },
      { 'PROTECTED BELOW_FLOOR': 8 },
    ],
    ['maxStalePercentOverall', { maxStalePercentOverall: 9 }, { 'PROTECTED BELOW_FLOOR': 8 }],
    ['minReferencePercent', { minReferencePercent: 1 }, { 'PROTECTED BELOW_FLOOR': 8 }],
    ['approval', { approval: 'required' }, { 'NOT_ATTEMPTED NOT_APPROVED': 8 }],
  ])('hold there: %s', async (_key, to, outcomes) => {
    const { run, gone } = await open();
    raiseAfter('removalTargets', { ...OTHERS, ...to });
    const { removals } = await run('mine', {
      policy: { skipReferences: [SOURCE] },
      limits: LOOSE,
    });
    expect(tally(removals)).toEqual(outcomes);
    expect(gone()).toEqual([]);
  });

  it('hold there: keepLastCopy', async () => {
    const { run } = await open();
    raiseAfter('removalTargets', { ...OTHERS, keepLastCopy: true });
    const { removals } = await run('mine', { policy: { allowLastCopy: true } });
    expect(tally(removals)['PROTECTED LAST_COPY']).toBeGreaterThan(0);
  });

  it('hold there: maxPlanAgeDays', async () => {
    const { run, gone, clock, store } = await open();
    raiseAfter('removalTargets', { ...OTHERS, maxPlanAgeDays: 2 });
    const { writeLines } = store;
    store.writeLines = async (key, lines) => {
      await writeLines(key, lines);
      if (key === keysOf('mine').removalTargets) await clock.sleep(3 * DAY_MS);
    };
    const { removals } = await run('mine');
    expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED PLAN_TOO_OLD': 8 });
    expect(gone()).toEqual([]);
  });

  it('change nothing about a plan that is above them', async () => {
    const { run, gone } = await open();
    const to = { maxRemovals: 8, maxRemovalsPerTarget: 8, maxStalePercent: 80, minAgeDays: 1 };
    raiseAfter('removalTargets', { ...OTHERS, ...to, maxPlanAgeDays: 1 });
    await run('mine');
    expect(gone()).toHaveLength(8);
  });
});

it('a plan that was made before the floors is applied by them', async () => {
  const { run, gone } = await open();
  await run('before', { mode: 'report' });
  floors.current = floorsOf({ graceDays: 21, maxRemovalsPerTarget: 3 });
  const ended = await run('mine', { plan: 'before', policy: { graceDays: undefined } });
  expect(ended.plan).toMatchObject({ policy: { graceDays: 21 }, removals: [] });
  expect(gone()).toEqual([]);
});

it('a plan that was made before the floors is too old to be named by the age they set', async () => {
  const { run, clock } = await open();
  await run('before', { mode: 'report' });
  floors.current = floorsOf({ maxPlanAgeDays: 2 });
  await clock.sleep(3 * DAY_MS);
  const ended = await run('mine', { plan: 'before' });
  expect(ended.status).toBe('FAILED');
  expect(ended.published?.Message).toMatch(/at most 2 days\s+old/);
});
