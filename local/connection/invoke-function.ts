import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { caughtInWords } from '../../report/words/caught-in-words.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { toNamedError } from '../../aws/answers/aws-error.ts';

/** What Lambda gives back instead of an output where the function threw. */
const Thrown = z.looseObject({ errorType: z.string(), errorMessage: z.string() });
/** What the function says of the request itself. */
const BAD_REQUEST = new Set(['InvalidInput', 'ProofRefused', 'PlanTampered', 'RecordTampered']);

/**
 * Calls a function and waits for its answer.
 *
 * @throws {InvalidInput} in the function's own words, where it refuses what it was asked
 * @throws {AccessDenied} and whatever else Lambda or the function answers
 */
export async function invokeFunction(
  lambda: LambdaClient,
  arn: string,
  payload: unknown,
): Promise<unknown> {
  const { FunctionError, Payload } = await send(lambda, arn, JSON.stringify(payload));
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
  if (FunctionError === undefined) return answer;
  const { data } = Thrown.safeParse(answer);
  if (data !== undefined && BAD_REQUEST.has(data.errorType)) {
    throw new InvalidInput(data.errorMessage);
  }
  const { errorType, errorMessage } = data ?? { errorType: FunctionError, errorMessage: '' };
  throw Object.assign(new Error(caughtInWords(errorMessage)), { name: errorType });
}

async function send(lambda: LambdaClient, FunctionName: string, Payload: string) {
  try {
    return await lambda.send(new InvokeCommand({ FunctionName, Payload }));
  } catch (error) {
    throw toNamedError(error);
  }
}
