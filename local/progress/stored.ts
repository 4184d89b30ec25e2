import { isGap, type TargetOutcome } from '../../core/outcome/outcome.ts';
import { withoutSeal } from '../../store/fenced-store.ts';
import { LedgerBatch } from '../../steps/ledger/ledger-batch.ts';
import { StoredOutcome } from '../../steps/targets/stored-outcome.ts';

/** What the targets read so far came to. */
export interface OutcomeCounts {
  /** As the summary counts them: an account whose Regions couldn't be listed is one. */
  readonly targets: number;
  readonly incomplete: number;
  readonly stale: number;
}

export const NO_OUTCOMES: OutcomeCounts = { targets: 0, incomplete: 0, stale: 0 };

export function addOutcomes(a: OutcomeCounts, b: OutcomeCounts, sign: 1 | -1 = 1): OutcomeCounts {
  return {
    targets: a.targets + sign * b.targets,
    incomplete: a.incomplete + sign * b.incomplete,
    stale: a.stale + sign * b.stale,
  };
}

/** @throws for what is no outcome, or none yet */
export function readOutcome(
  body: string,
  isAccepted: (gap: TargetOutcome) => boolean,
): { counts: OutcomeCounts; gap?: TargetOutcome } {
  const { files: _files, ...outcome } = StoredOutcome.parse(JSON.parse(withoutSeal(body)));
  const stale = Object.values(outcome.kinds).reduce((sum, { verdicts }) => sum + verdicts.STALE, 0);
  const incomplete = isGap(outcome) && !isAccepted(outcome);
  return {
    counts: { targets: 1, incomplete: incomplete ? 1 : 0, stale },
    ...(incomplete && { gap: outcome }),
  };
}

/** How far the removals of some batches of the ledger are. */
export interface BatchCounts {
  /** Whose end is known, whatever it was. */
  readonly settled: number;
  readonly removed: number;
  /** One step further, which isn't the last. */
  readonly stepped: number;
}

export const NO_BATCHES: BatchCounts = { settled: 0, removed: 0, stepped: 0 };

export function addBatches(a: BatchCounts, b: BatchCounts, sign: 1 | -1 = 1): BatchCounts {
  return {
    settled: a.settled + sign * b.settled,
    removed: a.removed + sign * b.removed,
    stepped: a.stepped + sign * b.stepped,
  };
}

/** @throws for what is no batch of a ledger, or none yet */
export function readBatchProgress(body: string) {
  const { entries } = LedgerBatch.parse(JSON.parse(withoutSeal(body)));
  const outcomes = entries.map(({ outcome }) => outcome).filter((outcome) => outcome !== null);
  const counts: BatchCounts = {
    settled: outcomes.length,
    removed: outcomes.filter(({ outcome }) => outcome === 'REMOVED').length,
    stepped: outcomes.filter(({ outcome }) => outcome === 'STEP_DONE').length,
  };
  return {
    counts,
    isSettled: outcomes.length === entries.length,
    failed: outcomes.filter(({ outcome }) => outcome === 'DENIED' || outcome === 'FAILED'),
  };
}
