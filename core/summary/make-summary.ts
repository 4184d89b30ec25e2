import { undoneOtherwise } from '../words/words-in.ts';
import { breakdownOfAll } from './breakdown.ts';
import { funnelsOf } from './funnel/found.ts';
import { coverageOf, tally } from './coverage.ts';
import { STATUSES_BY_PRECEDENCE } from './exit-code.ts';
import { NO_CHANGE, type StaleChange } from '../history/stale-change.ts';
import { NOTHING_FAILING } from './failing-again.ts';
import { countPlan, type PlanCounts } from './plan-counts.ts';
import { type Past, withPast } from './timeline.ts';
import type { ExecutionInput } from '../input/input.ts';
import type { RemovalResult } from '../outcome/outcome.ts';
import { type RemovalOutcome, type TargetOutcome } from '../outcome/outcome.ts';
import { tellBrokenSets } from '../plan/together/broken-sets.ts';
import { foldRemovals } from './fold-removals.ts';
import { amountOfRemovals } from '../plan/amount-of-removals.ts';
import type { Plan } from '../plan/plan.ts';
import { freedByAll } from '../prices/freeing.ts';
import { madeByAll } from '../prices/making.ts';
import { reconcileRemovals } from './reconcile-removals.ts';
import type { StepFailure, Summary, SummaryStatus } from './summary.ts';
import { unreadableDatesOfAll } from '../outcome/unreadable-dates.ts';
import { byOrganizationalUnit, staleGiBByTarget } from './shares.ts';

/** A planned removal that ended so is still to be done; the other endings need nobody. */
const UNFINISHED: readonly RemovalResult[] = ['DENIED', 'FAILED', 'NOT_ATTEMPTED'];
const NO_PLAN: StepFailure = {
  step: 'Plan',
  error: 'PlanMissing',
  message: 'no plan was recorded for this execution',
};

export interface Ended extends Past {
  readonly executionId: string;
  readonly input: ExecutionInput;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Reconciled. */
  readonly outcomes: readonly TargetOutcome[];
  /** null: the execution didn't get so far. */
  readonly plan: Plan | null;
  /** Of a plan with files beside it. */
  readonly counted?: PlanCounts | undefined;
  /** How the wait for a person ended; null where nobody was asked. */
  readonly approval: Summary['approval'];
  /** What the ledger tells; removals of the plan that it doesn't tell of are NOT_ATTEMPTED. */
  readonly removals: Iterable<RemovalOutcome>;
  /** null: nobody compared. */
  readonly change: StaleChange | null;
  readonly accounts: readonly { readonly id: string; readonly path: string | null }[];
  readonly organization?: Summary['organization'];
  /** By id, as far as they are known. */
  readonly organizationalUnitNames: Readonly<Record<string, string>>;
  readonly prices: Summary['prices'];
  readonly pricesFailure?: string | null;
  readonly kindsWithoutPrices?: readonly string[];
  readonly clock?: Summary['clock'];
  readonly actsAs?: Summary['actsAs'];
  /** Checks left out, besides the reference sources that the policy switched off. */
  readonly notLookedAt: readonly string[];
  /** By kind, what of that no execution looks at. */
  readonly blindSpots?: Readonly<Record<string, readonly string[]>>;
  /** Of the kinds that were looked at. */
  readonly words?: Summary['words'];
  /** Of those, what is looked for once in an account. */
  readonly globalKinds?: readonly string[];
  /** Sources that the input may leave out. */
  readonly skippableSources?: readonly string[];
  readonly floors?: Summary['floors'];
  readonly raisedToFloors?: Summary['raisedToFloors'] | undefined;
  readonly failure: StepFailure | null;
  readonly location: string;
  readonly hubName?: string | undefined;
  readonly startedBy?: Summary['startedBy'] | undefined;
  readonly simulated?: boolean | undefined;
  readonly resumed?: Summary['resumed'];
}

/** Folds what an execution left behind into its summary; the order of what is given doesn't matter. */
export function makeSummary(ended: Ended): Summary {
  const { input, plan } = ended;
  const coverage = coverageOf(ended.outcomes, {
    names: input.kinds,
    global: ended.globalKinds ?? [],
  });
  const ends = reconciledRemovals(ended);
  const counted = ended.counted ?? (plan && countPlan(plan, ends));
  const removals = foldRemovals(plan, ends);
  const failure = ended.failure ?? (plan === null ? NO_PLAN : null);
  const breakdown = breakdownOfAll(ended.outcomes);
  const summary: Summary = {
    schemaVersion: 1,
    executionId: ended.executionId,
    mode: input.mode,
    status: statusOf({ coverage, plan, approval: ended.approval, removals, failure }),
    ...(ended.organization && { organization: ended.organization }),
    startedAt: ended.startedAt.toISOString(),
    finishedAt: ended.finishedAt.toISOString(),
    input: {
      scope: input.scope,
      kinds: input.kinds,
      remove: input.remove,
      policy: input.policy,
      policyOverrides: input.policyOverrides,
      limits: input.limits,
      basedOn: input.plan ?? null,
    },
    ...(ended.words && { words: ended.words }),
    floors: ended.floors ?? null,
    raisedToFloors: ended.raisedToFloors ?? [],
    coverage,
    ...breakdown,
    byOrganizationalUnit: byOrganizationalUnit(breakdown.byAccount, ended),
    staleGiBByTarget: staleGiBByTarget(ended.outcomes),
    prices: ended.prices,
    ...(ended.kindsWithoutPrices?.length && { kindsWithoutPrices: [...ended.kindsWithoutPrices] }),
    notLookedAt: [...new Set([...ended.notLookedAt, ...skippedReferences(ended)])].toSorted(),
    ...(ended.blindSpots && { blindSpots: copied(ended.blindSpots) }),
    skippableSources: [...(ended.skippableSources ?? [])],
    plan: plan && counted && planInBrief(plan, counted, ended),
    funnel: null,
    ...(counted && funnelsOf(counted.funnel, breakdown, ended.words)),
    approval: ended.approval,
    removals,
    change: {
      ...(ended.change ?? NO_CHANGE),
      previousExecutionId: null,
      compared: ended.change !== null,
    },
    failingAgain: NOTHING_FAILING,
    pastFailure: null,
    trend: [],
    failure,
    historyDoubts: plan?.historyDoubts ?? [],
    unreadableDates: unreadableDatesOfAll(ended.outcomes),
    clock: plan?.clock ?? ended.clock ?? null,
    pricesFailure: ended.pricesFailure ?? null,
    reportFailure: null,
    location: ended.location,
    hubName: ended.hubName ?? null,
    startedBy: ended.startedBy ?? null,
    simulated: ended.simulated ?? false,
    actsAs: ended.actsAs ?? null,
    ...(ended.resumed && { resumed: ended.resumed }),
  };
  return withPast(summary, ended);
}

function copied(lists: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, [...list]]));
}

/** Where policies differ, says of how many targets each source was left out. */
function skippedReferences({ outcomes, input }: Ended): string[] {
  const policies = outcomes.flatMap(({ policy }) => (policy === undefined ? [] : [policy]));
  const skipped = Object.entries(tally(policies.flatMap(({ skipReferences }) => skipReferences)));
  if (policies.length === 0) return input.policy.skipReferences;
  return skipped.map(([source, targets]) =>
    targets === policies.length
      ? source
      : `${source} (in ${targets} of ${policies.length} account-Regions)`,
  );
}

function statusOf(
  of: Pick<Summary, 'coverage' | 'approval' | 'removals' | 'failure'> & { plan: Plan | null },
): SummaryStatus {
  const { coverage, removals } = of;
  const isSo: Record<SummaryStatus, boolean> = {
    FAILED: of.failure !== null,
    PLAN_REFUSED: of.plan?.status === 'REFUSED',
    NOT_APPROVED: isNotApproved(of),
    REMOVALS_INCOMPLETE:
      UNFINISHED.some((result) => removals.byOutcome[result] > 0) ||
      removals.notSeenInRecycleBin.length > 0 ||
      removals.removedOfBrokenSets.length > 0,
    PARTIAL: coverage.gaps.length > 0 || coverage.inScope === 0,
    COMPLETE: true,
  };
  return STATUSES_BY_PRECEDENCE.find((status) => isSo[status]) ?? 'FAILED';
}

/** Whether a plan that was ready to be carried out was held up by its approval. */
function isNotApproved({ plan, approval }: Pick<Ended, 'plan' | 'approval'>): boolean {
  if (plan?.status !== 'READY' || plan.approval === 'none') return false;
  return approval?.removalsAllowed !== true;
}

function planInBrief(
  plan: Plan,
  { held }: PlanCounts,
  { outcomes, words = {} }: Pick<Ended, 'outcomes' | 'words'>,
): NonNullable<Summary['plan']> {
  const last = plan.removals.filter(({ goesOn }) => goesOn !== true);
  const otherwise = undoneOtherwise(last, words);
  const inSteps = plan.removals.length - last.length;
  const amount = amountOfRemovals(last);
  const frees = freedByAll(last);
  const makes = madeByAll(plan.removals);
  return {
    status: plan.status,
    digest: plan.digest,
    basedOn: plan.basedOn,
    refusal: plan.refusal,
    removals: plan.removals.length,
    ...(inSteps > 0 && { inSteps }),
    removalsGiB: amount.sizeGiB,
    removalsMonthlyCostUsdUpTo: amount.monthlyCostUsdUpTo,
    removalsUnpricedGiB: amount.unpricedGiB,
    removalsUnpricedUnsized: amount.unpricedUnsized,
    removalsUnsharedMonthlyCostUsdUpTo: amount.unsharedMonthlyCostUsdUpTo,
    ...(frees && { frees }),
    ...(makes && { makes }),
    ...held.total(outcomes, plan.basedOn),
    restorable: plan.removals.filter(({ restorableDays }) => restorableDays !== undefined).length,
    ...(Object.keys(otherwise).length > 0 && { undoneOtherwise: otherwise }),
  };
}

/** One outcome for each removal of the plan. */
export function reconciledRemovals(
  ended: Pick<Ended, 'plan' | 'approval' | 'removals' | 'finishedAt'>,
): RemovalOutcome[] {
  const missing = isNotApproved(ended) ? 'NOT_APPROVED' : 'OUTCOME_MISSING';
  const outcomes = reconcileRemovals(ended.plan, ended.removals, ended.finishedAt, missing);
  return tellBrokenSets(ended.plan, outcomes);
}
