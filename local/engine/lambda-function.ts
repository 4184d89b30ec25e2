import { StatesError } from './states-error.ts';

/** A function of `functions/`, as its Lambda runtime would call it: JSON in, JSON out. */
export type LambdaFunction = (input: unknown) => Promise<unknown>;

/**
 * Calls a function as Step Functions calls Lambda: what goes in and out is copied through JSON,
 * and an error comes back with its name and the runtime's JSON as `Cause`. What is a
 * `StatesError` already is what Step Functions itself says of a call it couldn't make.
 */
export async function invoke(call: LambdaFunction, input: unknown): Promise<unknown> {
  try {
    const output: unknown = await call(JSON.parse(JSON.stringify(input)));
    return output === undefined ? null : JSON.parse(JSON.stringify(output));
  } catch (error) {
    if (error instanceof StatesError) throw error;
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new StatesError(
      name,
      JSON.stringify({ errorType: name, errorMessage: message, trace: [] }),
    );
  }
}
