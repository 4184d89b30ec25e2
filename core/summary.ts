import { z } from 'zod';

/** How an execution ended; the state machine's Verdict and the CLI's exit code follow it. */
export const SummaryStatus = z.enum([
  'COMPLETE',
  'PARTIAL',
  'REMOVALS_INCOMPLETE',
  'PLAN_REFUSED',
  'FAILED',
]);
export type SummaryStatus = z.infer<typeof SummaryStatus>;
