import type { HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import type { EnteredState, PastExecution } from '../../core/scope/past-execution.ts';
import { toNamedError } from '../answers/aws-error.ts';
import { describeExecution, executionArn, historyOf } from './executions.ts';
import { brokenListing } from '../answers/pages.ts';

/**
 * Executions of one state machine, as Step Functions remembers them: until 90 days after their end.
 *
 * The function answers undefined where there is no such execution. It may throw {BrokenListing},
 * {Throttled}, and what else Step Functions answers.
 */
export function makePastExecutions(
  sfn: SFNClient,
  stateMachineArn: string,
): (executionId: string) => Promise<PastExecution | undefined> {
  return async (executionId) => {
    const arn = executionArn(stateMachineArn, executionId);
    const state = await describeExecution(sfn, arn);
    if (state === undefined) return undefined;
    if (state.stateMachineArn !== stateMachineArn) {
      throw new Error(`${arn} is an execution of ${state.stateMachineArn ?? 'nobody knows what'}`);
    }
    const { status, error, startedAt, stoppedAt } = state;
    const entered = status === 'RUNNING' ? [] : await readEntered(sfn, executionId, arn);
    return { executionId, status, error, startedAt, stoppedAt, entered };
  };
}

/** The last event of an execution that has ended. */
const END = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;

async function readEntered(
  sfn: SFNClient,
  executionId: string,
  arn: string,
): Promise<EnteredState[]> {
  const entered: EnteredState[] = [];
  let last: HistoryEvent | undefined;
  try {
    for await (const event of historyOf(sfn, arn, 'OLDEST_FIRST')) {
      // Step Functions counts events from 1.
      if (event.id !== (last?.id ?? 0) + 1) throw notWhole(executionId);
      last = event;
      entered.push(...enteredBy(event));
    }
  } catch (error) {
    throw toNamedError(error);
  }
  if (!END.test(last?.type ?? '')) throw notWhole(executionId);
  return entered;
}

/** A state that isn't told would be one that was never entered, though it deleted. */
function notWhole(executionId: string): Error {
  return brokenListing(
    'states:GetExecutionHistory',
    `the history of ${executionId} is not whole; try again in some minutes`,
  );
}

function enteredBy({ stateEnteredEventDetails: details, timestamp }: HistoryEvent): EnteredState[] {
  const { name, input } = details ?? {};
  if (name === undefined || timestamp === undefined) return [];
  return [{ name, at: timestamp, input: input === undefined ? undefined : JSON.parse(input) }];
}
