import { mergeTallies } from './counts.ts';
import { inShort } from '../outcome/failures.ts';
import { kindsMissing } from '../outcome/kind-look.ts';
import { coverageByKind, type KindsLookedAt, kindFailures } from '../outcome/coverage-by-kind.ts';
import { isGap } from '../outcome/outcome.ts';
import type { TargetOutcome } from '../outcome/outcome.ts';
import { UNUSABLE } from '../scope/scope.ts';
import { compare } from '../model/order.ts';
import type { Coverage, Gap } from './summary.ts';

/** How much of what was asked for was seen, from reconciled outcomes in any order. */
export function coverageOf(outcomes: readonly TargetOutcome[], kinds: KindsLookedAt): Coverage {
  const sorted = outcomes.toSorted(byAccountAndRegion);
  const excluded = sorted.filter(
    (outcome) => outcome.status === 'EXCLUDED' || outcome.excluded !== undefined,
  );
  const gaps = sorted.filter(isGap).map(toGap);
  const acceptedGaps = sorted.filter(({ accepted }) => accepted !== undefined).map(toGap);
  const complete = sorted.filter(({ status }) => status === 'COMPLETE').length;
  const inScope = complete + gaps.length;
  return {
    complete,
    inScope,
    percent: inScope === 0 ? 0 : Math.floor((complete * 1000) / inScope) / 10,
    gaps,
    acceptedGaps,
    excluded: excluded.length,
    excludedByReason: tally(excluded.map((outcome) => outcome.excluded)),
    unusableAccounts: excluded.flatMap(
      ({ accountId, accountName = null, region, excluded: reason }) =>
        region === null && reason !== undefined && UNUSABLE.has(reason)
          ? [{ accountId, accountName, reason }]
          : [],
    ),
    regionsNotEnabled: tally(
      excluded.map(({ excluded: reason, region }) =>
        reason === 'REGION_NOT_ENABLED' ? region : null,
      ),
    ),
    byStatus: tally(sorted.map(({ status }) => status)),
    completeByRegion: tally(
      sorted.map(({ status, region }) => (status === 'COMPLETE' ? region : null)),
    ),
    ...(kinds.names.length > 1 && { byKind: coverageByKind(sorted, kinds) }),
  };
}

function toGap(outcome: TargetOutcome): Gap {
  const { accountId, accountName = null, region, status, failure = null } = outcome;
  const { otherFailures, moreFailures, accountState, kinds } = outcome;
  const missing = kindsMissing(outcome);
  return {
    ...{ accountId, accountName, region, status, failure },
    ...(missing.length > 0 && { missingKinds: missing, kindFailures: kindFailures(outcome) }),
    ...(otherFailures && { otherFailures: inShort(otherFailures) }),
    ...(moreFailures !== undefined && { moreFailures }),
    ...(accountState !== undefined && { accountState }),
    ...(Object.keys(kinds).length === 0 && { uncounted: true }),
    accepted: outcome.accepted ?? null,
  };
}

function byAccountAndRegion(a: TargetOutcome, b: TargetOutcome): number {
  return compare(a.accountId, b.accountId) || compare(a.region ?? '', b.region ?? '');
}

/** How often each key occurs, keys in ascending order. */
export function tally(keys: readonly (string | null | undefined)[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys)
    if (key !== null && key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  return mergeTallies(Object.fromEntries(counts), {});
}
