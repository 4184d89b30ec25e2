import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../adapters/clock.ts';
import { makeFolderStore } from '../adapters/folder-store.ts';
import { InvalidInput, OrganizationUnavailable } from '../core/errors.ts';
import { keysOf } from '../sweep/keys.ts';
import { inputOfRetry, readRetry } from '../sweep/retry.ts';
import type { Scenario } from '../simulation/model.ts';
import type { RunArguments } from './arguments.ts';
import type { SnsMessage } from '../adapters/sns-message.ts';
import type { Environment } from './environment.ts';
import { execute } from './execute.ts';
import { makeExecutionInput } from './execution-input.ts';
import { listenForInterrupts } from './interrupts.ts';
import { refuseUnlessWritable } from './output-folder.ts';
import { printEnding } from './print-ending.ts';
import { phasesFor } from './progress/phases.ts';
import { makeProgressView, type ProgressView } from './progress/progress-view.ts';
import { RunProgress } from './progress/run-progress.ts';
import { openRealEnvironment } from './real-environment.ts';
import type { StateMachineResult } from './run-asl.ts';
import { findScenario } from './scenario.ts';
import { openSimulatedEnvironment } from './simulated-environment.ts';
import { startedBy } from './started-by.ts';
import { StatesError } from './states-error.ts';
import type { Terminal } from './terminal.ts';
import { exitCodeOfEnding, verdictOf } from './verdicts.ts';

/**
 * `orgsweep run`: one execution of the state machine, in this process.
 *
 * @returns the exit code
 * @throws {InvalidInput} before anything is written
 */
export async function run(args: RunArguments, terminal: Terminal): Promise<number> {
  refuseUnlessWritable(args.out);
  const scenario = args.simulated ? findScenario(args.scenario) : undefined;
  const input = makeExecutionInput(args, await inputBelow(args, scenario));
  const view = makeProgressView(terminal, { now: () => performance.now() });
  view.expect(phasesFor(input));
  const interruption = listenForInterrupts(terminal, view);
  try {
    const environment = await (scenario === undefined
      ? openRealEnvironment(args, interruption.signal)
      : openSimulatedEnvironment(args, scenario, interruption.signal));
    try {
      const deps = { ...environment.deps, startedBy: startedBy(args, terminal) };
      const started = { ...environment, deps };
      return await runOnce({ args, input, environment: started, terminal, view });
    } finally {
      await environment.close();
    }
  } finally {
    view.close();
    interruption.ignore();
  }
}

/** What the execution goes by where it isn't told otherwise. @throws {InvalidInput} */
async function inputBelow({ retry, out, self }: RunArguments, scenario: Scenario | undefined) {
  if (retry !== undefined) {
    return inputOfRetry(await readRetry(makeFolderStore(out), retry, systemClock.now(), null));
  }
  return self ? withoutScope(scenario?.input) : scenario?.input;
}

/** A scenario's scope names accounts and OUs of the whole organization; `--self` knows one account. */
function withoutScope({ scope: _scope, ...others }: Record<string, unknown> = {}) {
  return others;
}

interface LocalRun {
  readonly args: RunArguments;
  readonly input: Record<string, unknown>;
  readonly environment: Environment;
  readonly terminal: Terminal;
  readonly view: ProgressView;
}

async function runOnce({ args, input, environment, terminal, view }: LocalRun): Promise<number> {
  const { deps } = environment;
  const executionId = makeExecutionId(deps.clock, input['mode'] === 'delete' ? 'delete' : 'report');
  const progress = new RunProgress(view, executionId);
  const watched = { ...environment, deps: { ...deps, store: progress.watching(deps.store) } };
  const asking = args.json ? watched : tellingWhatWaits(watched, view);
  const { result, published } = await execute(endingOnBadInput(asking), {
    executionId,
    input,
    topic: args.topic,
    onProgress: progress.onProgress,
  });
  view.close(performance.now());
  refuseBadInput(result);
  // For `restore`, which would look for it in AWS.
  if (args.simulated) await deps.store.put(keysOf(executionId).simulated, '{}\n');
  await tell({ args, environment, terminal, executionId, published, result });
  return exitCodeOfEnding(result.status === 'FAILED' ? result.error.Error : undefined);
}

/** A run that waits for a person says so, whether or not there is a topic to say it on. */
function tellingWhatWaits(environment: Environment, view: ProgressView): Environment {
  const { notify } = environment.deps;
  return {
    ...environment,
    deps: {
      ...environment.deps,
      notify: async (message) => {
        view.note(`${message.body}\nwaiting for a decision; Ctrl-C ends the wait as a no`);
        await notify(message);
      },
    },
  };
}

/**
 * Prepare's `InvalidInput`, and an organization that can't be listed, end a local execution at once: whoever asked is there to read it, and
 * nothing has been written. Deployed, it is caught, and the summary says it.
 */
function endingOnBadInput(environment: Environment): Environment {
  const wrap: Environment['wrap'] = (name, call) =>
    environment.wrap(name, async (input) => {
      try {
        return await call(input);
      } catch (error) {
        const isRefusal = error instanceof InvalidInput || error instanceof OrganizationUnavailable;
        if (name !== 'PrepareFunctionArn' || !isRefusal) throw error;
        throw new StatesError(error.name, error.message, 'NEVER_CAUGHT');
      }
    });
  return { ...environment, wrap };
}

function refuseBadInput(result: StateMachineResult): void {
  if (result.status !== 'FAILED') return;
  const { Error: name, Cause: cause } = result.error;
  if (['InvalidInput', 'OrganizationUnavailable'].includes(name)) throw new InvalidInput(cause);
}

interface Ending extends Omit<LocalRun, 'input' | 'view'> {
  readonly executionId: string;
  readonly published: SnsMessage | undefined;
  readonly result: StateMachineResult;
}

async function tell(ending: Ending): Promise<void> {
  const { args, environment, terminal, executionId, published, result } = ending;
  const { store } = environment.deps;
  const keys = keysOf(executionId);
  const summary = (await store.get(keys.summary))?.body;
  const error =
    result.status === 'FAILED' && verdictOf(result.error.Error) === undefined
      ? `${result.error.Error}: ${result.error.Cause}`
      : undefined;
  printEnding(terminal, {
    json: args.json,
    summary,
    text: published && `${published.Subject}\n\n${published.Message}`,
    error,
    files: store.locationOf(keys.root),
  });
}

/** Step Functions' own names allow no colon; a list of them sorts by time. */
function makeExecutionId(clock: Clock, mode: string): string {
  const time = clock.now().toISOString().slice(0, 19).replace(/[-:]/g, '');
  return `${time}-${mode}-${randomBytes(3).toString('hex')}`;
}
