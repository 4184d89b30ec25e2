import { ExecutionTimeoutError } from 'aws-local-stepfunctions';

/** An error as a state machine knows it: the name that Retry and Catch match, and the `Cause`. */
export class StatesError extends Error {
  override readonly name: string;
  // The interpreter asks these two of every error.
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;

  constructor(name: string, cause: string, caught: 'CATCHABLE' | 'NEVER_CAUGHT' = 'CATCHABLE') {
    super(cause);
    this.name = name;
    this.isRetryable = caught === 'CATCHABLE';
    this.isCatchable = caught === 'CATCHABLE';
  }
}

/** What a failed execution says of itself, as DescribeExecution names it. */
export interface ExecutionFailure {
  readonly Error: string;
  readonly Cause: string;
}

/** The interpreter wraps the error that ended an execution in its own; its cause is the error. */
export function toExecutionFailure(thrown: unknown): ExecutionFailure {
  const error = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (error instanceof ExecutionTimeoutError) {
    return { Error: 'States.Timeout', Cause: 'The execution ran out of time.' };
  }
  return error instanceof Error
    ? { Error: error.name, Cause: error.message }
    : { Error: 'Error', Cause: String(error) };
}
