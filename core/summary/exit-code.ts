import type { SummaryStatus } from './summary.ts';

const EXIT_CODES: Readonly<Record<SummaryStatus, number>> = {
  FAILED: 1,
  PLAN_REFUSED: 4,
  NOT_APPROVED: 4,
  REMOVALS_INCOMPLETE: 5,
  PARTIAL: 3,
  COMPLETE: 0,
};

/** The statuses an execution may have, the one that hides the others first. */
export const STATUSES_BY_PRECEDENCE = Object.keys(EXIT_CODES) as readonly SummaryStatus[];

export function exitCodeOf(status: SummaryStatus): number {
  return EXIT_CODES[status];
}

/** What ends an execution before anything is looked at or written. */
const ASKED_BADLY: ReadonlySet<string> = new Set(['InvalidInput', 'OrganizationUnavailable']);

/** Of an execution that ended with an error instead of a summary: 2 when it was badly asked for. */
export function exitCodeOfError(errorName: string): number {
  return ASKED_BADLY.has(errorName) ? 2 : EXIT_CODES.FAILED;
}
