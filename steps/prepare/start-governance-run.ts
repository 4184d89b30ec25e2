import type { Clock } from '../../clock/clock.ts';
import type { DeployedMachine } from '../../aws/hub/deployed-machine.ts';
import {
  daysSinceGovernanceRun,
  type GovernanceEvent,
  governanceName,
  isGovernanceRun,
  lookedAt,
  type ListedExecution,
} from '../../core/input/governance.ts';
import type { Message } from '../../report/message/text.ts';

export interface GovernanceDeps {
  readonly machine: DeployedMachine;
  readonly clock: Clock;
  readonly notify: (message: Message) => Promise<void>;
}

export type GovernanceOutcome =
  | { readonly status: 'STARTED' | 'ALREADY_STARTED'; readonly executionId: string }
  /** An earlier governance run goes on still, and two at once would be in each other's way. */
  | { readonly status: 'SKIPPED'; readonly executionId: string; readonly running: string }
  | { readonly status: 'WATCHED'; readonly daysSinceGovernanceRun: number };

/** Starts the governance run that is due, unless one is still running; or tells how old the last one is. */
export async function startGovernanceRun(
  deps: GovernanceDeps,
  event: GovernanceEvent,
): Promise<GovernanceOutcome> {
  if ('watch' in event) return watch(deps);
  const executionId = governanceName(new Date(event.scheduledTime));
  const running = await findNewest(deps.machine, 'RUNNING');
  if (running !== undefined && running.name !== executionId) {
    await deps.notify(skipped(executionId, running));
    return { status: 'SKIPPED', executionId, running: running.name };
  }
  if (running !== undefined) return { status: 'ALREADY_STARTED', executionId };
  const started = await deps.machine.start(executionId, event.input);
  return { status: started === 'STARTED' ? 'STARTED' : 'ALREADY_STARTED', executionId };
}

async function watch({ machine, clock }: GovernanceDeps): Promise<GovernanceOutcome> {
  const newest = await findLatestLook(machine);
  const days = daysSinceGovernanceRun(newest, await machine.deployedAt(), clock.now());
  return { status: 'WATCHED', daysSinceGovernanceRun: days };
}

/** The newest by its start need not be the one that looked last: it may have taken up an old one. */
async function findLatestLook(machine: DeployedMachine): Promise<ListedExecution | undefined> {
  let latest: ListedExecution | undefined;
  for await (const execution of machine.list('SUCCEEDED')) {
    if (latest !== undefined && execution.startedAt <= lookedAt(latest)) return latest;
    if (!isGovernanceRun(execution)) continue;
    if (latest === undefined || lookedAt(execution) > lookedAt(latest)) latest = execution;
  }
  return latest;
}

async function findNewest(
  machine: DeployedMachine,
  status: 'RUNNING' | 'SUCCEEDED',
): Promise<ListedExecution | undefined> {
  for await (const execution of machine.list(status)) {
    if (isGovernanceRun(execution)) return execution;
  }
  return undefined;
}

function skipped(executionId: string, running: ListedExecution): Message {
  return {
    about: { executionId, status: 'SKIPPED' },
    subject: `SKIPPED orgsweep: ${running.name} is still running`,
    body:
      `${executionId} was due and has not been started: ${running.name}, started ` +
      `${running.startedAt.toISOString()}, is still running. The next one looks at everything ` +
      'again. If this one waits for a person, approve or reject its plan; if it hangs, stop it.',
  };
}
