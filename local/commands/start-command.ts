import { createHash } from 'node:crypto';
import { systemClock } from '../../clock/clock.ts';
import { describeExecution, executionArn, startExecution } from '../../aws/hub/executions.ts';
import { makePastExecutions } from '../../aws/hub/past-executions.ts';
import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { Mode } from '../../core/input/input.ts';
import { raiseToFloors } from '../../core/floors/below-floor.ts';
import { commandLine } from '../../report/commands/commands.ts';
import { ExecutionInput, OWN_FLOORS } from '../../kinds/registry.ts';
import { findResumable } from '../../steps/resume/find-resumable.ts';
import { keysOf } from '../../store/keys.ts';
import { readApplicable } from '../../steps/resume/applicable-plan.ts';
import { inheritedFrom, readRetry } from '../../steps/prepare/retry.ts';
import { parseJson } from '../../store/stored-json.ts';
import { makeExecutionInput } from '../arguments/execution-input.ts';
import { connectToHub, type HubConnection } from '../connection/hub-connection.ts';
import type { StartArguments } from '../arguments/start-arguments.ts';
import { refuseUnlessAppendable } from '../terminal/after-run.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { watchExecution } from './watch-command.ts';
import { tellWhoActs } from '../terminal/who-acts.ts';

/**
 * `orgsweep start`: starts the deployed state machine, and follows it if asked to.
 *
 * @returns the exit code
 * @throws {InvalidInput} before anything is started
 */
export async function start(args: StartArguments, terminal: Terminal): Promise<number> {
  refuseUnlessAppendable(args);
  // Before anybody is asked anything; what an execution is to be tried again by comes later.
  if (args.retry === undefined) inputFor(args);
  const connection = await connectToHub(args.hub, 'OPERATOR');
  tellWhoActs(terminal, connection.actsAs);
  const started = await startOnHub(args, connection, systemClock.now());
  if (!args.quiet) terminal.stderr(`${toldOf(started, { ...connection, ...terminal })}\n`);
  const { executionId } = started;
  if (args.watch) return watchExecution(connection, { ...args, executionId, terminal });
  terminal.stdout(args.json ? `${JSON.stringify(started, null, 2)}\n` : `${executionId}\n`);
  return 0;
}

/** What `--json` prints of an execution that was started. */
export interface Started {
  readonly executionId: string;
  readonly executionArn: string;
  readonly startedAt: string;
  readonly files: string;
  readonly input: unknown;
}

/** @throws {InvalidInput} before anything is started */
export async function startOnHub(
  args: StartArguments,
  { hub, clients, store }: Hub,
  now: Date,
): Promise<Started> {
  const under =
    args.retry === undefined ? {} : await inputToRetry(args.retry, { hub, clients, store }, now);
  const input = inputFor(args, under);
  // Prepare refuses it, too: this only says so before anything is started.
  if (hub.floors !== undefined)
    raiseToFloors(input.parsed, input.given, { floors: hub.floors, own: OWN_FLOORS });
  if (input.parsed.plan !== undefined) await readApplicable(store, input.parsed.plan, null);

  const text = JSON.stringify(input.given);
  const { resume, mode } = input.parsed;
  const filesOf =
    resume === undefined
      ? undefined
      : await rootToResume({ hub, clients, store }, { resume, mode, now, name: args.name });
  const executionId =
    args.name ?? (resume === undefined ? nameOf(now, mode, text) : nameOfResume(resume, now));
  const { stateMachineArn } = hub;
  const startedAt = await startExecution(clients.sfn, {
    stateMachineArn,
    name: executionId,
    input: text,
  });
  const arn = executionArn(stateMachineArn, executionId);
  if (startedAt === 'NAME_TAKEN') throw await nameTaken(executionId, text, { clients, arn });
  return {
    executionId,
    executionArn: arn,
    startedAt: startedAt.toISOString(),
    files: store.locationOf(`${keysOf(filesOf ?? executionId).root}/`),
    input: input.given,
  };
}

type Hub = Pick<HubConnection, 'hub' | 'clients' | 'store'>;

/** @throws {InvalidInput} in the words of Prepare, which would refuse it as well */
async function rootToResume(
  { hub, clients, store }: Hub,
  { resume, mode, now, name }: { resume: string; mode: Mode; now: Date; name: string | undefined },
): Promise<string> {
  if (name !== undefined) {
    throw new InvalidInput(
      `--name: ${quote(name)} – accepted: only without --resume, which is named after the run it takes up`,
    );
  }
  const pastExecution = makePastExecutions(clients.sfn, hub.stateMachineArn);
  const clock = { now: () => now, sleep: systemClock.sleep };
  const { prepared } = await findResumable({ pastExecution, store, clock }, { resume, mode });
  return prepared.executionId;
}

/** After the run that it takes up: a governance run stays one. */
function nameOfResume(resume: string, now: Date): string {
  const minute = now.toISOString().slice(0, 16).replace(/[-:]/g, '');
  const root = resume.replace(/-resumed-\d{8}T\d{4}Z$/, '');
  return `${root.slice(0, 57)}-resumed-${minute}Z`;
}

/** @throws {InvalidInput} for one that still runs: what it will leave incomplete nobody knows */
async function inputToRetry(executionId: string, { hub, clients, store }: Hub, now: Date) {
  const arn = executionArn(hub.stateMachineArn, executionId);
  const described = await describeExecution(clients.sfn, arn);
  if (described?.status === 'RUNNING') {
    throw new InvalidInput(
      `--retry: ${quote(executionId)} – accepted: an execution that has ended; it still runs`,
    );
  }
  await readRetry(store, executionId, now, null);
  // What the machine was asked for, no file of the store can change.
  if (described?.input === undefined) {
    throw new InvalidInput(
      `--retry: ${quote(executionId)} – accepted: an execution of this hub, of the last 90 days`,
    );
  }
  return inheritedFrom(parseJson(described.input));
}

/** Whether deletion is enabled, the deployment knows. */
function inputFor(args: StartArguments, under: Record<string, unknown> = {}) {
  const given = makeExecutionInput({ ...args, enableDeletion: true }, under);
  return { given, parsed: ExecutionInput.parse(given) };
}

/**
 * The minute, the mode, and a hash of the input: the same command sent twice within a minute is the
 * same execution, and a list of them sorts by time.
 */
function nameOf(now: Date, mode: string, input: string): string {
  const minute = now.toISOString().slice(0, 16).replace(/[-:]/g, '');
  const hash = createHash('sha256').update(input).digest('hex').slice(0, 8);
  return `${minute}Z-${mode}-${hash}`;
}

async function nameTaken(
  executionId: string,
  input: string,
  { clients, arn }: { clients: HubConnection['clients']; arn: string },
): Promise<InvalidInput> {
  const taken = await describeExecution(clients.sfn, arn);
  const same = taken?.input === input ? 'the same input' : 'another input';
  const state = taken === undefined ? '' : ` with ${same}, and is ${taken.status}`;
  return new InvalidInput(
    `--name: ${quote(executionId)} – accepted: one that no execution of the last 90 days has; ` +
      `it was started before${state} (orgsweep watch ${executionId} shows it)`,
  );
}

function toldOf(
  { executionId, executionArn: arn, files }: Started,
  { option, program }: Pick<HubConnection, 'option'> & Pick<Terminal, 'program'>,
) {
  return [
    `execution: ${arn}`,
    `files:     ${files}`,
    `follow it: ${commandLine(['watch', executionId, option], program)}`,
  ].join('\n');
}
