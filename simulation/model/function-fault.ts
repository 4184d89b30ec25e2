/**
 * How Step Functions may find a function of the hub instead of what it does. `throttle`: Lambda has
 * no room for it. `fail`: it throws. `die`: its process ends.
 */
export const FUNCTION_ANSWERS = ['throttle', 'fail', 'die'] as const;

/** Those that the state machine calls. */
export const FUNCTIONS = [
  'Prepare',
  'ListRegions',
  'DiscoverTarget',
  'RecordFailedTarget',
  'Plan',
  'RequestApproval',
  'RemovePlanned',
  'Summarize',
] as const;

/** A function that doesn't answer as it should, at every call or at some. */
export interface SimFunctionFault {
  readonly function: (typeof FUNCTIONS)[number];
  readonly answer: (typeof FUNCTION_ANSWERS)[number];
  /** Which calls, counted from 1 over all executions. */
  readonly calls?: { readonly from: number; readonly to: number };
  /** From the first call on, by the time in which the machine waits before it tries again. */
  readonly forSeconds?: number;
}
