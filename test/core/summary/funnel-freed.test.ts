import type { Freed } from '../../../core/model/billing.ts';
import type { HoldReason } from '../../../core/model/hold-reason.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { HeldRemoval, Plan, PlannedRemoval } from '../../../core/plan/plan.ts';
import { countPlan } from '../../../core/summary/plan-counts.ts';
import {
  aPolicy,
  aRemoval,
  aRemovalOutcome,
  NOW,
  someLimits,
} from '../../support/summaries/builders.ts';

const HOLDERS = ['ami-0', 'ami-1'];
const FREES: Freed[] = [
  { kind: 'ebs-snapshot', resourceId: 'snap-0', monthlyCostUsdUpTo: 7, holders: HOLDERS },
];
const of = (resourceId: string) => ({
  ...{ resourceId, kind: 'ami', sizeGiB: null, monthlyCostUsdUpTo: 0, frees: FREES },
});
const planned = (id: string): PlannedRemoval => ({ ...aRemoval(), ...of(id) });
const held = (id: string, ...reasons: HoldReason[]): HeldRemoval => {
  const { accountId, region } = aRemoval();
  return { ...of(id), accountId, region, held: reasons, staleSince: NOW.toISOString() };
};
const aPlanOf = (): Plan =>
  makePlan({
    ...{ executionId: 'weekly-1', mode: 'report', approval: 'none', now: NOW, namedPlan: null },
    ...{ policy: aPolicy(), policies: {}, limits: someLimits(), kinds: ['ami'] },
    ...{ outcomes: [], targets: [] },
  });
const funnelWith = (given: Partial<Plan>, removals: Parameters<typeof countPlan>[1] = []) => {
  const {
    saved: _saved,
    stale: _stale,
    ...stages
  } = countPlan({ ...aPlanOf(), ...given }, removals).funnel.total();
  const entries = Object.entries(stages).map(([name, stage]) => [name, stage?.monthlyCostUsdUpTo]);
  return Object.fromEntries(entries.filter(([, usd = 0]) => usd !== 0)) as Record<string, number>;
};

describe('what is freed by others', () => {
  it('is with the last of its holders, once, and is to be had', () => {
    const removals = [planned('ami-0')];
    expect(funnelWith({ removals, held: [held('ami-1', 'IN_GRACE')] })).toEqual({
      ...{ inGrace: 7, obtainable: 7 },
    });
    expect(
      funnelWith({ held: [held('ami-0', 'SHARING_NOT_CHECKED'), held('ami-1', 'IN_GRACE')] }),
    ).toEqual({ waiting: 7, obtainable: 7 });
  });

  it('counts at the kind of its holders, and not at its own once more', () => {
    const plan = { ...aPlanOf(), removals: [planned('ami-0'), planned('ami-1')] };
    const usdOf = (kind: string) => {
      const of = countPlan(plan).funnel.byKind()[kind];
      return of?.obtainable.monthlyCostUsdUpTo;
    };
    expect([usdOf('ami'), usdOf('ebs-snapshot')]).toEqual([7, undefined]);
  });

  it('needs a decision where one of its holders does', () =>
    expect(
      funnelWith({ removals: [planned('ami-0')], held: [held('ami-1', 'LAST_COPY')] }),
    ).toEqual({ needsDecision: 7 }));

  it('is in no amount where a holder stays', () => {
    expect(funnelWith({ removals: [planned('ami-0')] })).toEqual({});
    expect(
      funnelWith({ removals: [planned('ami-0')], held: [held('ami-1', 'NOT_STALE_NOW')] }),
    ).toEqual({});
    const outcomes = [
      aRemovalOutcome({ ...of('ami-0'), outcome: 'REMOVED' }),
      aRemovalOutcome({ ...of('ami-1'), outcome: 'NO_LONGER_STALE' }),
    ];
    expect(funnelWith({ removals: [planned('ami-0'), planned('ami-1')] }, outcomes)).toEqual({});
  });

  it('is saved by the removal of no holder, and still to be had afterwards', () => {
    const removals = [planned('ami-0'), planned('ami-1')];
    expect(funnelWith({ removals })).toEqual({ obtainable: 7 });
    const outcomes = HOLDERS.map((id) => aRemovalOutcome({ ...of(id), outcome: 'REMOVED' }));
    expect(funnelWith({ removals }, outcomes)).toEqual({ obtainable: 7 });
  });

  it('is not there twice where its own kind found it stale as well', () => {
    const own = {
      ...aRemoval(),
      kind: 'ebs-snapshot',
      resourceId: 'snap-0',
      monthlyCostUsdUpTo: 7,
    };
    expect(
      funnelWith({ removals: [planned('ami-0'), planned('ami-1'), { ...own, sizeGiB: 1 }] }),
    ).toEqual({ removable: 7, obtainable: 7 });
  });
});
