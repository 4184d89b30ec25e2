import type { SnsMessage } from '../../report/message/sns-message.ts';
import type { Machine } from '../../statemachine/asl.ts';
import type { Store } from '../../store/store.ts';
import type { LambdaFunction } from './lambda-function.ts';
import type { StateMeasure } from './state-size.ts';
import type { ExecutionFailure } from './states-error.ts';

/** What every execution of one run shares, parent and children. */
export interface Engine {
  /** The functions by the `Resource` of the Tasks that call them. */
  readonly functions: Readonly<Record<string, LambdaFunction>>;
  /** Stands for the bucket that ItemReader reads and ResultWriter writes. */
  readonly store: Store;
  /** Carries out `arn:…:states:::sns:publish`. */
  readonly publish: (message: SnsMessage) => Promise<void>;
  /** Waits as a `.waitForTaskToken` Task does, once its function was called; left out: none may. */
  readonly awaitCallback?: (wait: CallbackWait) => Promise<unknown>;
  /** Milliseconds to wait for so many seconds of a Retry; left out: that many seconds. */
  readonly retryWait?: (seconds: number) => number;
  /** At most so many children at once, where a Map would allow more; left out: what it allows. */
  readonly maxChildren?: number;
  readonly onProgress?: (event: Progress) => void;
  /**
   * Aborted: no further child is started, and a child's Tasks fail with `Interrupted` where they
   * have a Catch. The machine itself goes on, so that what was done is still summed up.
   */
  readonly signal?: AbortSignal;
}

/** One execution: the run's own, or a child that a distributed Map started. */
export interface Execution {
  readonly machine: Machine;
  readonly name: string;
  readonly input: unknown;
  readonly engine: Engine;
  readonly measure: StateMeasure;
  /** The distributed Map whose child this is. */
  readonly map?: string;
}

export type ExecutionOutcome =
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | { readonly status: 'FAILED'; readonly error: ExecutionFailure };

export interface CallbackWait {
  /** New for every attempt of a Task. */
  readonly taskToken: string;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal | undefined;
}

/** What happens in a run, for whoever shows it. Tasks are told by state name, each attempt. */
export type Progress =
  /** Of the execution itself, not of its children. */
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
      readonly index: number;
      readonly status: 'SUCCEEDED' | 'FAILED';
    }
  | {
      readonly type: 'TaskEnded';
      readonly state: string;
      readonly input: unknown;
      readonly output: unknown;
    }
  | {
      readonly type: 'TaskFailed';
      readonly state: string;
      readonly input: unknown;
      readonly error: ExecutionFailure;
    };
