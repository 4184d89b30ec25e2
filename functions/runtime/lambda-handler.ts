import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { classifyCode, toAwsFailure, toNamedError } from '../../aws/answers/aws-error.ts';
import { caughtInWords } from '../../report/words/caught-in-words.ts';
import { parseEnv } from '../env.ts';
import { type CallCount, countCalls } from './call-count.ts';
import { tell, tellFailure, type Told, traced } from './observation.ts';

type Invoke = (event: unknown, context: Context) => Promise<unknown>;

export interface LambdaFunction<S extends z.ZodObject, Output> {
  readonly name: string;
  readonly env: S;
  /** Called once in a container: what it opens is kept for later invocations. */
  readonly connect: (env: z.output<S>, calls: CallCount) => Invoke;
  readonly tell: (output: Output, env: z.output<S>) => Told | Promise<Told>;
}

/**
 * The entry of a deployed function. Its environment is parsed once, at the first invocation, so that
 * a variable that is missing is an error of that invocation, by its name, like any other.
 */
export function lambdaHandler<S extends z.ZodObject, Output>(
  deployed: LambdaFunction<S, Output>,
): Invoke {
  const calls = countCalls();
  let connected: { env: z.output<S>; invoke: Invoke } | undefined;
  const connect = () => {
    const env = parseEnv(deployed.env, process.env);
    return { env, invoke: deployed.connect(env, calls) };
  };
  return async (event, context) => {
    calls.begin();
    const startedAt = performance.now();
    const observed = () => ({
      event,
      apiCalls: calls.total(),
      durationMs: performance.now() - startedAt,
    });
    try {
      return await traced(deployed.name, event, async () => {
        const { env, invoke } = (connected ??= connect());
        const output = await invoke(event, context);
        await tell(context, observed(), async () => deployed.tell(output as Output, env));
        return output;
      });
    } catch (thrown) {
      const error = underItsName(thrown);
      tellFailure(context, observed(), error);
      throw error;
    }
  };
}

/** What a function was handed, or made itself, isn't what it should be. Zod's own message is JSON. */
class UnexpectedValue extends Error {
  override readonly name = 'UnexpectedValue';

  constructor(cause: z.ZodError) {
    super(caughtInWords(cause.message), { cause });
  }
}

/** The state machine waits out what throttled a function, the store included, by this name alone. */
function underItsName(thrown: unknown): Error {
  const throttled = classifyCode(toAwsFailure(thrown).code) === 'THROTTLED';
  if (throttled || !(thrown instanceof Error)) return toNamedError(thrown);
  if (thrown instanceof z.ZodError) return new UnexpectedValue(thrown);
  return thrown;
}
