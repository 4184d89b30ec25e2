import { randomUUID } from 'node:crypto';
import {
  type CallbackTaskState,
  isDistributed,
  type Machine,
  type State,
  type TaskState,
  waitsForCallback,
} from '../../statemachine/asl.ts';
import { statesOf } from '../../statemachine/definition.ts';
import { runDistributedMap } from './distributed-map.ts';
import type { Engine, Execution, ExecutionOutcome } from './engine.ts';
import type { SnsMessage } from '../../report/message/sns-message.ts';
import { toInterpreted } from './interpreter.ts';
import { invoke, type LambdaFunction } from './lambda-function.ts';
import { StatesError, toExecutionFailure } from './states-error.ts';

/** The interpreter fills a Task's parameters in once; each attempt has a token of its own. */
const TOKEN_TO_COME = randomUUID();

type TaskHandler = (input: unknown) => Promise<unknown>;

/** Runs one execution to its end. Never throws: a failed execution is an outcome. */
export async function runExecution(execution: Execution): Promise<ExecutionOutcome> {
  const { engine, measure } = execution;
  const life = { ended: false };
  try {
    measure.check('ExecutionStarted', execution.input);
    const retryWait = engine.retryWait ?? ((seconds) => seconds * 1000);
    const running = toInterpreted(execution.machine, retryWait).run(execution.input as never, {
      overrides: { taskResourceLocalHandlers: makeHandlers(execution, life) as never },
      context: { Execution: { Name: execution.name }, Task: { Token: TOKEN_TO_COME } },
    });
    const [ending, watched] = await Promise.allSettled([
      running.result,
      watch(running.eventLogs, execution).catch((error: unknown) => {
        running.abort();
        throw error;
      }),
    ]);
    // Oversized states end an execution, whatever became of it meanwhile.
    if (watched.status === 'rejected') throw watched.reason;
    if (ending.status === 'rejected') throw ending.reason;
    return { status: 'SUCCEEDED', output: ending.value };
  } catch (error) {
    return { status: 'FAILED', error: toExecutionFailure(error) };
  } finally {
    life.ended = true;
  }
}

async function watch(
  events: ReturnType<ReturnType<typeof toInterpreted>['run']>['eventLogs'],
  { measure, engine, map, machine }: Execution,
): Promise<void> {
  for await (const event of events) {
    if (event.type === 'StateEntered' || event.type === 'StateRetried') measure.transitions += 1;
    if (event.type === 'StateExited') measure.check(event.state.name, event.state.output);
    if (event.type !== 'StateEntered' || map !== undefined) continue;
    const { name: state, input } = event.state;
    // The interpreter runs a stand-in for a distributed Map.
    const stateType = machine.States[state]?.Type ?? event.state.type;
    engine.onProgress?.({ type: 'StateEntered', stateType, state, input });
  }
}

/** A handler for every Task, those inside inline Maps included, and for every distributed Map. */
function makeHandlers(execution: Execution, life: { ended: boolean }): Record<string, TaskHandler> {
  const handlers: Record<string, TaskHandler> = {};
  for (const { name, state } of ownStatesOf(execution.machine)) {
    if (isDistributed(state)) {
      handlers[name] = async (input) =>
        runDistributedMap({ name, map: state, input, parent: execution, runChild: runExecution });
    } else if (state.Type === 'Task') {
      handlers[name] = makeTaskHandler(name, state, execution, life);
    }
  }
  return handlers;
}

function ownStatesOf(machine: Machine): { name: string; state: State }[] {
  const distributed = new Set<string>();
  return [...statesOf(machine)].filter(({ name, state, within }) => {
    if (isDistributed(state)) distributed.add(name);
    return !within.some((map) => distributed.has(map));
  });
}

function makeTaskHandler(
  name: string,
  task: TaskState,
  execution: Execution,
  life: { ended: boolean },
): TaskHandler {
  const { engine, measure } = execution;
  const call = functionFor(task, engine);
  const stopsWhenInterrupted = execution.map !== undefined && task.Catch !== undefined;
  return async (input) => {
    try {
      // The interpreter lets a failed inline Map's waiting iterations start all the same.
      if (life.ended) throw new StatesError('States.Runtime', 'The execution has ended.');
      measure.check(name, input);
      if (stopsWhenInterrupted && engine.signal?.aborted) {
        throw new StatesError('Interrupted', 'Not started: the run was interrupted.');
      }
      const output = await invoke(call, input);
      measure.check(name, output);
      engine.onProgress?.({ type: 'TaskEnded', state: name, input, output });
      return output;
    } catch (error) {
      engine.onProgress?.({
        type: 'TaskFailed',
        state: name,
        input,
        error: toExecutionFailure(error),
      });
      throw error;
    }
  };
}

function functionFor(task: TaskState, engine: Engine): LambdaFunction {
  if (waitsForCallback(task)) return callbackFor(task, engine);
  if (/^arn:[^:]+:states:::sns:publish$/.test(task.Resource)) {
    return async (message) => engine.publish(message as SnsMessage);
  }
  return lambdaFor(task.Resource, engine);
}

function lambdaFor(resource: string, { functions }: Engine): LambdaFunction {
  const call = functions[resource];
  if (call === undefined) throw new Error(`no function for the resource "${resource}"`);
  return call;
}

/** As `lambda:invoke.waitForTaskToken`: what the function gives back is thrown away. */
function callbackFor(
  task: CallbackTaskState,
  { awaitCallback, ...engine }: Engine,
): LambdaFunction {
  const call = lambdaFor(task.Parameters.FunctionName, engine);
  if (awaitCallback === undefined) throw new Error('this engine waits for no task token');
  const { TimeoutSeconds: timeoutSeconds } = task;
  return async (input) => {
    if (engine.signal?.aborted) {
      throw new StatesError('Interrupted', 'Nobody was asked: the run was interrupted.');
    }
    const taskToken = randomUUID();
    const { Payload } = input as { Payload: Record<string, unknown> };
    const filled = Object.entries(Payload).map(([name, value]) => [
      name,
      value === TOKEN_TO_COME ? taskToken : value,
    ]);
    await invoke(call, Object.fromEntries(filled));
    return awaitCallback({ taskToken, timeoutSeconds, signal: engine.signal });
  };
}
