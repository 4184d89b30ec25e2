import { reconcile } from '../../../core/scope/reconcile.ts';
import { reconcileRemovals } from '../../../core/summary/reconcile-removals.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import {
  ACCOUNT,
  anAccount,
  anOutcome,
  aPolicy,
  aRemoval,
  aRemovalOutcome,
  aScope,
  daysBefore,
  KIND,
  NOW,
  OTHER_ACCOUNT,
  OTHER_REGION,
  REGION,
  SANDBOX_OU,
  someLimits,
} from '../../support/summaries/builders.ts';

const account = anAccount();
const expecting = (regions: string[] | undefined, given = {}) => ({
  accounts: [account],
  withoutTarget: [],
  regionsByAccount: new Map(regions === undefined ? [] : [[ACCOUNT, regions]]),
  scope: aScope(),
  policies: { policy: aPolicy(), policies: {} },
  ...given,
});
const statuses = (...args: Parameters<typeof reconcile>) =>
  reconcile(...args).map(({ accountId, region, status, failure }) =>
    [accountId.at(0), region, status, failure?.code].filter((part) => part !== undefined),
  );

describe('reconciling targets', () => {
  it('passes on what was recorded for what was expected, with the account’s name', () => {
    expect(reconcile(expecting([REGION]), [anOutcome()], NOW)).toEqual([
      anOutcome({ accountName: account.name, policy: aPolicy() }),
    ]);
  });

  it('names the policy that holds in the account of each target', () => {
    const policies = { policy: aPolicy(), policies: { [ACCOUNT]: aPolicy({ neverRemove: true }) } };
    const failed = anOutcome({ region: OTHER_REGION, status: 'FAILED' });
    const excluded = anOutcome({ region: null, status: 'EXCLUDED' });
    const expected = expecting([REGION, OTHER_REGION], { policies });
    expect(
      reconcile(expected, [anOutcome(), failed, excluded], NOW).map(({ policy }) => policy),
    ).toEqual([undefined, policies.policies[ACCOUNT], policies.policies[ACCOUNT]]);
  });

  it('calls a target FAILED whose outcome never arrived', () => {
    expect(statuses(expecting([REGION, OTHER_REGION]), [anOutcome()], NOW)).toEqual([
      ['1', REGION, 'COMPLETE'],
      ['1', OTHER_REGION, 'FAILED', 'OutcomeMissing'],
    ]);
  });

  it('calls an account FAILED of which nothing arrived', () => {
    expect(statuses(expecting(undefined), [], NOW)).toEqual([
      ['1', null, 'FAILED', 'RegionsMissing'],
    ]);
    expect(statuses(expecting([]), [], NOW)).toEqual([['1', null, 'FAILED', 'RegionsMissing']]);
  });

  it('calls an account FAILED whose Regions are not known, even if some targets reported', () => {
    expect(statuses(expecting(undefined), [anOutcome()], NOW)).toEqual([
      ['1', null, 'FAILED', 'RegionsMissing'],
      ['1', REGION, 'COMPLETE'],
    ]);
  });

  it('takes an account’s own outcome for the account', () => {
    const denied = anOutcome({ region: null, status: 'ROLE_UNAVAILABLE' });
    expect(statuses(expecting(undefined), [denied], NOW)).toEqual([
      ['1', null, 'ROLE_UNAVAILABLE'],
    ]);
  });

  it('needs no target of an account that has all its Regions excluded', () => {
    const excluded = anOutcome({ status: 'EXCLUDED', excluded: 'REGION_NOT_ENABLED' });
    expect(statuses(expecting([]), [excluded], NOW)).toEqual([['1', REGION, 'EXCLUDED']]);
  });

  it('does not let an exclusion stand for a target that was expected', () => {
    const excluded = anOutcome({ status: 'EXCLUDED', excluded: 'REGION_NOT_IN_SCOPE' });
    expect(statuses(expecting([REGION]), [excluded], NOW)).toEqual([
      ['1', REGION, 'FAILED', 'OutcomeMissing'],
    ]);
    expect(statuses(expecting([REGION]), [excluded, anOutcome()], NOW)).toEqual([
      ['1', REGION, 'COMPLETE'],
    ]);
  });

  it('believes the worse of two outcomes of one target', () => {
    const denied = anOutcome({ status: 'ACCESS_DENIED', at: daysBefore(1) });
    for (const outcomes of [
      [denied, anOutcome()],
      [anOutcome(), denied],
    ])
      expect(statuses(expecting([REGION]), outcomes, NOW)).toEqual([
        ['1', REGION, 'ACCESS_DENIED'],
      ]);
  });

  it('keeps what nobody expected in view, as FAILED', () => {
    const stray = anOutcome({ accountId: OTHER_ACCOUNT });
    expect(statuses(expecting([REGION]), [anOutcome(), stray], NOW)).toEqual([
      ['1', REGION, 'COMPLETE'],
      ['2', REGION, 'FAILED', 'OutcomeUnexpected'],
    ]);
    const elsewhere = anOutcome({ region: OTHER_REGION });
    expect(statuses(expecting([REGION]), [anOutcome(), elsewhere], NOW)[1]).toEqual([
      '1',
      OTHER_REGION,
      'FAILED',
      'OutcomeUnexpected',
    ]);
  });

  it('keeps the accounts that Prepare excluded', () => {
    const withoutTarget = [
      anOutcome({
        accountId: OTHER_ACCOUNT,
        region: null,
        status: 'EXCLUDED',
        excluded: 'ACCOUNT_SUSPENDED',
      }),
    ];
    expect(statuses(expecting([REGION], { withoutTarget }), [anOutcome()], NOW)[1]).toEqual([
      '2',
      null,
      'EXCLUDED',
    ]);
  });

  it('marks the gaps that are accepted, and only these', () => {
    const sandbox = anAccount({ path: `o-a/r-ab12/${SANDBOX_OU}/${ACCOUNT}/` });
    const gap = { organizationalUnits: [SANDBOX_OU], regions: [REGION], reason: 'denied by SCP' };
    const expected = expecting([REGION, OTHER_REGION], {
      accounts: [sandbox],
      scope: aScope({ accepted: [gap] }),
      policies: { policy: aPolicy(), policies: {} },
    });
    const denied = (region: string) => anOutcome({ region, status: 'DENIED_BY_SCP' });
    const accepted = (outcomes: Parameters<typeof reconcile>[1]) =>
      reconcile(expected, outcomes, NOW).map((outcome) => outcome.accepted);
    expect(accepted([denied(REGION), denied(OTHER_REGION)])).toEqual(['denied by SCP', undefined]);
    expect(accepted([anOutcome(), denied(OTHER_REGION)])).toEqual([undefined, undefined]);
  });
});

describe('reconciling removals', () => {
  const removals = ['snap-1', 'snap-2'].map((resourceId) => aRemoval({ resourceId }));
  const planIn = (mode: 'delete' | 'report') =>
    makePlan({
      executionId: 'e-1',
      mode,
      now: NOW,
      namedPlan: null,
      approval: 'none' as const,
      policy: aPolicy(),
      policies: {},
      outcomes: [],
      limits: someLimits(),
      kinds: [KIND],
      targets: [{ removals, held: [] }],
    });
  const results = (...outcomes: ReturnType<typeof aRemovalOutcome>[]) =>
    reconcileRemovals(planIn('delete'), outcomes, NOW).map((of) => [of.resourceId, of.outcome]);

  it('calls NOT_ATTEMPTED what the ledger does not tell of', () => {
    expect(results(aRemovalOutcome())).toEqual([
      ['snap-1', 'REMOVED'],
      ['snap-2', 'NOT_ATTEMPTED'],
    ]);
  });

  it('expects no removals of a plan that was not applied', () => {
    expect(reconcileRemovals(planIn('report'), [], NOW)).toEqual([]);
  });

  it('believes any record that says it is removed, else the worst', () => {
    const told = (outcome: 'REMOVED' | 'ALREADY_GONE' | 'FAILED') => aRemovalOutcome({ outcome });
    expect(results(told('ALREADY_GONE'), told('REMOVED'))[0]).toEqual(['snap-1', 'REMOVED']);
    expect(results(told('REMOVED'), told('FAILED'))[0]).toEqual(['snap-1', 'REMOVED']);
    expect(results(told('FAILED'), told('ALREADY_GONE'))[0]).toEqual(['snap-1', 'FAILED']);
  });

  it('keeps in view what was not in the plan', () => {
    expect(results(aRemovalOutcome({ resourceId: 'snap-x' }))[2]).toEqual(['snap-x', 'REMOVED']);
  });
});
