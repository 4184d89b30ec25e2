import { exitCodeOf, exitCodeOfError } from '../../core/summary/exit-code.ts';
import type { SummaryStatus } from '../../core/summary/summary.ts';

/**
 * The Fail states that Verdict leads to, by their Error; every other ending is unexpected.
 *
 * @internal A test holds it against the state machine.
 */
export const VERDICTS: Readonly<Record<string, SummaryStatus>> = {
  PartialCoverage: 'PARTIAL',
  PlanRefused: 'PLAN_REFUSED',
  PlanNotApproved: 'NOT_APPROVED',
  RemovalsIncomplete: 'REMOVALS_INCOMPLETE',
  ExecutionFailed: 'FAILED',
};

export function verdictOf(error: string): SummaryStatus | undefined {
  return Object.hasOwn(VERDICTS, error) ? VERDICTS[error] : undefined;
}

/** Of an execution that ended with this error; undefined: it succeeded. */
export function exitCodeOfEnding(error: string | undefined): number {
  if (error === undefined) return exitCodeOf('COMPLETE');
  const verdict = verdictOf(error);
  return verdict === undefined ? exitCodeOfError(error) : exitCodeOf(verdict);
}
