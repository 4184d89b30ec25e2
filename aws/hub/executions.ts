import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { toAwsFailure, toNamedError } from '../answers/aws-error.ts';
import { itemsOfPages } from '../answers/pages.ts';

/** How an execution stands, as Step Functions tells it. */
export interface ExecutionState {
  readonly stateMachineArn: string | undefined;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Of a Fail state, or of what made Step Functions end it. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** What it was started with; undefined where Step Functions keeps it to itself. */
  readonly input: string | undefined;
  readonly startedAt: Date;
  readonly stoppedAt: Date | undefined;
}

/** The state that an execution entered last, and the Map Run if it is a distributed Map. */
export interface LatestState {
  readonly name: string;
  readonly mapRunArn: string | undefined;
  /** It and the ones before it, as far as they were asked for together, in order. */
  readonly entered: readonly { readonly name: string; readonly at: Date }[];
}

/** The items of a distributed Map; `failed` are children that ended otherwise than well. */
export interface MapCounts {
  readonly done: number;
  readonly failed: number;
  readonly all: number;
}

export function executionArn(stateMachineArn: string, executionId: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionId}`;
}

/**
 * Starts an execution. Sent twice with the same name and input, it is the same execution for as long
 * as that runs.
 *
 * @returns when it was started, or `NAME_TAKEN` by another one, or by this one, ended
 */
export async function startExecution(
  sfn: SFNClient,
  asked: { stateMachineArn: string; name: string; input: string },
): Promise<Date | 'NAME_TAKEN'> {
  try {
    const { startDate } = await sfn.send(new StartExecutionCommand(asked));
    return startDate ?? new Date(0);
  } catch (error) {
    if (toAwsFailure(error).code === 'ExecutionAlreadyExists') return 'NAME_TAKEN';
    throw toNamedError(error);
  }
}

/** Undefined where there is no such execution; Step Functions forgets one 90 days after its end. */
export async function describeExecution(
  sfn: SFNClient,
  arn: string,
): Promise<ExecutionState | undefined> {
  try {
    const answer = await sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
    const { status, error, cause, input, startDate, stopDate } = answer;
    if (status === undefined || startDate === undefined) {
      throw new Error(`states:DescribeExecution answered without a status of ${arn}`);
    }
    return {
      stateMachineArn: answer.stateMachineArn,
      // Redriven, it will run again.
      status: status === 'PENDING_REDRIVE' ? 'RUNNING' : status,
      error,
      cause,
      input,
      startedAt: startDate,
      stoppedAt: stopDate,
    };
  } catch (error) {
    if (toAwsFailure(error).code === 'ExecutionDoesNotExist') return undefined;
    throw toNamedError(error);
  }
}

/** One page, and more than all tries of three states leave behind: each some five events. */
const EVENTS_BACK = 1_000;
/** With what was passed on, a page of events is larger. */
const EVENTS_WITH_DATA = 100;

/** Undefined before the first one. */
export async function latestState(sfn: SFNClient, arn: string): Promise<LatestState | undefined> {
  const asked = { executionArn: arn, reverseOrder: true, maxResults: EVENTS_BACK };
  const command = new GetExecutionHistoryCommand({ ...asked, includeExecutionData: false });
  const { events = [] } = await sfn.send(command);
  const at = events.findIndex(({ stateEnteredEventDetails: entered }) => entered !== undefined);
  const name = events[at]?.stateEnteredEventDetails?.name;
  if (name === undefined) return undefined;
  const since = events.slice(0, at).map((event) => event.mapRunStartedEventDetails?.mapRunArn);
  const entered = events
    .toReversed()
    .flatMap(({ stateEnteredEventDetails: details, timestamp }) =>
      details?.name === undefined || timestamp === undefined
        ? []
        : [{ name: details.name, at: timestamp }],
    );
  return { name, mapRunArn: since.find((mapRunArn) => mapRunArn !== undefined), entered };
}

/** The input with which a state was entered last; undefined where it wasn't. */
export async function inputOfLatest(sfn: SFNClient, arn: string, state: string): Promise<unknown> {
  for await (const { stateEnteredEventDetails: entered } of historyOf(sfn, arn, 'NEWEST_FIRST')) {
    if (entered?.name !== state) continue;
    return entered.input === undefined ? undefined : (JSON.parse(entered.input) as unknown);
  }
  return undefined;
}

/** All events of an execution, with what its states passed on. @throws {BrokenListing} */
export function historyOf(
  sfn: SFNClient,
  executionArn: string,
  order: 'OLDEST_FIRST' | 'NEWEST_FIRST',
): AsyncGenerator<HistoryEvent> {
  return itemsOfPages(
    'states:GetExecutionHistory',
    paginateGetExecutionHistory(
      { client: sfn, pageSize: EVENTS_WITH_DATA },
      { executionArn, reverseOrder: order === 'NEWEST_FIRST', includeExecutionData: true },
    ),
    (page) => page.events,
    (page) => page.nextToken,
  );
}

export async function describeMapRun(sfn: SFNClient, mapRunArn: string): Promise<MapCounts> {
  const { itemCounts } = await sfn.send(new DescribeMapRunCommand({ mapRunArn }));
  const { succeeded = 0, failed = 0, timedOut = 0, aborted = 0, total = 0 } = itemCounts ?? {};
  const bad = failed + timedOut + aborted;
  return { done: succeeded + bad, failed: bad, all: total };
}
