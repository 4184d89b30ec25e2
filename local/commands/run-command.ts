import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../../clock/clock.ts';
import { makeFolderStore } from '../../store/folder/folder-store.ts';
import { caughtInWords } from '../../report/words/caught-in-words.ts';
import { InvalidInput, OrganizationUnavailable } from '../../core/model/errors.ts';
import { keysOf } from '../../store/keys.ts';
import { inputOfRetry, readRetry } from '../../steps/prepare/retry.ts';
import type { Scenario } from '../../simulation/model/organization.ts';
import type { RunArguments } from '../arguments/run-arguments.ts';
import type { SnsMessage } from '../../report/message/sns-message.ts';
import type { Environment } from '../environment/environment.ts';
import { execute } from '../environment/execute.ts';
import { makeExecutionInput } from '../arguments/execution-input.ts';
import { minute } from '../../report/format/moment.ts';
import { asGiven } from '../terminal/not-found.ts';
import { listenForInterrupts } from '../progress/interrupts.ts';
import { bewareOfOthers, refuseOthersFolder } from '../terminal/folder-owners.ts';
import { refuseUnlessWritable } from '../terminal/output-folder.ts';
import {
  endRun,
  type JudgedRun,
  judgeRun,
  refuseUnlessAppendable,
  summaryToPrint,
} from '../terminal/after-run.ts';
import { printEnding } from '../terminal/print-ending.ts';
import { phasesFor } from '../progress/phases.ts';
import { makeProgressView, type ProgressView } from '../progress/progress-view.ts';
import { RunProgress } from '../progress/run-progress.ts';
import { openRealEnvironment } from '../environment/real-environment.ts';
import type { StateMachineResult } from '../engine/run-asl.ts';
import { clockToFollow } from '../aws-access/followed-clock.ts';
import { markingSimulated, refuseKeptFolder } from '../kept/marker.ts';
import { openSimulated } from '../kept/open-simulated.ts';
import type { SimulatedOrganization } from '../kept/simulated-organization.ts';
import { openSimulatedEnvironment } from '../environment/simulated-environment.ts';
import { startedBy } from '../kept/started-by.ts';
import { StatesError } from '../engine/states-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { tellWhoActs } from '../terminal/who-acts.ts';
import { exitCodeOfEnding, statusOfEnding } from '../terminal/exit-codes.ts';

/**
 * `orgsweep run`: one execution of the state machine, in this process.
 *
 * @returns the exit code
 * @throws {InvalidInput} before anything is written
 */
export async function run(args: RunArguments, terminal: Terminal): Promise<number> {
  refuseKeptFolder(args.out, args.keep);
  refuseUnlessAppendable(args);
  if (args.out !== args.keep) refuseUnlessWritable(args.out);
  const simulated = args.simulated ? await openSimulated(args, 'MAY_BEGIN') : undefined;
  let ending: 'AS_IF_NEVER' | undefined;
  try {
    const code = await runIn(simulated, args, terminal);
    if (simulated !== undefined && !args.json && terminal.stderrIsTerminal)
      tellKept(simulated, terminal);
    return code;
  } catch (error) {
    if (error instanceof InvalidInput) ending = 'AS_IF_NEVER';
    throw error;
  } finally {
    await simulated?.close(ending);
  }
}

/** Where the organization is, and what time it is there: weeks may pass until the next run. */
function tellKept({ keptIn, clock }: SimulatedOrganization, { stderr }: Terminal): void {
  if (keptIn === undefined) return;
  const now = minute(clock.now().toISOString());
  stderr(
    `kept in ${asGiven(keptIn)}. The clock there says ${now}. To go on two weeks later, add --after 14d.\n`,
  );
}

async function runIn(
  simulated: SimulatedOrganization | undefined,
  args: RunArguments,
  terminal: Terminal,
): Promise<number> {
  const input = makeExecutionInput(args, await inputBelow(args, simulated));
  if (simulated === undefined) judgeFolder(args.out, input['mode'] === 'delete', terminal);
  const view = makeProgressView(terminal, {
    now: () => performance.now(),
    date: () => systemClock.now(),
  });
  view.expect(phasesFor(input));
  const interruption = listenForInterrupts(terminal, view);
  try {
    const environment = await (simulated === undefined
      ? openRealEnvironment(args, interruption.signal)
      : openSimulatedEnvironment(args, simulated, interruption.signal));
    try {
      tellWhoActs(terminal, environment.actsAs, {
        simulated: args.simulated,
        say: (line) => view.note(line),
      });
      const deps = { ...environment.deps, startedBy: startedBy(args, terminal) };
      const started = { ...environment, deps };
      const keptIn = simulated?.keptIn;
      return await runOnce({ args, input, environment: started, terminal, view, keptIn });
    } finally {
      await environment.close();
    }
  } finally {
    view.close();
    interruption.ignore();
  }
}

/** A report decides nothing that is deleted; a later delete would, by its history. @throws {InvalidInput} */
function judgeFolder(out: string, deletes: boolean, terminal: Terminal): void {
  if (deletes) refuseOthersFolder(out);
  bewareOfOthers(out, 'nothing can be deleted by what is in this folder', terminal.stderr);
}

/** What the execution goes by where it isn't told otherwise. @throws {InvalidInput} */
async function inputBelow(
  { retry, out, self }: RunArguments,
  simulated: SimulatedOrganization | undefined,
) {
  if (retry !== undefined) {
    const { now } = simulated?.clock ?? (await clockToFollow());
    return inputOfRetry(await readRetry(makeFolderStore(out), retry, now(), null));
  }
  const scenario: Scenario | undefined = simulated?.scenario;
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
  readonly keptIn: string | undefined;
}

async function runOnce(run: LocalRun): Promise<number> {
  const { args, input, environment, terminal, view } = run;
  const { deps } = environment;
  const executionId = makeExecutionId(deps.clock, input['mode'] === 'delete' ? 'delete' : 'report');
  const progress = new RunProgress(view, executionId);
  const watched = { ...environment, deps: { ...deps, store: progress.watching(deps.store) } };
  const asking = args.json ? watched : tellingWhatWaits(watched, view);
  const marked = args.simulated ? markingSimulated(asking, deps.store, run.keptIn) : asking;
  const { result, published } = await execute(endingOnBadInput(marked), {
    executionId,
    input,
    topic: args.topic,
    onProgress: progress.onProgress,
  });
  // Before the last phase is told as done.
  refuseBadInput(result);
  view.close(performance.now());
  const ended = await tell({ args, environment, terminal, executionId, published, result });
  const code = exitCodeOfEnding(result.status === 'FAILED' ? result.error.Error : undefined);
  return endRun(ended, code, args, terminal);
}

/** A run that waits for a person says so, whether or not there is a topic to say it on. */
function tellingWhatWaits(environment: Environment, view: ProgressView): Environment {
  const { notify } = environment.deps;
  return {
    ...environment,
    deps: {
      ...environment.deps,
      notify: async (message) => {
        view.note(`${message.body}\nWaiting for a decision. Ctrl-C rejects the plan.`);
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

interface Ending extends Omit<LocalRun, 'input' | 'view' | 'keptIn'> {
  readonly executionId: string;
  readonly published: SnsMessage | undefined;
  readonly result: StateMachineResult;
}

async function tell(ending: Ending): Promise<JudgedRun> {
  const { args, environment, terminal, executionId, published, result } = ending;
  const { store } = environment.deps;
  const keys = keysOf(executionId);
  const ended = judgeRun((await store.get(keys.summary))?.body, args);
  const error =
    result.status === 'FAILED' && statusOfEnding(result.error.Error) === undefined
      ? `${result.error.Error}: ${caughtInWords(result.error.Cause)}`
      : undefined;
  printEnding(terminal, {
    json: args.json,
    summary: args.json ? summaryToPrint(ended) : ended.body,
    text: published && `${published.Subject}\n\n${published.Message}`,
    error,
    files: store.locationOf(keys.root),
  });
  return ended;
}

/** Step Functions' own names allow no colon; a list of them sorts by time. */
function makeExecutionId(clock: Clock, mode: string): string {
  const time = clock.now().toISOString().slice(0, 19).replace(/[-:]/g, '');
  return `${time}-${mode}-${randomBytes(3).toString('hex')}`;
}
