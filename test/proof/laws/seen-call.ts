import type { SimFault } from '../../../simulation/model/fault.ts';
import type { SimCall } from '../../../simulation/services/dispatch/faults.ts';
import type { Lane } from '../run/virtual-time.ts';

/** A call as it came to AWS. */
export interface SeenCall extends SimCall {
  /** Counted over the whole trial. */
  readonly number: number;
  readonly at: number;
  /** Of the execution that makes it. */
  readonly lane: Lane;
  readonly params: URLSearchParams;
  readonly fault: SimFault['answer'] | undefined;
}

/** Nothing may be deleted longer than this after the check that found it stale began to read. */
export const FRESH_MILLISECONDS = 15_000;
