import { RecordTampered } from '../../core/model/errors.ts';
import { renderText } from '../../report/message/text.ts';
import type { Summary } from '../../core/summary/summary.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import type { Told } from './observation.ts';

/** What is logged and counted of a call of Summarize: totals once, of an execution that has ended. */
export async function toldOf(
  output: FunctionOutput<'SummarizeFunctionArn'>,
  readSummary: (key: string) => Promise<Summary>,
): Promise<Told> {
  // It showed a plan, and the execution goes on.
  if (!('summaryKey' in output)) return { status: 'SHOWN', counts: {} };
  const { status, message, summaryKey } = output;
  // Prepare refused the input: there is nothing to count.
  if (summaryKey === null) return { status, counts: {} };
  return totalsOf(await readSummary(summaryKey), message);
}

/**
 * An execution's totals, as its summary has them.
 *
 * @param published the message that was made of it
 * @throws {RecordTampered} where the summary is another by now: no alarm goes by what somebody wrote
 * @internal Tested without a Lambda around it.
 */
export function totalsOf(summary: Summary, published: string): Told {
  if (renderText(summary).body !== published) {
    throw new RecordTampered(
      `${summary.executionId}: summary.json is not the one that was published`,
    );
  }
  const { status, coverage, counts, removals } = summary;
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
