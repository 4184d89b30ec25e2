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
