import {
  type ChangedResource,
  NO_CHANGE,
  type StaleChange,
} from '../../../core/history/stale-change.ts';
import { NOTHING_FAILING } from '../../../core/summary/failing-again.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { TargetPlan } from '../../../core/plan/target/plan-target.ts';
import { makeSummary } from '../../../core/summary/make-summary.ts';
import type { Ended } from '../../../core/summary/make-summary.ts';
import type { RemovalOutcome, TargetOutcome } from '../../../core/outcome/outcome.ts';
import { LimitName, type HeldRemoval, type Plan } from '../../../core/plan/plan.ts';
import { HoldReason } from '../../../core/model/hold-reason.ts';
import type { Question } from '../../../core/plan/question.ts';
import { rankPlan } from '../../../report/approval/named-in-plan.ts';
import type { Summary, TrendPoint } from '../../../core/summary/summary.ts';
import {
  anInput,
  anOutcome,
  aRemoval,
  aRemovalOutcome,
  aScope,
  aPolicy,
  daysBefore,
  KIND,
  NOW,
  someCounts,
  someLimits,
} from './builders.ts';
import { resourceKey } from '../../../core/model/ids.ts';

/** Executions as a team would see them, for the golden files of the report. */
const ACCOUNTS = ['shop-prod', 'shop-test', 'payments-prod', 'data-lake'].map((name, i) => ({
  accountId: `${i + 1}`.repeat(4) + '22223333',
  accountName: name,
}));
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1'];

const UNITS = ['ou-ab12-workload', 'ou-ab12-sandbox0'];

const changed = (resourceId: string, given: Partial<ChangedResource> = {}): ChangedResource => ({
  ...{ kind: KIND, accountId: '111122223333', region: 'us-east-1', resourceId },
  ...{ staleSince: daysBefore(21), ageDays: 400, sizeGiB: 100, reasons: ['VOLUME_MISSING'] },
  ...given,
});

const CHANGE: StaleChange = {
  ...{ newlyStale: 12, stillStale: 440, noLongerStale: 7 },
  ...{ removed: 2, gone: 1, usedAgain: 1, newlyProtected: 3 },
  listed: {
    newlyStale: [changed('snap-new1', { staleSince: NOW.toISOString(), ageDays: 31 })],
    removed: [changed('snap-removed1', { ageDays: null, sizeGiB: null, reasons: [] })],
    gone: [changed('snap-gone1', { ageDays: null, sizeGiB: null, reasons: [] })],
    usedAgain: [changed('snap-used1', { reasons: ['IN_USE'] })],
    newlyProtected: [changed('snap-tagged1', { reasons: ['PROTECTED_BY_TAG'] })],
  },
};

/** Three weekly executions before. */
const EARLIER = [21, 14, 7].map((days): TrendPoint => ({
  executionId: `weekly-${daysBefore(days).slice(0, 10)}`,
  finishedAt: daysBefore(days),
  mode: 'report',
  ...{ complete: 12, inScope: 12, stale: 430 + days, staleGiB: 4300 + 10 * days },
  ...{
    staleMonthlyCostUsdUpTo: 80 + days,
    unpricedGiB: 2900,
    unpricedUnsized: 0,
    removed: 0,
    removedGiB: 0,
  },
}));

function aLook(i: number, region: string): TargetOutcome {
  const stale = (i + 1) * 12 + region.length;
  const isPriced = region === 'us-east-1';
  return anOutcome({
    ...ACCOUNTS[i],
    region,
    recycleBin: { [KIND]: { rules: [] } },
    kinds: {
      [KIND]: someCounts({
        resources: stale + 90,
        verdicts: { STALE: stale, KEEP: 88, UNKNOWN: 2 },
        reasons: {
          VOLUME_MISSING: stale - 5,
          VOLUME_NOT_ATTACHED: 5,
          IN_USE: 60,
          USED_BY_AMI: 20,
          TOO_YOUNG: 14,
          REFERENCES_INCOMPLETE: 2,
        },
        staleGiB: stale * 10,
        staleMonthlyCostUsdUpTo: isPriced ? stale * 0.5 : 0,
        unpricedGiB: isPriced ? 0 : stale * 10,
        unpricedUnsized: 0,
      }),
    },
  });
}

const looks = ACCOUNTS.flatMap((_, i) => REGIONS.map((region) => aLook(i, region)));
const excluded: TargetOutcome[] = [
  anOutcome({
    accountId: '999922223333',
    accountName: 'old-shop',
    region: null,
    status: 'EXCLUDED',
    excluded: 'ACCOUNT_SUSPENDED',
  }),
  ...ACCOUNTS.map((account) =>
    anOutcome({
      ...account,
      region: 'ap-east-1',
      status: 'EXCLUDED',
      excluded: 'REGION_NOT_ENABLED',
    }),
  ),
  anOutcome({
    ...ACCOUNTS[3],
    region: 'eu-north-1',
    status: 'DENIED_BY_SCP',
    accepted: 'denied by SCP on purpose',
    failure: {
      code: 'UnauthorizedOperation',
      message: 'explicit deny in a service control policy',
      operation: 'DescribeSnapshots',
    },
  }),
];

function aTargetPlan(removals: number, held: [HoldReason, number][]): TargetPlan {
  const ids = (count: number, of: string) =>
    Array.from({ length: count }, (_, i) => `snap-${of}${i}`.toLowerCase());
  return {
    removals: ids(removals, '').map((resourceId, i) =>
      aRemoval({
        resourceId,
        accountId: '111122223333',
        ...(i > 0 && { restorableDays: 14 }),
      }),
    ),
    held: held.flatMap(([reason, count]) =>
      ids(count, reason).map((resourceId) => ({
        ...{ kind: KIND, accountId: '111122223333', region: 'eu-west-1', resourceId },
        ...{ held: [reason], sizeGiB: 8, staleSince: daysBefore(3) },
      })),
    ),
  };
}

function aPlan(
  mode: 'report' | 'delete',
  target: TargetPlan,
  maxRemovals = 5000,
  outcomes: readonly TargetOutcome[] = [],
  approval: 'none' | 'required' = 'none',
) {
  return makePlan({
    ...{
      executionId: 'weekly-2026-11-21',
      mode,
      now: NOW,
      namedPlan: null,
      approval,
      kinds: [KIND],
    },
    ...{
      policy: aPolicy(),
      policies: {},
      outcomes,
      limits: someLimits({ maxRemovals }),
      targets: [target],
    },
  });
}

export function anEndedExecution(given: Partial<Ended> = {}): Ended {
  return {
    executionId: 'weekly-2026-11-21',
    input: anInput(),
    startedAt: NOW,
    finishedAt: new Date(NOW.getTime() + 252_000),
    outcomes: [...looks, ...excluded],
    plan: aPlan(
      'report',
      aTargetPlan(41, [
        ['IN_GRACE', 12],
        ['LAST_COPY', 3],
      ]),
    ),
    approval: null,
    removals: [],
    change: CHANGE,
    previousExecutionId: 'weekly-2026-11-14',
    failingAgain: NOTHING_FAILING,
    saved: null,
    pastFailure: null,
    earlier: EARLIER,
    accounts: ACCOUNTS.map(({ accountId }, i) => ({
      id: accountId,
      path: `o-abcdefghij/r-ab12/${UNITS[i % 2]}/${accountId}/`,
    })),
    organizationalUnitNames: { 'ou-ab12-workload': 'Workloads' },
    prices: { asOf: '2026-11-21', source: 'https://aws.amazon.com/ebs/pricing/' },
    notLookedAt: [],
    failure: null,
    location: 's3://orgsweep-111122223333/executions/weekly-2026-11-21/',
    hubName: '/orgsweep/hub',
    ...given,
  };
}

export const completeReport = (): Summary => makeSummary(anEndedExecution());

export function partialReport(): Summary {
  const failed: TargetOutcome[] = [
    ...['eu-west-1', 'us-east-1', 'eu-central-1', 'eu-north-1', 'eu-south-1', 'sa-east-1'].map(
      (region) =>
        anOutcome({
          accountId: '555522223333',
          accountName: 'legacy',
          region,
          status: 'ACCESS_DENIED',
          failure: {
            code: 'UnauthorizedOperation',
            message:
              'You are not authorized to perform this operation. User: arn:aws:sts::555522223333:assumed-role/orgsweep-discovery/weekly is not authorized to perform: ec2:DescribeVolumes',
            operation: 'DescribeVolumes',
          },
        }),
    ),
    anOutcome({
      accountId: '666622223333',
      accountName: 'marketing',
      region: null,
      status: 'ROLE_UNAVAILABLE',
      failure: { code: 'AccessDenied', message: 'not authorized to perform: sts:AssumeRole' },
    }),
    anOutcome({
      accountId: '777722223333',
      region: 'us-east-1',
      status: 'FAILED',
      failure: { code: 'OutcomeMissing', message: 'no outcome of this target was recorded' },
    }),
  ];
  return makeSummary(
    anEndedExecution({
      outcomes: [...looks, ...excluded, ...failed],
      input: anInput({
        scope: aScope({ organizationalUnits: ['ou-ab12-workload'], excludeRegions: ['sa-east-1'] }),
      }),
      notLookedAt: ['recycle bin', 'sharing'],
      previousExecutionId: null,
    }),
  );
}

export function mixedRemovals(): Summary {
  const target = aTargetPlan(20, [
    ['IN_GRACE', 12],
    ['NO_RECYCLE_BIN_RULE', 4],
  ]);
  const outcome = (i: number, given: Partial<RemovalOutcome>) =>
    aRemovalOutcome({ resourceId: `snap-${i}`, ...given });
  const removals = [
    ...Array.from({ length: 9 }, (_, i) => outcome(i, { restorableUntil: daysBefore(i - 14) })),
    outcome(9, {}),
    outcome(10, { outcome: 'ALREADY_GONE' }),
    outcome(11, { outcome: 'NO_LONGER_STALE', reasons: ['USED_BY_AMI'] }),
    outcome(12, {
      outcome: 'PROTECTED',
      reasons: ['USED_BY_AMI'],
      failure: { code: 'InvalidSnapshot.InUse', message: 'in use by ami-1' },
    }),
    outcome(13, {
      outcome: 'DENIED',
      failure: {
        code: 'UnauthorizedOperation',
        message: 'You are not authorized to perform this operation.',
        requestId: '00000000-0000-0000-0000-000000000000',
      },
    }),
    outcome(14, { outcome: 'FAILED', failure: { code: 'InternalError', message: 'try later' } }),
  ];
  return makeSummary(
    anEndedExecution({
      input: anInput({ mode: 'delete' }),
      plan: aPlan('delete', target),
      removals,
    }),
  );
}

/** A plan that a person has to approve, of resources that differ in what a person looks at. */
export function planToApprove(held: readonly HeldRemoval[] = []): Plan {
  const removals = Array.from({ length: 24 }, (_, i) =>
    aRemoval({
      resourceId: `snap-${String(i).padStart(17, '0')}`,
      accountId: ACCOUNTS[i % 4]?.accountId ?? '',
      ageDays: 40 + 37 * (i % 9),
      startedAt: daysBefore(40 + 37 * (i % 9)),
      sizeGiB: 8 * (1 + ((i * 7) % 24)),
      monthlyCostUsdUpTo: i % 6 === 5 ? null : 0.4 * (1 + ((i * 7) % 24)),
      ...(i % 5 !== 4 && { restorableDays: i % 2 === 0 ? 7 : 14 }),
    }),
  );
  return aPlan('delete', { removals, held: [...held] }, 5000, [], 'required');
}

/** What else is unused when people are asked: in grace, for a later run, or for a person. */
export function heldWhileAsked(): HeldRemoval[] {
  const { held } = aTargetPlan(0, [
    ['IN_GRACE', 7],
    ['SHARING_NOT_CHECKED', 3],
    ['LAST_COPY', 12],
  ]);
  return held.map((one, i) => ({ ...one, monthlyCostUsdUpTo: 0.4 * (1 + i) }));
}

/** How people are asked about it. */
export function questionAsked(
  more: Partial<Question> = {},
  { executionId, digest, removals } = planToApprove(),
): Question {
  const [first] = rankPlan(removals).resources;
  return {
    schemaVersion: 1,
    executionId,
    planDigest: digest,
    askedAt: '2026-11-21T12:00:00.000Z',
    expiresAt: '2026-11-24T12:00:00.000Z',
    shown: {
      pageFailure: null,
      csvFailure: null,
      accounts: ACCOUNTS.map(({ accountId: id, accountName: name }) => ({ id, name })),
      resources: [
        {
          key: resourceKey(first!),
          name: 'shop-db-before-upgrade',
          owner: { tag: 'team', value: 'checkout' },
        },
      ],
    },
    notShown: null,
    ...more,
  };
}

/** What became of it. */
export function decidedOn(approval: Summary['approval']): Summary {
  return makeSummary(
    anEndedExecution({ input: anInput({ mode: 'delete' }), plan: planToApprove(), approval }),
  );
}

export function refusedPlan(): Summary {
  return makeSummary(
    anEndedExecution({
      input: anInput({ mode: 'delete' }),
      plan: aPlan('delete', aTargetPlan(60, []), 50),
    }),
  );
}

/** Whatever can hold a removal back, each once or more. */
export function everythingHeld(): Summary {
  const target = aTargetPlan(3, [
    ...HoldReason.options
      .filter((reason) => reason !== 'OVER_LIMIT')
      .map((reason, i): [HoldReason, number] => [reason, i + 1]),
    ['OVER_LIMIT', LimitName.options.length - 2],
  ]);
  const single = LimitName.options.filter(
    (limit) => limit !== 'maxRemovals' && limit !== 'maxStalePercentOverall',
  );
  const held = target.held.map((one) => {
    const limit = one.held.includes('OVER_LIMIT') ? single.pop() : undefined;
    return limit === undefined ? one : { ...one, limit };
  });
  return makeSummary(
    anEndedExecution({
      input: anInput({
        policyOverrides: [{ accounts: ['111122223333'], policy: { graceDays: 60 } }],
      }),
      plan: aPlan('report', { ...target, held }),
    }),
  );
}

export function tooMuchStale(): Summary {
  const counts = someCounts({ resources: 130, verdicts: { STALE: 117, KEEP: 13, UNKNOWN: 0 } });
  const outcomes = [anOutcome({ kinds: { [KIND]: counts } })];
  return makeSummary(
    anEndedExecution({
      input: anInput({ mode: 'delete' }),
      outcomes,
      plan: aPlan('delete', aTargetPlan(60, []), 5000, outcomes),
    }),
  );
}

export function failedStep(): Summary {
  return makeSummary(
    anEndedExecution({
      plan: null,
      failure: { step: 'Plan', error: 'Lambda.Unknown', message: 'the function timed out' },
    }),
  );
}

export function nothingInScope(): Summary {
  return makeSummary(
    anEndedExecution({
      input: anInput({ scope: aScope({ accounts: ['999922223333'] }) }),
      outcomes: excluded.slice(0, 1),
      plan: aPlan('report', aTargetPlan(0, [])),
      change: NO_CHANGE,
    }),
  );
}

/** A delete execution that did all it planned. */
export function allRemoved(): Summary {
  const plan = aPlan('delete', aTargetPlan(20, [['IN_GRACE', 12]]));
  return makeSummary(
    anEndedExecution({
      input: anInput({ mode: 'delete' }),
      plan,
      removals: plan.removals.map(({ resourceId }, i) =>
        aRemovalOutcome({ resourceId, restorableUntil: daysBefore(-14 - (i % 3)) }),
      ),
    }),
  );
}

/** The first look from a laptop, where nothing has a known price. */
export function firstLookWithoutPrices(): Summary {
  const unpriced = looks.map((look) => {
    const counts = look.kinds[KIND];
    if (counts === undefined) throw new Error('a look without counts');
    const kinds = {
      [KIND]: {
        ...counts,
        staleMonthlyCostUsdUpTo: 0,
        unpricedGiB: counts.staleGiB,
        unpricedUnsized: 0,
      },
    };
    return { ...look, kinds };
  });
  return makeSummary(
    anEndedExecution({
      outcomes: unpriced,
      plan: aPlan('report', aTargetPlan(0, [['IN_GRACE', 480]])),
      ...{ change: NO_CHANGE, previousExecutionId: null, earlier: [], prices: null },
      ...{ location: '/home/ada/orgsweep-out/executions/weekly-2026-11-21', hubName: undefined },
    }),
  );
}

const NAME_OF_TEAM = ['platform', 'payments and settlements', 'search', 'mobile', 'data science'];

/** 400 accounts in four Regions: archived snapshots, fast restore, and the same gaps as last week. */
export function largeOrganization(): Summary {
  const accounts = Array.from({ length: 400 }, (_, i) => ({
    accountId: String(100_000_000_000 + i * 7919),
    accountName: `${NAME_OF_TEAM[i % 5]}-${i % 3 === 0 ? 'production' : 'development'}-environment-${i}`,
  }));
  const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
  const outcomes = accounts.flatMap((account, i) =>
    regions.map((region, j) =>
      i % 40 === 7
        ? anOutcome({
            ...{ ...account, region, status: 'DENIED_BY_SCP' },
            failure: {
              code: 'UnauthorizedOperation',
              message: 'explicit deny in a service control policy',
              operation: 'DescribeSnapshots',
            },
          })
        : anOutcome({ ...account, region, kinds: { [KIND]: largeCounts(i, j) } }),
    ),
  );
  return makeSummary(
    anEndedExecution({
      outcomes: [...outcomes, ...excluded],
      plan: aPlan('report', aTargetPlan(310, [['IN_GRACE', 2400]])),
      change: { ...CHANGE, newlyStale: 240, stillStale: 16_900 },
      failingAgain: {
        ...{ targets: 40, removals: 0, listedRemovals: [] },
        listedTargets: outcomes
          .filter(({ status }) => status !== 'COMPLETE')
          .slice(0, 20)
          .map(({ accountId, accountName = null, region, status }) => ({
            ...{ accountId, accountName, region, status },
            ...{ executions: 4, since: daysBefore(21) },
          })),
      },
      accounts: accounts.map(({ accountId }, i) => ({
        id: accountId,
        path: `o-abcdefghij/r-ab12/ou-ab12-team000${i % 5}/${accountId}/`,
      })),
      organizationalUnitNames: Object.fromEntries(
        NAME_OF_TEAM.map((name, i) => [`ou-ab12-team000${i}`, name]),
      ),
    }),
  );
}

function largeCounts(account: number, region: number) {
  const stale = 3 + ((account * 13 + region * 5) % 17);
  const archived = account % 10 === 0 ? 2 : 0;
  const staleGiB = stale * (40 + (account % 23));
  const staleMonthlyCostUsdUpTo = region === 3 ? 0 : staleGiB * 0.05;
  const unpricedGiB = region === 3 ? staleGiB : 0;
  const unshared = staleMonthlyCostUsdUpTo * 2.5;
  return someCounts({
    resources: stale + 60,
    verdicts: { STALE: stale, KEEP: 60, UNKNOWN: 0 },
    reasons: { VOLUME_MISSING: stale, IN_USE: 50, USED_BY_AMI: 8, FAST_RESTORE_ENABLED: 2 },
    ...{ staleGiB, staleMonthlyCostUsdUpTo, unpricedGiB },
    staleUnsharedMonthlyCostUsdUpTo: unshared,
    staleByTier: {
      standard: {
        ...{
          stale: stale - archived,
          inMinimum: 0,
          sizeGiB: staleGiB - archived * 10,
          unpricedGiB,
          unpricedUnsized: 0,
        },
        monthlyCostUsdUpTo: staleMonthlyCostUsdUpTo,
        unsharedMonthlyCostUsdUpTo: unshared,
      },
      ...(archived > 0 && {
        archive: {
          ...{ stale: archived, inMinimum: region === 0 ? 1 : 0, sizeGiB: archived * 10 },
          ...{
            monthlyCostUsdUpTo: 0.25,
            unpricedGiB: 0,
            unpricedUnsized: 0,
            unsharedMonthlyCostUsdUpTo: 0.25,
          },
        },
      }),
    },
    staleByAge: { FROM_30_DAYS: 1, FROM_180_DAYS: stale - 3, FROM_5_YEARS: 2 },
    ...(account % 50 === 0 && {
      extraCharges: {
        'fast-restore': { resources: 2, units: 3, monthlyCostUsdUpTo: 1674, unpricedUnits: 0 },
      },
    }),
  });
}
