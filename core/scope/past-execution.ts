/** A state that an execution entered, with what came into it. */
export interface EnteredState {
  readonly name: string;
  readonly at: Date;
  /** undefined: none was told. */
  readonly input: unknown;
}

/** An execution as Step Functions remembers it, which nobody who writes in the store can change. */
export interface PastExecution {
  readonly executionId: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** The name that its end has. */
  readonly error: string | undefined;
  readonly startedAt: Date;
  readonly stoppedAt: Date | undefined;
  /** Those of its own, not of its Maps' children; oldest first. None while it runs. */
  readonly entered: readonly EnteredState[];
}
