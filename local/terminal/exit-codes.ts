import { exitCodeOf, exitCodeOfError } from '../../core/summary/exit-code.ts';
import type { SummaryStatus } from '../../core/summary/summary.ts';

/**
 * The Fail states that Verdict leads to, by their Error; every other ending is unexpected.
 *
 * @internal A test holds it against the state machine.
 */
export const STATUS_BY_ERROR: Readonly<Record<string, SummaryStatus>> = {
  PartialCoverage: 'PARTIAL',
  PlanRefused: 'PLAN_REFUSED',
  PlanNotApproved: 'NOT_APPROVED',
  RemovalsIncomplete: 'REMOVALS_INCOMPLETE',
  ExecutionFailed: 'FAILED',
};

/** Of a run that ended well, and on which a condition of `--fail-on` holds. */
export const FAIL_ON_EXIT_CODE = 6;

export function statusOfEnding(error: string): SummaryStatus | undefined {
  return Object.hasOwn(STATUS_BY_ERROR, error) ? STATUS_BY_ERROR[error] : undefined;
}

/** Of an execution that ended with this error; undefined: it succeeded. */
export function exitCodeOfEnding(error: string | undefined): number {
  if (error === undefined) return exitCodeOf('COMPLETE');
  const status = statusOfEnding(error);
  return status === undefined ? exitCodeOfError(error) : exitCodeOf(status);
}
