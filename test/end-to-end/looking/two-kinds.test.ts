import { Finding } from '../../../core/model/verdict.ts';
import { lookAt } from '../../../core/outcome/kind-look.ts';
import { TargetOutcome } from '../../../core/outcome/outcome.ts';
import type { Kind, KindSpec } from '../../../kinds/kind.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { keysOf } from '../../../store/keys.ts';
import { type MadeUp, madeUpKind, type World } from '../../support/kinds/made-up-kind.ts';
import {
  AT_ONCE,
  type Ended,
  openRemovalSweep,
  type RemovalSweep,
} from '../../support/removal-sweep.ts';

const MADE_UP = 'made-up';
const OLD = '2019-01-01T00:00:00.000Z';
/** The only snapshot kind that the sweep's organization has something of. */
const SNAPSHOT = 'ebs-snapshot';

let sweep: RemovalSweep;
afterEach(async () => sweep.close());

/** With a second kind beside the snapshots, of which there are so many unused things everywhere. */
async function open(
  count: number,
  given: Partial<KindSpec<MadeUp>> = {},
  also: (kind: Kind) => Kind = (kind) => kind,
) {
  const world: World = new Map();
  const kind = also(madeUpKind(world, given));
  sweep = await openRemovalSweep({
    deps: (deps) => ({
      ...deps,
      kinds: [...KINDS, kind],
      // It calls nothing of AWS, so that any session will do.
      spokesFor: (executionId) => {
        const spokes = deps.spokesFor(executionId);
        const open: typeof spokes.open = async (...asked) => {
          const [accountId, region, purpose] = asked;
          return purpose === 'discover'
            ? spokes.open(accountId, region, purpose)
            : spokes.open(accountId, region, purpose, SNAPSHOT);
        };
        return { ...spokes, open };
      },
    }),
  });
  const things = Array.from({ length: count }, (_, index) => ({
    ...{ id: `thing-${index}`, startedAt: OLD, isUsed: false },
  }));
  for (const id of sweep.ids) world.set(id, things);
}

async function run(executionId: string, input: Record<string, unknown> = {}) {
  const ended = await sweep.run(executionId, { policy: AT_ONCE, ...input });
  const keys = keysOf(executionId);
  const lines = async (key: string) =>
    ((await sweep.store.get(key))?.body ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
  const outcomes = (await lines(keys.targets)).map((line) => TargetOutcome.parse(line));
  const findings = (await lines(keys.findings)).map((line) => Finding.parse(line));
  const of = (kind: string) => findings.filter((one) => one.kind === kind).length;
  return { ...ended, outcomes, findings, of, texts: await textsOf(ended, keys) };
}

/** What people are told, each way. */
async function textsOf({ published }: Ended, keys: ReturnType<typeof keysOf>) {
  const told = async (key: string) => (await sweep.store.get(key))?.body ?? '';
  return {
    summaryText: await told(keys.summaryText),
    page: (await told(keys.report)).replaceAll(/<(script|style)[^]*?<\/\1>/g, ''),
    mail: published?.Message ?? '',
  };
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
  const { plan, of } = await run('first', { limits: { maxStalePercentOverall: 99 } });
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
