import { keyInTarget } from '../../core/model/ids.ts';
import type { TargetRef } from '../../core/model/target.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { dueAfter } from '../../core/outcome/undo.ts';
import type { Clock } from '../../clock/clock.ts';
import { kindNamed } from '../../kinds/among.ts';
import type { Kind } from '../../kinds/kind.ts';
import { stepsOf } from '../../kinds/removal.ts';
import type { FenceDeps } from '../../store/fenced-store.ts';
import type { LedgerEntry } from './ledger-batch.ts';
import { readSealedEntries } from './sealed-entries.ts';

/**
 * Which removals go on from a step that the earlier execution's own ledger doesn't tell of, as
 * `keyInTarget`s. The plan has that step from the history, which more people may write than a sealed
 * ledger. Before anything that can't be taken back only the ledger is believed: that the step was
 * taken, when, and what it made.
 */
export async function findUnproved(
  deps: FenceDeps & ToJudge,
  target: TargetRef,
  planned: readonly PlannedRemoval[],
): Promise<ReadonlySet<string>> {
  const unproved = new Set<string>();
  const byExecution = new Map<string, Promise<ReadonlyMap<string, LedgerEntry>>>();
  for (const removal of planned) {
    const { follows } = removal;
    if (follows === undefined) continue;
    const { executionId } = follows;
    const reading = byExecution.get(executionId) ?? readSealedEntries(deps, executionId, target);
    byExecution.set(executionId, reading);
    const entry = (await reading).get(keyInTarget(removal));
    if (!isProvedBy(deps, removal, entry)) unproved.add(keyInTarget(removal));
  }
  return unproved;
}

interface ToJudge {
  readonly kinds: readonly Kind[];
  readonly clock: Clock;
}

function isProvedBy(
  { kinds, clock }: ToJudge,
  { kind, step, follows }: PlannedRemoval,
  entry: LedgerEntry | undefined,
): boolean {
  const outcome = entry?.outcome;
  if (outcome?.outcome !== 'STEP_DONE' || outcome.step !== follows?.step) return false;
  if (outcome.made !== follows?.made) return false;
  const own = stepsOf(kindNamed(kinds, kind)).find(({ name }) => name === step);
  return own !== undefined && Date.parse(dueAfter(outcome.at, own)) <= clock.now().getTime();
}
