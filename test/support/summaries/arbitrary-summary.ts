import fc from 'fast-check';
import type { ChangedResource } from '../../../core/history/stale-change.ts';
import type { Funnel } from '../../../core/summary/funnel/funnel.ts';
import { DoubtReason, type HistoryDoubt } from '../../../core/history/history-doubt.ts';
import { RemovalResult, TargetStatus } from '../../../core/outcome/outcome.ts';
import { LimitName } from '../../../core/plan/plan.ts';
import { HoldReason } from '../../../core/model/hold-reason.ts';
import { NotKept } from '../../../core/outcome/not-kept.ts';
import { type Summary, SummaryStatus } from '../../../core/summary/summary.ts';
import { accountId, kindCounts, region, timestamp } from './arbitraries.ts';
import { aRemovalOutcome } from './builders.ts';
import { anyFloors } from './floors.ts';
import { completeReport, largeOrganization, mixedRemovals, refusedPlan } from './summaries.ts';
import { anyCharacter } from './any-character.ts';

const BASES = [completeReport(), mixedRemovals(), refusedPlan(), largeOrganization()];

/** What strangers write into names, tags and error messages. */
export const strangersText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 300 }),
  fc.constantFrom(
    ...[
      'https://evil.example/x',
      'www.evil.example',
      '<!channel>',
      '<@U123>',
      '@here',
      '*b* _i_ ~s~',
    ],
    ...[
      '`code`',
      '```fence',
      '[click](https://evil.example)',
      '\u202Egnp.exe',
      'a\r\nFAILED b',
      '\u0000',
    ],
    ...['<https://evil.example|x>', '&lt;!channel&gt;', '漢'.repeat(400), 'x'.repeat(3000), ''],
  ),
);

const stage = {
  resources: fc.integer({ min: 0, max: 2_000_000_000 }),
  sizeGiB: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e9, noNaN: true })),
  monthlyCostUsdUpTo: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e9, noNaN: true })),
  unpricedGiB: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e9, noNaN: true })),
  unpricedUnsized: fc.oneof(fc.constant(0), fc.nat()),
};
const plainStage = fc.record(stage, { noNullPrototype: true });
const byReason = fc.dictionary(fc.constantFrom(...HoldReason.options), plainStage, {
  noNullPrototype: true,
});
const held = fc.record({ ...stage, byReason }, { noNullPrototype: true });

/** Any funnel, whether its stages fit together or not. */
const funnel: fc.Arbitrary<Funnel> = fc.record(
  {
    stale: plainStage,
    inGrace: fc.record({
      ...stage,
      ...{ firstUntil: fc.option(timestamp), lastUntil: fc.option(timestamp) },
    }),
    ...{ waiting: held, needsDecision: held, removable: plainStage, removed: plainStage },
    obtainable: fc.record({ ...stage, from: fc.option(timestamp) }),
    saved: fc.option(
      fc.record({
        since: fc.option(timestamp),
        gone: plainStage,
        inRecycleBin: fc.record({ ...stage, lastUntil: fc.option(timestamp) }),
      }),
    ),
  },
  { noNullPrototype: true },
);

const count = fc.integer({ min: 0, max: 2_000_000_000 });
const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e9, noNaN: true }));
const failure = fc.record(
  { code: strangersText, message: strangersText, operation: strangersText },
  { noNullPrototype: true },
);
const gap = fc.record(
  {
    accountId,
    accountName: fc.option(strangersText),
    region: fc.option(region),
    status: fc.constantFrom(...TargetStatus.exclude(['COMPLETE', 'EXCLUDED']).options),
    failure: fc.option(failure),
    accepted: fc.constant(null),
  },
  { noNullPrototype: true },
);
const share = {
  resources: count,
  stale: count,
  staleGiB: amount,
  staleMonthlyCostUsdUpTo: amount,
  unpricedGiB: amount,
  unpricedUnsized: fc.oneof(fc.constant(0), fc.nat()),
};
const changed: fc.Arbitrary<ChangedResource> = fc.record(
  {
    ...{ kind: fc.constant('ebs-snapshot'), accountId, region, resourceId: strangersText },
    ...{ staleSince: timestamp, ageDays: fc.option(count), sizeGiB: fc.option(amount) },
    reasons: fc.array(strangersText, { maxLength: 30 }),
  },
  { noNullPrototype: true },
);
const problem = fc
  .record({
    resourceId: strangersText,
    outcome: fc.constantFrom(...RemovalResult.options),
    failure,
  })
  .map(aRemovalOutcome);

const placeOf = { accountId, region };
const withoutRule = fc.record({
  ...placeOf,
  ...{ kind: fc.constantFrom('ebs-snapshot', 'thing'), held: count },
  ...{ why: fc.constantFrom(...NotKept.options), failure: fc.constant(null) },
});
const doubt: fc.Arbitrary<HistoryDoubt> = fc.record({
  ...placeOf,
  reason: fc.constantFrom(...DoubtReason.options),
  resources: fc.option(count),
  resourceIds: fc.array(strangersText, { maxLength: 10 }),
});
/** What the execution found and did not go by. */
const notBelieved = fc.record(
  {
    clock: fc.option(fc.record({ awsAt: fc.option(timestamp), ownAt: timestamp })),
    historyDoubts: fc.array(doubt, { maxLength: 30 }),
    pricesFailure: fc.option(strangersText),
    pastFailure: fc.option(strangersText),
    reportFailure: fc.option(strangersText),
    unreadableDates: fc.record({
      resources: count,
      examples: fc.array(
        fc.record({ ...placeOf, resourceId: strangersText, value: strangersText }),
        { maxLength: 5 },
      ),
    }),
  },
  { noNullPrototype: true },
);

/** Any summary, with strangers' text wherever strangers can write; more than the schema allows. */
export const arbitrarySummary: fc.Arbitrary<Summary> = fc
  .record({
    base: fc.constantFrom(...BASES),
    status: fc.constantFrom(...SummaryStatus.options),
    mode: fc.constantFrom('report' as const, 'delete' as const),
    location: fc.oneof(strangersText, fc.constantFrom('s3://bucket-1/executions/e-1/', '/o/e')),
    hubName: fc.option(strangersText),
    notLookedAt: fc.array(strangersText, { maxLength: 40 }),
    prices: fc.option(fc.record({ asOf: fc.constant('2026-11-21'), source: strangersText })),
    gaps: fc.array(gap, { maxLength: 60 }),
    inScope: count,
    counts: kindCounts,
    reasons: fc.dictionary(strangersText, count, { noNullPrototype: true, maxKeys: 60 }),
    shares: fc.array(
      fc.tuple(accountId, fc.record({ ...share, accountName: fc.option(strangersText) })),
    ),
    units: fc.array(
      fc.tuple(
        strangersText,
        fc.record({ ...share, name: fc.option(strangersText), accounts: count }),
      ),
      { maxLength: 20 },
    ),
    failure: fc.option(
      fc.record({ step: strangersText, error: strangersText, message: strangersText }),
    ),
    changes: fc.array(changed, { maxLength: 20 }),
    problems: fc.array(problem, { maxLength: 50 }),
    byOutcome: fc.record(
      Object.fromEntries(RemovalResult.options.map((result) => [result, count])) as Record<
        RemovalResult,
        typeof count
      >,
    ),
    held: fc.dictionary(fc.constantFrom(...HoldReason.options), count, { noNullPrototype: true }),
    heldByLimit: fc.dictionary(fc.constantFrom(...LimitName.options), count, {
      noNullPrototype: true,
    }),
    funnel: fc.option(funnel),
    withoutRule: fc.array(withoutRule, { maxLength: 40 }),
    notBelieved,
    manyAccounts: fc.constantFrom(0, 0, 400),
    simulated: fc.boolean(),
    floors: fc.option(anyFloors),
    caller: strangersText.filter((text) => text !== ''),
  })
  .map((given) => laidOver(given.base, given));

/** One of many, with as long a name as AWS takes. */
const MANY = {
  ...{ accountName: 'w'.repeat(50), resources: 50, stale: 2_000_000_000, staleGiB: 1e9 },
  ...{ staleMonthlyCostUsdUpTo: 1e9, unpricedGiB: 12, unpricedUnsized: 0 },
};

function laidOver(
  base: Summary,
  given: Pick<
    Summary,
    'status' | 'mode' | 'location' | 'hubName' | 'notLookedAt' | 'prices' | 'failure'
  > & {
    gaps: Summary['coverage']['gaps'];
    inScope: number;
    counts: Summary['counts'];
    reasons: Record<string, number>;
    shares: [string, Summary['byAccount'][string]][];
    units: [string, Summary['byOrganizationalUnit'][string]][];
    changes: ChangedResource[];
    problems: Summary['removals']['problems'];
    byOutcome: Summary['removals']['byOutcome'];
    held: NonNullable<Summary['plan']>['heldByReason'];
    heldByLimit: NonNullable<Summary['plan']>['heldByLimit'];
    funnel: Summary['funnel'];
    withoutRule: NonNullable<Summary['plan']>['withoutRecycleBinRule'];
    notBelieved: Partial<Summary>;
    manyAccounts: number;
    simulated: boolean;
    floors: Summary['floors'];
    caller: string;
  },
): Summary {
  const { status, mode, location, hubName, notLookedAt, prices, failure, changes } = given;
  return {
    ...{ ...base, status, mode, location, hubName, notLookedAt, prices, failure },
    coverage: { ...base.coverage, gaps: given.gaps, inScope: given.inScope },
    counts: { ...given.counts, reasons: given.reasons },
    ...given.notBelieved,
    simulated: given.simulated,
    floors: given.floors,
    raisedToFloors: given.floors === null ? [] : ['approval', 'policy.graceDays'],
    funnel: given.funnel,
    byAccount: {
      ...Object.fromEntries(given.shares),
      ...Object.fromEntries(
        Array.from({ length: given.manyAccounts }, (_, i) => [String(10 ** 11 + i), MANY]),
      ),
    },
    byOrganizationalUnit: Object.fromEntries(given.units),
    change: {
      ...base.change,
      listed: {
        ...{ newlyStale: changes, removed: changes, gone: changes },
        ...{ usedAgain: changes, newlyProtected: changes },
      },
    },
    removals: {
      ...base.removals,
      byOutcome: given.byOutcome,
      // Each that was planned ends in one way.
      planned: Object.values(given.byOutcome).reduce((sum, count) => sum + count, 0),
      problems: given.problems,
      notSeenInRecycleBin: given.problems,
    },
    plan: base.plan && {
      ...base.plan,
      ...{ heldByReason: given.held, heldByLimit: given.heldByLimit },
      withoutRecycleBinRule: given.withoutRule,
    },
    approval: {
      ...{ decision: 'REJECTED', at: base.finishedAt, removalsAllowed: false },
      by: { caller: given.caller, verified: true },
    },
  };
}
