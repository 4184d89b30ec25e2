/** What the simulated Step Functions runs: it knows how executions are told of, not what they do. */
export interface SimStateMachine {
  readonly name: string;
  readonly region: string;
  /** Runs an execution to its end. A rejection is a mistake in the simulation. */
  run(execution: SimExecution): Promise<SimEnding>;
}

export interface SimExecution {
  readonly name: string;
  readonly input: unknown;
  /** Aborted by StopExecution: nothing further is to be begun. */
  readonly signal: AbortSignal;
  readonly note: (event: SimStateEvent) => void;
  /**
   * Waits until somebody sends the token back.
   *
   * @throws {SimTaskFailure} for SendTaskFailure
   */
  awaitToken(token: string): Promise<unknown>;
}

export type SimEnding =
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string };

/** What an execution tells while it runs; `map` is a distributed Map. */
export type SimStateEvent =
  | {
      readonly type: 'StateEntered';
      readonly stateType: string;
      readonly state: string;
      readonly input: unknown;
    }
  | { readonly type: 'MapStarted'; readonly map: string; readonly items: number }
  | {
      readonly type: 'ItemEnded';
      readonly map: string;
      readonly status: 'SUCCEEDED' | 'FAILED';
    };

/** What SendTaskFailure makes of a Task that waits. */
export class SimTaskFailure extends Error {
  override readonly name = 'SimTaskFailure';
  readonly error: string;
  override readonly cause: string;

  constructor(error: string, cause: string) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
  }
}
