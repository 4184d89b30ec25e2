import type { Summary } from '../../core/summary.ts';
import type { Told } from './observation.ts';

/** An execution's totals, as its summary has them. */
export function totalsOf({ status, coverage, counts, removals }: Summary): Told {
  const { REMOVED: removed, DENIED, FAILED, NOT_ATTEMPTED } = removals.byOutcome;
  const failed = DENIED + FAILED + NOT_ATTEMPTED;
  return {
    status,
    counts: {
      targetsComplete: coverage.complete,
      targetsNotComplete: coverage.gaps.length,
      resources: counts.resources,
      stale: counts.verdicts.STALE,
      planned: removals.planned,
      removed,
      failed,
    },
    metrics: {
      TargetsComplete: coverage.complete,
      TargetsNotComplete: coverage.gaps.length,
      Throttled: coverage.gaps.filter((gap) => gap.status === 'THROTTLED').length,
      ResourcesStale: counts.verdicts.STALE,
      RemovalsPlanned: removals.planned,
      RemovalsRemoved: removed,
      RemovalsFailed: failed,
    },
  };
}
