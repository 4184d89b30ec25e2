import type { Clock } from '../../../clock/clock.ts';
import type { SimOrganization } from '../../model/organization.ts';
import type { SimStateMachine } from '../../state-machine.ts';
import { seededUuid } from '../call/seeded.ts';
import { ServiceError, type SimRequest } from '../call/service.ts';
import { Execution } from './execution.ts';
import { TaskTokens } from './tokens.ts';

const MAX_INPUT_BYTES = 262_144;

export interface StatesOptions {
  readonly organization: SimOrganization;
  readonly clock: Clock;
  readonly seed: number;
  /** Of the hub's account. Looked at with each call: one that goes takes its executions with it. */
  readonly machines: readonly SimStateMachine[];
}

interface Started {
  readonly execution: Execution;
  readonly machine: SimStateMachine;
  readonly machineArn: string;
}

/** The machines with their executions. */
export class Machines {
  readonly tokens = new TaskTokens();
  readonly #clock: Clock;
  readonly #machines: readonly SimStateMachine[];
  readonly #accountId: string;
  readonly #seed: number;
  readonly #executions: Started[] = [];

  constructor({ organization, clock, seed, machines }: StatesOptions) {
    this.#clock = clock;
    this.#seed = seed;
    this.#accountId = organization.hubAccountId;
    this.#machines = machines;
  }

  find(executionArn: string): Started {
    const found = this.#there().find(({ execution }) => execution.executionArn === executionArn);
    if (found !== undefined) return found;
    const words = `Execution Does Not Exist: '${executionArn}'`;
    throw new ServiceError('ExecutionDoesNotExist', words);
  }

  /**
   * With a name that is taken it starts nothing: the same execution is told again while it runs
   * with the same input; else the name is refused.
   */
  start(
    asked: { stateMachineArn: string; name?: string | undefined; input: string },
    { region }: SimRequest,
  ) {
    const { stateMachineArn, input } = asked;
    const name = asked.name ?? seededUuid(this.#seed, 'execution', this.#executions.length);
    const machine = this.#machine(stateMachineArn);
    refuseUnlessStartable(name, input);
    const place = { region, accountId: this.#accountId, machine: machine.name };
    const execution = new Execution({ name, input }, place, () => this.#clock.now());
    const { executionArn } = execution;
    const taken = this.#there().find(
      (one) => one.execution.executionArn === executionArn,
    )?.execution;
    if (taken !== undefined && (taken.status !== 'RUNNING' || taken.input !== input)) {
      const words = `Execution Already Exists: '${executionArn}'`;
      throw new ServiceError('ExecutionAlreadyExists', words);
    }
    if (taken === undefined) {
      this.#executions.push({ execution, machine, machineArn: stateMachineArn });
      void this.#run(machine, execution);
    }
    return { executionArn, startDate: (taken ?? execution).startDate.getTime() / 1000 };
  }

  async #run(machine: SimStateMachine, execution: Execution): Promise<void> {
    const { name, input, abort } = execution;
    const { signal } = abort;
    const ending = await machine
      .run({
        name,
        input: JSON.parse(input),
        signal,
        note: (event) => execution.note(event),
        awaitToken: async (token) => this.tokens.wait(token, signal),
      })
      .catch((error: unknown) => ({
        status: 'FAILED' as const,
        error: 'States.Runtime',
        cause: String(error),
      }));
    const { status, ...rest } = ending;
    const told = 'output' in rest ? { output: JSON.stringify(rest.output) } : rest;
    execution.end(status, told);
  }

  stop({
    executionArn,
    error,
    cause,
  }: {
    executionArn: string;
    error?: string | undefined;
    cause?: string | undefined;
  }) {
    const { execution } = this.find(executionArn);
    execution.end('ABORTED', { ...(error && { error }), ...(cause && { cause }) });
    execution.abort.abort();
    return { stopDate: (execution.stopDate ?? this.#clock.now()).getTime() / 1000 };
  }

  /** The newest first. */
  list(stateMachineArn: string): Execution[] {
    this.#machine(stateMachineArn);
    return this.#there()
      .filter(({ machineArn }) => machineArn === stateMachineArn)
      .map(({ execution }) => execution)
      .toReversed();
  }

  findMapRun(mapRunArn: string) {
    for (const { execution } of this.#there()) {
      const run = execution.mapRuns.find((one) => one.mapRunArn === mapRunArn);
      if (run !== undefined) return { run, execution };
    }
    throw new ServiceError('ResourceNotFound', `Resource not found: '${mapRunArn}'`);
  }

  /** What a machine that was deleted has run, nobody can ask for any more. */
  #there(): Started[] {
    return this.#executions.filter(({ machine }) => this.#machines.includes(machine));
  }

  #machine(arn: string): SimStateMachine {
    const machine = this.#machines.find(({ name, region }) => {
      return arn === `arn:aws:states:${region}:${this.#accountId}:stateMachine:${name}`;
    });
    if (machine !== undefined) return machine;
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  }
}

/** More than orgsweep takes: "run(1)", and letters of any script. */
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Surrogate}\ufffe\uffff]{1,80}$/u;

function refuseUnlessStartable(name: string, input: string): void {
  if (!NAME.test(name)) {
    throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
  }
  const words = 'Invalid State Machine Execution Input: ';
  if (Buffer.byteLength(input) > MAX_INPUT_BYTES) {
    throw new ServiceError('InvalidExecutionInput', `${words}'too large'`);
  }
  try {
    JSON.parse(input);
  } catch {
    throw new ServiceError('InvalidExecutionInput', `${words}'not JSON'`);
  }
}
