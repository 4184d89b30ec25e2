import { lookAt } from '../../../core/outcome/kind-look.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import type { Kind, KindSpec } from '../../../kinds/kind.ts';
import { Expected } from '../../../steps/expected.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';
import {
  type MadeUp,
  madeUpKind,
  madeUpStep,
  type World,
} from '../../support/kinds/made-up-kind.ts';

const MADE_UP = 'made-up';
const OLD = '2019-01-01T00:00:00.000Z';

let sweep: KindsSweep;
afterEach(async () => sweep.close());

/** With a second kind beside the snapshots, of which there are so many unused things everywhere. */
async function open(
  count: number,
  given: Partial<KindSpec<MadeUp>> = {},
  also: (kind: Kind) => Kind = (kind) => kind,
) {
  const world: World = new Map();
  sweep = await openKindsSweep([also(madeUpKind(world, given))]);
  const things = Array.from({ length: count }, (_, index) => ({
    ...{ id: `thing-${index}`, startedAt: OLD, isUsed: false },
  }));
  for (const id of sweep.ids) world.set(id, things);
}

async function run(executionId: string, input: Record<string, unknown> = {}) {
  return runOf(sweep, executionId, { remove: [SNAPSHOT, MADE_UP], ...input });
}

const denied = async () =>
  Promise.reject(
    Object.assign(new Error('not authorized'), { name: 'AccessDeniedException', $metadata: {} }),
  );

it('E1: a kind that cannot be listed takes nothing of the other kinds with it', async () => {
  await open(3, { discover: denied });
  const { summary, plan, outcomes, of, removals } = await run('first');
  expect([of(SNAPSHOT) > 0, of(MADE_UP)]).toEqual([true, 0]);
  expect(outcomes.map(({ status, looks }) => [status, looks?.[SNAPSHOT]?.status])).toEqual([
    ['ACCESS_DENIED', 'COMPLETE'],
  ]);
  expect(outcomes[0]?.looks?.[MADE_UP]).toMatchObject({
    status: 'ACCESS_DENIED',
    failure: { code: 'AccessDeniedException' },
  });
  expect(summary?.coverage.gaps[0]?.missingKinds).toEqual([MADE_UP]);
  expect(summary?.status).toBe('PARTIAL');
  expect(plan?.removals.length).toBeGreaterThan(0);
  expect(removals.every(({ outcome }) => outcome === 'REMOVED')).toBe(true);
});

it('E4: a floor of one kind, on volumes, holds nothing of a kind that has to do with none', async () => {
  await open(2);
  for (const estate of sweep.estates)
    for (const { volumeId } of [...estate.volumes(0, 1_000).items]) estate.removeVolume(volumeId);
  const { plan } = await run('first');
  const held = (kind: string) =>
    plan?.held.filter((one) => one.kind === kind).flatMap((one) => one.held);
  expect(held(SNAPSHOT)).toContain('SANITY_FLOOR');
  expect(held(MADE_UP)).toEqual([]);
});

it('E5: many old things of one kind take no room of another', async () => {
  await open(9);
  const { plan } = await run('first', {
    limits: { maxRemovalsPerTarget: 3, maxRemovalsPerAccount: 4 },
  });
  const planned = (kind: string) => plan?.removals.filter((one) => one.kind === kind).length;
  expect([planned(SNAPSHOT), planned(MADE_UP)]).toEqual([3, 3]);
});

it('E8: a source that has the name of one of another kind is counted apart from it', async () => {
  const resources: MadeUp[] = [];
  const counts = { volumes: 0 };
  await open(0, {
    discover: async () => ({ resources, counts, incomplete: [], foreignReferences: [] }),
  });
  const { outcomes, plan } = await run('first');
  const counted = (kind: string) => outcomes[0]?.looks?.[kind]?.references?.['volumes'];
  expect(counted(MADE_UP)).toBe(0);
  expect(counted(SNAPSHOT)).toBeGreaterThan(0);
  expect(plan?.held.flatMap(({ held }) => held)).not.toContain('SANITY_FLOOR');
});

it('E3: a kind that nothing can serve in the place of has no last copy, at either time', async () => {
  await open(2);
  const { plan, removals } = await run('first');
  const of = (all: readonly { kind: string }[] = []) => all.filter(({ kind }) => kind === MADE_UP);
  expect(of(plan?.removals)).toHaveLength(2);
  expect(removals.flatMap(({ reasons }) => reasons)).not.toContain('LAST_COPY');
  expect(of(removals)).toMatchObject([{ outcome: 'REMOVED' }, { outcome: 'REMOVED' }]);
});

it('a kind without removal is told of, and is in no plan, neither held nor in a percentage', async () => {
  await open(40, {}, ({ removal: _removal, ...kind }) => kind);
  const { plan, of } = await run('first', {
    ...{ remove: [SNAPSHOT], limits: { maxStalePercentOverall: 99 } },
  });
  expect(of(MADE_UP)).toBe(40);
  expect(
    [...(plan?.removals ?? []), ...(plan?.held ?? [])].filter(({ kind }) => kind === MADE_UP),
  ).toEqual([]);
  expect(plan?.refusal).toBeNull();
  expect(plan?.removals.length).toBeGreaterThan(0);
});

it('E9: a Region that is looked at for a global kind alone is told as left out for the others', async () => {
  await open(2, { reach: 'global' });
  const { outcomes, of, summary } = await run('first', {
    scope: { excludeRegions: ['us-east-1'] },
  });
  expect([of(SNAPSHOT), of(MADE_UP)]).toEqual([0, 2]);
  const here = outcomes.filter(({ region }) => region === 'us-east-1');
  expect(here).toMatchObject([{ status: 'COMPLETE', excluded: 'REGION_EXCLUDED' }]);
  expect(here.map((outcome) => lookAt(outcome, SNAPSHOT).status)).toEqual(['EXCLUDED']);
  const left = outcomes.filter(({ excluded }) => excluded === 'REGION_EXCLUDED');
  expect(summary?.coverage.excludedByReason.REGION_EXCLUDED).toBe(left.length);
});

it('E10: what has neither a size nor a price is counted, and never told as 0', async () => {
  await open(3);
  const { summary, plan, findings, removals, texts } = await run('first');
  const of = <T extends { kind: string }>(all: readonly T[] = []) =>
    all.filter(({ kind }) => kind === MADE_UP);
  const unknown = { sizeGiB: null, monthlyCostUsdUpTo: null };
  expect(of(findings)).toMatchObject([unknown, unknown, unknown]);
  expect(of(plan?.removals)).toMatchObject([unknown, unknown, unknown]);
  expect(of(removals)).toMatchObject([unknown, unknown, unknown]);
  expect(summary?.counts).toMatchObject({ unpricedUnsized: 3, unpricedGiB: 0 });
  expect(summary?.byKind[MADE_UP]).toMatchObject({ stale: 3, unpricedUnsized: 3 });
  expect(summary?.byKind[SNAPSHOT]).toMatchObject({ unpricedUnsized: 0 });
  expect(summary?.plan?.removalsUnpricedUnsized).toBe(3);
  expect(summary?.removals.removedUnpricedUnsized).toBe(3);
  expect(summary?.funnel?.removed.unpricedUnsized).toBe(3);
  for (const text of Object.values(texts)) {
    expect(text).toMatch(/3 resources.{0,20} (without a|have no) known price/);
    expect(text).not.toMatch(/\b0 GiB/);
  }
});

it('E10: where nothing has a size or a price, no size and no cost is told', async () => {
  await open(3);
  const { summary, texts } = await run('first', { kinds: [MADE_UP], mode: 'report' });
  expect(summary?.counts).toMatchObject({ staleGiB: 0, unpricedUnsized: 3 });
  for (const text of Object.values(texts)) {
    expect(text).toContain('no known price');
    expect(text).not.toMatch(/\b0 GiB|\$/);
  }
});

describe('what is to be removed', () => {
  const reasonsOf = (of: { plan: Plan | null }, kind: string) =>
    of.plan?.held.filter((one) => one.kind === kind).map(({ held }) => held) ?? [];
  const plannedOf = ({ plan }: { plan: Plan | null }, kind: string) =>
    plan?.removals.filter((one) => one.kind === kind).length ?? 0;
  const DEFAULT = { remove: undefined };

  it('an input that does not say removes snapshots, and holds all of another kind', async () => {
    await open(40);
    const ended = await run('first', { ...DEFAULT, limits: { maxStalePercentOverall: 99 } });
    expect(reasonsOf(ended, MADE_UP)).toHaveLength(40);
    expect(new Set(reasonsOf(ended, MADE_UP).flat())).toContain('KIND_NOT_TO_REMOVE');
    // As a file of an older version, which has no such key.
    expect(Expected.shape.remove.parse(undefined)).toEqual([SNAPSHOT]);
    expect(plannedOf(ended, MADE_UP)).toBe(0);
    expect(plannedOf(ended, SNAPSHOT)).toBeGreaterThan(0);
    expect(reasonsOf(ended, SNAPSHOT).flat()).not.toContain('KIND_NOT_TO_REMOVE');
    expect(ended.summary?.funnel?.needsDecision.byReason.KIND_NOT_TO_REMOVE?.resources).toBe(40);
  });

  it('an input that names one kind plans only that', async () => {
    await open(2);
    const ended = await run('first', { remove: [MADE_UP] });
    expect([plannedOf(ended, MADE_UP), plannedOf(ended, SNAPSHOT)]).toEqual([2, 0]);
    expect(sweep.gone()).toEqual([]);
  });

  it('an input that names what the deployment does not remove is refused', async () => {
    await open(2);
    sweep.deployed = [SNAPSHOT];
    const ended = await run('first');
    expect(ended).toMatchObject({ status: 'FAILED', plan: null });
    expect(ended.published?.Message.replaceAll(/\s+/g, ' ')).toContain(
      'input.remove[1]: "made-up" – accepted: "ebs-snapshot" (deletion.kinds of this deployment)',
    );
  });

  it('a default that the deployment does not remove is left out', async () => {
    await open(2);
    sweep.deployed = [MADE_UP];
    const ended = await run('first', DEFAULT);
    expect(new Set(reasonsOf(ended, SNAPSHOT).flat())).toContain('KIND_NOT_TO_REMOVE');
    expect(ended.plan?.removals).toEqual([]);
  });

  it('a named plan says itself which kinds, where the input does not', async () => {
    await open(2);
    await run('report', { mode: 'report' });
    const ended = await run('applied', { ...DEFAULT, plan: 'report' });
    expect(plannedOf(ended, MADE_UP)).toBe(2);
    expect(ended.removals.every(({ outcome }) => outcome === 'REMOVED')).toBe(true);
  });

  it('what the deployment does not remove stays, though a named plan has it', async () => {
    await open(2);
    await run('report', { mode: 'report' });
    sweep.deployed = [SNAPSHOT];
    const ended = await run('applied', { ...DEFAULT, plan: 'report' });
    expect(reasonsOf(ended, MADE_UP)).toEqual([['KIND_NOT_TO_REMOVE'], ['KIND_NOT_TO_REMOVE']]);
  });

  it('a kind that the deployment took out since Prepare is not planned', async () => {
    await open(2);
    sweep.deployedOnce = { 'expected.json': [SNAPSHOT] };
    const ended = await run('first');
    expect(reasonsOf(ended, MADE_UP)).toEqual([['KIND_NOT_TO_REMOVE'], ['KIND_NOT_TO_REMOVE']]);
    expect(plannedOf(ended, SNAPSHOT)).toBeGreaterThan(0);
  });

  it('a kind that the deployment took out since the plan is not removed', async () => {
    const removed: string[] = [];
    await open(2, {}, (kind) => ({
      ...kind,
      removal: {
        ...kind.removal!,
        steps: [
          madeUpStep({
            run: {
              one: async (_, { resourceId }) => {
                removed.push(resourceId);
                return {};
              },
            },
          }),
        ],
      },
    }));
    sweep.deployedOnce = { 'plan.json': [SNAPSHOT] };
    const ended = await run('first');
    expect(plannedOf(ended, MADE_UP)).toBe(2);
    const of = (kind: string) => ended.removals.filter((one) => one.kind === kind);
    expect(of(MADE_UP)).toMatchObject([
      { outcome: 'PROTECTED', reasons: ['BELOW_FLOOR'] },
      { outcome: 'PROTECTED', reasons: ['BELOW_FLOOR'] },
    ]);
    expect(removed).toEqual([]);
    expect(of(SNAPSHOT).every(({ outcome }) => outcome === 'REMOVED')).toBe(true);
  });
});
