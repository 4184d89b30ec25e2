import type { Definition } from '../../statemachine/asl.ts';
import type { Engine, ExecutionOutcome } from './engine.ts';
import { runExecution } from './execution.ts';
import { StateMeasure } from './state-size.ts';

export interface StateMachineRun extends Engine {
  /** With its placeholders filled in. */
  readonly definition: Definition;
  /** The execution's name. */
  readonly executionId: string;
  readonly input: unknown;
}

export type StateMachineResult = ExecutionOutcome & {
  /** Over all states of the execution and its children. */
  readonly largestStateBytes: number;
  readonly transitions: number;
};

/**
 * Runs the state machine in process: the interpreter does what it can, `distributed-map.ts` the
 * rest. A failed execution is a result, as in AWS, not an exception.
 */
export async function runStateMachine(run: StateMachineRun): Promise<StateMachineResult> {
  const { definition, executionId, input, ...engine } = run;
  const measure = new StateMeasure();
  const outcome = await runExecution({
    machine: definition,
    name: executionId,
    input,
    engine,
    measure,
  });
  const { largestStateBytes, transitions } = measure;
  return { ...outcome, largestStateBytes, transitions };
}
