import fc from 'fast-check';
import { NO_CHANGE } from '../../../core/history/stale-change.ts';
import { NOTHING_FAILING } from '../../../core/summary/failing-again.ts';
import { exitCodeOf, exitCodeOfError } from '../../../core/summary/exit-code.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { makeSummary } from '../../../core/summary/make-summary.ts';
import type { Ended } from '../../../core/summary/make-summary.ts';
import type { RemovalResult } from '../../../core/outcome/outcome.ts';
import { Summary } from '../../../core/summary/summary.ts';
import { removalOutcome, targetOutcome } from '../../support/summaries/arbitraries.ts';
import {
  anInput,
  anOutcome,
  aPolicy,
  aRemoval,
  aRemovalOutcome,
  daysBefore,
  KIND,
  NOW,
  OTHER_ACCOUNT,
  someCounts,
  someLimits,
} from '../../support/summaries/builders.ts';

const planOf = (ids: string[], mode: 'delete' | 'report' = 'delete', maxRemovals = 10) =>
  makePlan({
    executionId: 'e-1',
    mode,
    now: NOW,
    namedPlan: null,
    approval: 'none' as const,
    policy: aPolicy(),
    policies: {},
    outcomes: [],
    limits: someLimits({ maxRemovals }),
    kinds: [KIND],
    targets: [{ removals: ids.map((resourceId) => aRemoval({ resourceId })), held: [] }],
  });

function summaryOf(given: Partial<Ended> = {}): Summary {
  return makeSummary({
    executionId: 'e-1',
    input: anInput({ mode: 'delete' }),
    startedAt: new Date(daysBefore(1)),
    finishedAt: NOW,
    outcomes: [anOutcome()],
    plan: planOf([]),
    approval: null,
    removals: [],
    change: NO_CHANGE,
    previousExecutionId: null,
    failingAgain: NOTHING_FAILING,
    saved: null,
    pastFailure: null,
    earlier: [],
    accounts: [],
    organizationalUnitNames: {},
    prices: null,
    notLookedAt: [],
    failure: null,
    location: 'out/executions/e-1',
    ...given,
  });
}

describe('how an execution ended', () => {
  const gap = anOutcome({ accountId: OTHER_ACCOUNT, status: 'THROTTLED' });
  const ended = (outcome: RemovalResult) => ({
    plan: planOf(['snap-1']),
    removals: [aRemovalOutcome({ outcome })],
  });

  it('is COMPLETE when every target in scope was seen completely', () => {
    expect(summaryOf().status).toBe('COMPLETE');
    const excluded = anOutcome({ status: 'EXCLUDED', excluded: 'REGION_EXCLUDED' });
    const accepted = anOutcome({ accountId: OTHER_ACCOUNT, status: 'FAILED', accepted: 'known' });
    expect(summaryOf({ outcomes: [anOutcome(), accepted] }).status).toBe('COMPLETE');
    expect(
      summaryOf({ outcomes: [anOutcome({ accountId: OTHER_ACCOUNT }), excluded] }).status,
    ).toBe('COMPLETE');
  });

  it('is PARTIAL with any gap', () => {
    expect(summaryOf({ outcomes: [anOutcome(), gap] }).status).toBe('PARTIAL');
  });

  it('is never complete when nothing was in scope', () => {
    expect(summaryOf({ outcomes: [] }).status).toBe('PARTIAL');
    const accepted = anOutcome({ status: 'FAILED', accepted: 'known' });
    expect(summaryOf({ outcomes: [accepted] }).status).toBe('PARTIAL');
  });

  it.each(['DENIED', 'FAILED', 'NOT_ATTEMPTED'] as const)(
    'is REMOVALS_INCOMPLETE when a planned removal ended %s',
    (outcome) => expect(summaryOf(ended(outcome)).status).toBe('REMOVALS_INCOMPLETE'),
  );

  it.each(['REMOVED', 'ALREADY_GONE', 'NO_LONGER_STALE', 'PROTECTED'] as const)(
    'is not worse for a planned removal that ended %s',
    (outcome) => expect(summaryOf(ended(outcome)).status).toBe('COMPLETE'),
  );

  it('is REMOVALS_INCOMPLETE when the ledger does not tell of a planned removal', () => {
    const summary = summaryOf({
      plan: planOf(['snap-1', 'snap-2']),
      removals: [aRemovalOutcome()],
    });
    expect(summary.status).toBe('REMOVALS_INCOMPLETE');
    expect(summary.removals).toMatchObject({
      planned: 2,
      byOutcome: { REMOVED: 1, NOT_ATTEMPTED: 1 },
      problems: [{ resourceId: 'snap-2', outcome: 'NOT_ATTEMPTED' }],
    });
  });

  it('is PLAN_REFUSED when the plan was', () => {
    expect(summaryOf({ plan: planOf(['snap-1', 'snap-2'], 'delete', 1) }).status).toBe(
      'PLAN_REFUSED',
    );
  });

  it('is FAILED when a step failed, or no plan was made', () => {
    const failure = { step: 'Plan', error: 'PlanTampered', message: 'digest' };
    expect(summaryOf({ failure })).toMatchObject({ status: 'FAILED', failure });
    expect(summaryOf({ plan: null })).toMatchObject({
      status: 'FAILED',
      failure: { error: 'PlanMissing' },
    });
  });

  it('is named by the worst that happened, and the exit code says the same', () => {
    const failure = { step: 'Plan', error: 'PlanTampered', message: 'digest' };
    const outcomes = [gap];
    const endings: Partial<Ended>[] = [
      { outcomes, failure, plan: planOf(['a', 'b'], 'delete', 1) },
      {
        outcomes,
        plan: planOf(['a', 'b'], 'delete', 1),
        removals: [aRemovalOutcome({ outcome: 'FAILED' })],
      },
      { outcomes, ...ended('FAILED') },
      { outcomes },
      {},
    ];
    expect(endings.map((given) => exitCodeOf(summaryOf(given).status))).toEqual([1, 4, 5, 3, 0]);
  });

  it('has exit code 2 when it was badly asked for, 1 for any other error', () => {
    expect([exitCodeOfError('InvalidInput'), exitCodeOfError('TypeError')]).toEqual([2, 1]);
  });
});

describe('coverage', () => {
  it('counts complete targets and gaps; excluded and accepted ones stay in view beside them', () => {
    const { coverage } = summaryOf({
      outcomes: [
        anOutcome(),
        anOutcome({ accountId: OTHER_ACCOUNT, status: 'ACCESS_DENIED' }),
        anOutcome({ accountId: OTHER_ACCOUNT, region: null, status: 'ROLE_UNAVAILABLE' }),
        anOutcome({ region: 'us-east-1', status: 'DENIED_BY_SCP', accepted: 'known' }),
        anOutcome({ region: 'ap-east-1', status: 'EXCLUDED', excluded: 'REGION_NOT_ENABLED' }),
        anOutcome({
          accountId: '333344445555',
          region: null,
          status: 'EXCLUDED',
          excluded: 'ACCOUNT_SUSPENDED',
        }),
      ],
    });
    expect(coverage).toMatchObject({
      complete: 1,
      inScope: 3,
      percent: 33.3,
      excluded: 2,
      excludedByReason: { ACCOUNT_SUSPENDED: 1, REGION_NOT_ENABLED: 1 },
      unusableAccounts: [{ accountId: '333344445555', reason: 'ACCOUNT_SUSPENDED' }],
      regionsNotEnabled: { 'ap-east-1': 1 },
      gaps: [
        { accountId: OTHER_ACCOUNT, region: null, status: 'ROLE_UNAVAILABLE' },
        { accountId: OTHER_ACCOUNT, region: 'eu-west-1', status: 'ACCESS_DENIED' },
      ],
      acceptedGaps: [{ region: 'us-east-1', accepted: 'known' }],
    });
    expect(coverage.byStatus).toEqual({
      ACCESS_DENIED: 1,
      COMPLETE: 1,
      DENIED_BY_SCP: 1,
      EXCLUDED: 2,
      ROLE_UNAVAILABLE: 1,
    });
  });

  it('is never rounded up to 100 %', () => {
    const regions = Array.from({ length: 9999 }, (_, i) => anOutcome({ region: `aa-b-${i % 9}` }));
    const outcomes = [...regions, anOutcome({ status: 'FAILED' })];
    expect(summaryOf({ outcomes }).coverage.percent).toBe(99.9);
  });
});

describe('the rest of a summary', () => {
  it('names what was not looked at, whoever left it out', () => {
    const policy = aPolicy({ skipReferences: ['ecs'] });
    const { notLookedAt } = summaryOf({ input: anInput({ policy }), notLookedAt: ['sharing'] });
    expect(notLookedAt).toEqual(['ecs', 'sharing']);
  });

  it('says in how many targets a source was left out, where policies differ', () => {
    const outcomes = ['eu-west-1', 'us-east-1'].map((region, i) =>
      anOutcome({
        region,
        policy: aPolicy({ skipReferences: i === 0 ? ['amis', 'ecs'] : ['ecs'] }),
      }),
    );
    const { notLookedAt } = summaryOf({ outcomes });
    expect(notLookedAt).toEqual(['amis (in 1 of 2 account-Regions)', 'ecs']);
  });

  it('tells what was removed, and lists the 50 problems that most need a person', () => {
    const ids = Array.from({ length: 60 }, (_, i) => `snap-${i}`);
    const { removals } = summaryOf({
      plan: planOf(ids, 'delete', 100),
      removals: ids.map((resourceId, i) =>
        aRemovalOutcome({
          resourceId,
          outcome: i === 59 ? 'FAILED' : i === 0 ? 'REMOVED' : 'PROTECTED',
        }),
      ),
    });
    expect(removals).toMatchObject({ planned: 60, removedGiB: 8, removedMonthlyCostUsdUpTo: 0.4 });
    expect(removals.problems).toHaveLength(50);
    expect(removals.problems[0]).toMatchObject({ resourceId: 'snap-59', outcome: 'FAILED' });
  });

  it('shares what is stale out by kind, account and Region', () => {
    const kinds = {
      [KIND]: someCounts({
        resources: 3,
        verdicts: { STALE: 2, KEEP: 1, UNKNOWN: 0 },
        staleGiB: 16,
      }),
    };
    const { byKind, byAccount, byRegion, counts } = summaryOf({
      outcomes: [
        anOutcome({ kinds, accountName: 'shop' }),
        anOutcome({ kinds, region: 'us-east-1', accountName: 'shop' }),
      ],
    });
    expect(counts).toMatchObject({ resources: 6, staleGiB: 32 });
    expect(byKind[KIND]).toMatchObject({ resources: 6, stale: 4 });
    expect(byAccount['111122223333']).toMatchObject({ accountName: 'shop', stale: 4 });
    expect(Object.keys(byRegion)).toEqual(['eu-west-1', 'us-east-1']);
  });

  it('is the same JSON, valid by its schema, for any order of what it is made from', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(targetOutcome, { selector: (of) => `${of.accountId}${of.region}` }),
        fc.array(removalOutcome),
        (outcomes, removals) => {
          const given = { outcomes, removals, plan: planOf(['snap-0', 'snap-1', 'snap-2']) };
          const summary = summaryOf(given);
          expect(Summary.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
          const { byOutcome } = summary.removals;
          const told = Object.values(byOutcome).reduce((sum, count) => sum + count, 0);
          expect(told).toBeGreaterThanOrEqual(summary.removals.planned);
          const reversed = summaryOf({
            ...given,
            outcomes: outcomes.toReversed(),
            removals: removals.toReversed(),
          });
          expect(JSON.stringify(reversed)).toBe(JSON.stringify(summary));
        },
      ),
    );
  });
});
