import { StatesError } from './states-error.ts';

/** Step Functions: input or output of a state, a Task or an execution, in UTF-8 bytes of JSON. */
export const MAX_STATE_BYTES = 262_144;

/** What the states of an execution and its children came to. */
export class StateMeasure {
  largestStateBytes = 0;
  /** States entered, each retry counted again, as Step Functions bills them. */
  transitions = 0;

  /** @throws {StatesError} States.DataLimitExceeded, which nothing in the machine can catch */
  check(state: string, value: unknown): void {
    const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
    this.largestStateBytes = Math.max(this.largestStateBytes, bytes);
    if (bytes > MAX_STATE_BYTES) {
      const cause = `The state '${state}' has an input or output of ${bytes} bytes, more than ${MAX_STATE_BYTES}.`;
      throw new StatesError('States.DataLimitExceeded', cause, 'NEVER_CAUGHT');
    }
  }
}
