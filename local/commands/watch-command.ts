import { KINDS } from '../../kinds/registry.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { classifyFailure, toAwsFailure } from '../../aws/answers/aws-error.ts';
import { systemClock } from '../../clock/clock.ts';
import type { ExecutionState } from '../../aws/hub/executions.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { verifyPlan } from '../../core/plan/digest.ts';
import { commandLine } from '../../report/commands/commands.ts';
import { decideCommands, type WhereToDecide } from '../../report/commands/decide-commands.ts';
import { waitingInWords, type WaitingPlan } from '../../report/approval/plan-brief.ts';
import { findPlan } from '../../steps/plan/plan-removals.ts';
import { waitingPlan } from '../../steps/approve/waiting-plan.ts';
import { clockToFollow } from '../aws-access/followed-clock.ts';
import { connectToHub, type HubConnection } from '../connection/hub-connection.ts';
import type { WatchArguments } from '../arguments/start-arguments.ts';
import { phasesFor } from '../progress/phases.ts';
import { makeProgressView, type ProgressView } from '../progress/progress-view.ts';
import { type AfterRun, refuseUnlessAppendable } from '../terminal/after-run.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { tellEnding } from '../watch/ending.ts';
import { Follower } from '../watch/follow.ts';
import { findFollowed, type Followed } from '../watch/taken-up.ts';
import { WatchProgress } from '../watch/watch-progress.ts';
import { tellWhoActs } from '../terminal/who-acts.ts';

const POLL_MILLISECONDS = 5_000;
/** Of a small scope the end comes soon: the first waits are shorter, each by a second longer. */
const FIRST_WAIT_MILLISECONDS = 1_000;
const LONGEST_WAIT_MILLISECONDS = 60_000;
/** A quarter of an hour without an answer, and more. */
const MOST_FAILED_POLLS = 20;
const MOST_LOOKS_FOR_PLAN = 10;
/** As a shell has it for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** `orgsweep watch`: follows an execution of a deployed hub to its end, also one that has ended. */
export async function watch(args: WatchArguments, terminal: Terminal): Promise<number> {
  refuseUnlessAppendable(args);
  const connection = await connectToHub(args.hub, 'OPERATOR');
  tellWhoActs(terminal, connection.actsAs);
  return watchExecution(connection, { ...args, terminal });
}

export interface Watching extends AfterRun {
  readonly executionId: string;
  /** Prints summary.json instead of the text. */
  readonly json: boolean;
  readonly terminal: Terminal;
  readonly pollMilliseconds?: number;
}

type Hub = Pick<HubConnection, 'hub' | 'clients' | 'store' | 'option'>;

/**
 * Follows an execution to its end, and tells how it ended as `run` does.
 *
 * @returns the exit code that `run` would have; 130 when watching was interrupted
 * @throws {InvalidInput} where there is no such execution
 */
export async function watchExecution(hub: Hub, watching: Watching): Promise<number> {
  const { executionId, terminal } = watching;
  const again = `${executionId} goes on; ${commandLine(['watch', executionId, hub.option], terminal.program)} follows it again`;
  const controller = new AbortController();
  const ignore = terminal.onInterrupt(() => controller.abort());
  const view = makeProgressView(terminal, {
    now: () => Date.now(),
    date: () => systemClock.now(),
  });
  try {
    const followed = await findFollowed(hub, executionId);
    if (followed.filesOf !== followed.executionId) {
      view.note(`${followed.filesOf} was resumed by ${followed.executionId}`);
    }
    const ended = await follow(hub, watching, followed, { signal: controller.signal, view });
    view.close(ended?.stoppedAt?.getTime());
    if (ended !== undefined) return await tellEnding(hub, { ...watching, ...followed }, ended);
    terminal.stderr(`stopped watching: ${again}\n`);
    return INTERRUPTED;
  } catch (error) {
    view.close();
    if (!(error instanceof InvalidInput)) terminal.stderr(`stopped watching: ${again}\n`);
    throw error;
  } finally {
    ignore();
  }
}

/** @returns how it ended; undefined: interrupted before */
async function follow(
  { hub, clients, store, option }: Hub,
  { terminal, pollMilliseconds = POLL_MILLISECONDS }: Watching,
  followed: Followed,
  { signal, view }: { signal: AbortSignal; view: ProgressView },
): Promise<ExecutionState | undefined> {
  const { stateMachineArn } = hub;
  const shown = new WatchProgress(view);
  const clock = await clockToFollow();
  const { filesOf: executionId } = followed;
  const follower = new Follower({ sfn: clients.sfn, store, stateMachineArn }, followed, shown);
  let polls = 0;
  let failed = 0;
  let looksForPlan = 0;
  let isAsked = false;
  while (!signal.aborted) {
    try {
      const progress = await follower.poll();
      failed = 0;
      if (polls === 0) view.expect(phasesOf(progress.state));
      shown.show(progress);
      if (progress.state.status !== 'RUNNING') return progress.state;
      if (progress.phase === 'AwaitApproval' && !isAsked) {
        looksForPlan += 1;
        const waiting = await readWaitingPlan(store, executionId);
        // The request may be on its way still; of a hub of another version it never comes.
        if (waiting?.question || looksForPlan >= MOST_LOOKS_FOR_PLAN) {
          isAsked = true;
          shown.waits(waiting?.question?.expiresAt);
          const where = { executionId, commandOptions: option, program: terminal.program };
          view.note(toldOf(waiting, where, clock.now()));
        }
      }
    } catch (error) {
      failed += 1;
      if (!mayPass(error) || failed === MOST_FAILED_POLLS) throw error;
      view.interject(`${toAwsFailure(error).code}: asking again`);
    }
    polls += 1;
    const usual = Math.min(pollMilliseconds, polls * FIRST_WAIT_MILLISECONDS);
    const wait = Math.min(usual * 2 ** failed, LONGEST_WAIT_MILLISECONDS);
    await sleep(wait, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

function toldOf(waiting: WaitingPlan | undefined, where: WhereToDecide, now: Date): string {
  if (waiting !== undefined) return waitingInWords(waiting, where, now).join('\n');
  const { approve, reject } = decideCommands(where);
  return `The plan waits for approval.\n  ${approve}\n  ${reject}`;
}

/** undefined: it can't be read. Whoever watches goes on watching. */
async function readWaitingPlan(
  store: HubConnection['store'],
  executionId: string,
): Promise<WaitingPlan | undefined> {
  try {
    const plan = await findPlan(store, executionId);
    return plan && verifyPlan(plan) ? await waitingPlan({ store, kinds: KINDS }, plan) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where Step Functions keeps the input to itself. */
function phasesOf({ input }: ExecutionState) {
  try {
    return input === undefined ? undefined : phasesFor(JSON.parse(input));
  } catch {
    return undefined;
  }
}

function mayPass(error: unknown): boolean {
  return ['THROTTLED', 'SERVER'].includes(classifyFailure(toAwsFailure(error)));
}
