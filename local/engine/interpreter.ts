// The interpreter is written for Node 22, which has it built in.
import 'core-js/modules/es.promise.with-resolvers.js';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { isDistributed, type Machine, type State, type TaskState } from '../../statemachine/asl.ts';
import type { PayloadTemplate } from '../../statemachine/payload-template.ts';

/** The longest a timer of Node can wait: the stand-in of a distributed Map has no timeout of its own. */
const LONGEST_TIMEOUT_SECONDS = 2_147_483;

/** The context object, as far as `payload-template.ts` lets a definition use it. */
export interface ExecutionContext {
  readonly Execution: { readonly Name: string };
  readonly Map?: { readonly Item: { readonly Index: number; readonly Value: unknown } };
}

/**
 * A machine the interpreter can run. A distributed Map becomes a Task of the same name, for
 * `distributed-map.ts` to carry out; retry waits are given in milliseconds by `retryWait`.
 */
export function toInterpreted(
  machine: Machine,
  retryWait: (seconds: number) => number,
): StateMachine {
  // Schema and validator have been there before, in `statemachine/definition.ts` and its tests.
  return new StateMachine(adapt(machine, retryWait) as unknown as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
}

function adapt(machine: Machine, retryWait: (seconds: number) => number): Machine {
  const adaptState = (state: State): State => {
    if (isDistributed(state)) return standIn(state);
    if (state.Type === 'Map') {
      return {
        ...state,
        ItemProcessor: { ...state.ItemProcessor, ...adapt(state.ItemProcessor, retryWait) },
      };
    }
    return state.Type === 'Task' ? withRetryWaits(state, retryWait) : state;
  };
  const states = Object.entries(machine.States).map(([name, state]) => [name, adaptState(state)]);
  const { StartAt, TimeoutSeconds } = machine;
  return {
    ...(TimeoutSeconds !== undefined && { TimeoutSeconds }),
    StartAt,
    States: Object.fromEntries(states) as Machine['States'],
  };
}

function standIn(map: Extract<State, { ItemReader: unknown }>): TaskState {
  const { Next, End, ResultPath, Catch } = map;
  return {
    Type: 'Task',
    Resource: map.ItemReader.Resource,
    TimeoutSeconds: LONGEST_TIMEOUT_SECONDS,
    ...(Next === undefined ? { End } : { Next }),
    // The interpreter looks whether a field is there, not whether it is undefined.
    ...(ResultPath !== undefined && { ResultPath }),
    ...(Catch !== undefined && { Catch }),
  };
}

function withRetryWaits(task: TaskState, retryWait: (seconds: number) => number): TaskState {
  if (task.Retry === undefined) return task;
  const wait = (seconds: number) => retryWait(seconds) / 1000;
  return {
    ...task,
    Retry: task.Retry.map((retrier) => ({
      ...retrier,
      IntervalSeconds: wait(retrier.IntervalSeconds),
      ...(retrier.MaxDelaySeconds !== undefined && {
        MaxDelaySeconds: wait(retrier.MaxDelaySeconds),
      }),
    })),
  };
}

/** Evaluates a payload template with the interpreter's own JSONPath and intrinsic functions. */
export function makeTemplate(
  template: PayloadTemplate,
): (input: unknown, context: ExecutionContext) => Promise<Record<string, unknown>> {
  const pass = new StateMachine(
    {
      StartAt: 'Template',
      States: { Template: { Type: 'Pass', Parameters: template, End: true } },
    },
    { validationOptions: { noValidate: true } },
  );
  return async (input, context) =>
    (await pass.run(input as never, { context: context as never }).result) as Record<
      string,
      unknown
    >;
}
