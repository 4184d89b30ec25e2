import {
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { toAwsFailure, toNamedError } from '../answers/aws-error.ts';

// Step Functions says TaskTimedOut also of a Task that has ended in any other way.
const NOBODY_WAITS = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);
/** Step Functions takes no longer cause. */
const MAX_CAUSE_LENGTH = 32_768;

/** The outcomes of Tasks that wait with a token, sent to Step Functions. */
export function makeTaskCallbacks(sfn: SFNClient) {
  return {
    succeed: async (taskToken: string, output: unknown) =>
      isHeard(async () =>
        sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
      ),
    fail: async (taskToken: string, { name, cause }: { name: string; cause: string }) =>
      isHeard(async () =>
        sfn.send(
          new SendTaskFailureCommand({
            taskToken,
            error: name,
            cause: cause.slice(0, MAX_CAUSE_LENGTH),
          }),
        ),
      ),
  };
}

async function isHeard(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (NOBODY_WAITS.has(toAwsFailure(error).code)) return false;
    throw toNamedError(error);
  }
}
