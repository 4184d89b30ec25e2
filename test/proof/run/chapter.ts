import type { z } from 'zod';
import { RemovalOutcome, TargetOutcome } from '../../../core/outcome/outcome.ts';
import { Plan } from '../../../core/plan/plan.ts';
import { Summary } from '../../../core/summary/summary.ts';
import { Finding } from '../../../core/model/verdict.ts';
import { keysOf } from '../../../store/keys.ts';
import { LedgerBatch, type LedgerEntry } from '../../../steps/ledger/ledger-batch.ts';
import { StoredOutcome } from '../../../steps/targets/stored-outcome.ts';
import type { PlaceName, Write } from '../trial/place.ts';
import type { Ended } from './runner.ts';
import type { Run } from './stage.ts';
import type { Step } from '../trial/trial.ts';
import type { Lane } from './virtual-time.ts';
import type { SeenCall } from '../laws/seen-call.ts';
import type { Deletion } from '../laws/witness.ts';
import type { MadeCopy, VolumeDeletion } from '../volumes/record.ts';
import type { Forged } from './writer.ts';

/**
 * One execution as it went, with what it wrote itself, whatever was done to it later. Without a
 * summary, findings and targets are those of its work.
 */
export interface Chapter extends Ended {
  readonly executionId: string;
  readonly step: Step;
  readonly place: PlaceName;
  readonly lane: Lane;
  /** The two of a pair have the same. */
  readonly round: number;
  /** When its plan was made, by AWS's time; without one, when it ended. */
  readonly plannedAt: number;
  readonly calls: readonly SeenCall[];
  readonly deletions: readonly Deletion[];
  readonly volumeDeletions: readonly VolumeDeletion[];
  readonly madeCopies: readonly MadeCopy[];
  readonly writes: readonly Write[];
  /** The file of its store that somebody changed meanwhile. */
  readonly forged: Forged | null;
  readonly summary: Summary | null;
  readonly plan: Plan | null;
  readonly findings: readonly Finding[];
  readonly targets: readonly TargetOutcome[];
  readonly removals: readonly RemovalOutcome[];
  readonly ledger: readonly LedgerEntry[];
}

export function toChapter(of: {
  run: Run;
  round: number;
  ended: Ended;
  now: Date;
  calls: readonly SeenCall[];
  deletions: readonly Deletion[];
  volumeDeletions: readonly VolumeDeletion[];
  madeCopies: readonly MadeCopy[];
  writes: readonly Write[];
  forged: Forged | null;
}): Chapter {
  const { run, ended, now, ...seen } = of;
  const { executionId, step, place, lane } = run;
  const keys = keysOf(executionId);
  const written = new Map(seen.writes.map(({ key, body }) => [key, body]));
  const first = seen.writes.find(({ key }) => key === keys.plan);
  const summary = Summary.nullable().parse(JSON.parse(written.get(keys.summary) ?? 'null'));
  return {
    ...ended,
    ...seen,
    ...{ executionId, step, place, lane },
    summary,
    plan: Plan.nullable().parse(JSON.parse(first?.body ?? 'null')),
    plannedAt: first?.at ?? now.getTime(),
    findings: linesOf(
      written,
      summary === null ? keys.targetFindingsPrefix : keys.findings,
      Finding,
    ),
    targets: linesOf(
      written,
      summary === null ? keys.outcomesPrefix : keys.targets,
      summary === null ? StoredOutcome : TargetOutcome,
    ),
    removals: linesOf(written, keys.removals, RemovalOutcome),
    ledger: linesOf(written, keys.ledgerPrefix, LedgerBatch).flatMap(({ entries }) => entries),
  };
}

/** The lines of one file, or of all under a prefix. */
function linesOf<T>(
  written: ReadonlyMap<string, string>,
  prefix: string,
  schema: z.ZodType<T>,
): T[] {
  const found = [...written].filter(([key]) => key.startsWith(prefix));
  return found
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, body]) => {
      // Outcomes of targets are files of their own, over several lines.
      const lines = key.endsWith('.json') ? [body] : body.split('\n').filter((line) => line !== '');
      return lines.map((line) => schema.parse(JSON.parse(line)));
    });
}
