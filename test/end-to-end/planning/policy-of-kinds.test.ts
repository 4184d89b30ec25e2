import { z } from 'zod';
import type { Floors } from '../../../core/floors/floors.ts';
import { DAY_MS } from '../../../core/model/age.ts';
import type { KindSpec } from '../../../kinds/kind.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';
import { type MadeUp, madeUpKind, type World } from '../../support/kinds/made-up-kind.ts';
import { changingFloors } from '../../support/summaries/floors.ts';

const MADE_UP = 'made-up';

let sweep: KindsSweep;
afterEach(async () => sweep.close());

async function open(given: Partial<KindSpec<MadeUp>>, count = 2, named: Partial<Floors> = {}) {
  const world: World = new Map();
  sweep = await openKindsSweep([madeUpKind(world, given)], changingFloors(named).deps);
  const things = Array.from({ length: count }, (_, index) => ({
    ...{ id: `thing-${index}`, startedAt: '2019-01-01T00:00:00.000Z', isUsed: false },
  }));
  for (const id of sweep.ids) world.set(id, things);
}

const of = <T extends { kind: string }>(kind: string, all: readonly T[] = []) =>
  all.filter((one) => one.kind === kind);

it('a kind with a grace of its own waits for it, while another kind goes at once', async () => {
  await open({ policy: { defaults: { graceDays: 5 } } });
  const first = await runOf(sweep, 'first');
  expect(of(MADE_UP, first.plan?.held).map(({ held }) => held)).toEqual([
    ['IN_GRACE'],
    ['IN_GRACE'],
  ]);
  expect(of(SNAPSHOT, first.plan?.removals).length).toBeGreaterThan(0);
  expect(first.plan?.policy.kinds).toEqual({ [MADE_UP]: { graceDays: 5 } });
  const until = first.summary?.funnel?.inGrace.lastUntil ?? '';
  expect(Date.parse(until) - Date.parse(first.plan?.createdAt ?? '')).toBe(5 * DAY_MS);
  sweep.clock.advance(5 * DAY_MS);
  const second = await runOf(sweep, 'second');
  expect(of(MADE_UP, second.removals)).toMatchObject([
    { outcome: 'REMOVED' },
    { outcome: 'REMOVED' },
  ]);
});

it('a kind has keys of its own, which it decides by at both looks', async () => {
  const keys = { leastParts: z.int().min(1).default(3) };
  const seen: unknown[] = [];
  await open({
    policy: { keys },
    assess: (_, { own }) => {
      const { leastParts } = z.strictObject(keys).parse(own);
      seen.push(leastParts);
      return leastParts > 3
        ? { verdict: 'KEEP', reasons: ['IN_USE'] }
        : { verdict: 'STALE', reasons: ['MADE_UP_UNUSED'] };
    },
  });
  const ended = await runOf(sweep, 'first');
  expect(of(MADE_UP, ended.removals)).toMatchObject([
    { outcome: 'REMOVED' },
    { outcome: 'REMOVED' },
  ]);
  expect(seen.length).toBeGreaterThanOrEqual(4);
  expect(new Set(seen)).toEqual(new Set([3]));
  const { plan } = await runOf(sweep, 'second', {
    policy: { kinds: { [MADE_UP]: { leastParts: 4 } } },
  });
  expect(of(MADE_UP, [...(plan?.removals ?? []), ...(plan?.held ?? [])])).toEqual([]);
});

it('a limit of a kind counts that kind alone', async () => {
  await open({ policy: { limits: { maxRemovalsPerTarget: 2 } } }, 5);
  const { plan } = await runOf(sweep, 'first', {
    limits: { kinds: { [SNAPSHOT]: { maxRemovalsPerAccount: 3 } } },
  });
  expect(of(MADE_UP, plan?.removals)).toHaveLength(2);
  expect(of(SNAPSHOT, plan?.removals)).toHaveLength(3);
  const reasons = of(MADE_UP, plan?.held).map(({ held, limit }) => [...held, limit]);
  expect(reasons).toEqual(Array.from({ length: 3 }, () => ['OVER_LIMIT', 'maxRemovalsPerTarget']));
});

it('what an input says of a kind below a floor is refused by name', async () => {
  await open({}, 2, { graceDays: 7 });
  const { status, plan, published } = await runOf(sweep, 'first', {
    policy: { graceDays: undefined, kinds: { [MADE_UP]: { graceDays: 3 } } },
  });
  expect({ status, plan }).toEqual({ status: 'FAILED', plan: null });
  expect(published?.Message.replaceAll(/\s+/g, ' ')).toContain(
    'input.policy.kinds.made-up.graceDays: 3 – accepted: 7 or more (deletion.floors.graceDays of this deployment)',
  );
});
