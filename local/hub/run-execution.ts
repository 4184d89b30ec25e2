import type { makeFunctions } from '../../functions/index.ts';
import type { SimEnding, SimExecution } from '../../simulation/state-machine.ts';
import { SimTaskFailure } from '../../simulation/state-machine.ts';
import type { Definition } from '../../statemachine/asl.ts';
import type { CallbackWait, Progress } from '../engine/engine.ts';
import type { Environment } from '../environment/environment.ts';
import { execute } from '../environment/execute.ts';
import { StatesError } from '../engine/states-error.ts';

interface OnHub {
  readonly execution: SimExecution;
  /** Aborted: it calls no further function. */
  readonly signal: AbortSignal;
  /** Those that are deployed at this moment. */
  readonly functionsNow: () => Promise<ReturnType<typeof makeFunctions>>;
  readonly trouble: () => Environment['wrap'];
  readonly topicArn: string;
  readonly definition: Definition | undefined;
}

/** One execution; stopped, it calls no further function, and nobody sums up what was done. */
export async function runExecution(environment: Environment, on: OnHub): Promise<SimEnding> {
  const { execution, signal, functionsNow, trouble, topicArn, definition } = on;
  const { result } = await execute(
    {
      ...environment,
      deps: { ...environment.deps, signal },
      wrap: (name) => async (given) => {
        if (signal.aborted) throw new StatesError('States.Runtime', 'Stopped.', 'NEVER_CAUGHT');
        const functions = await functionsNow();
        return trouble()(name, functions[name])(given);
      },
    },
    {
      executionId: execution.name,
      input: execution.input as Record<string, unknown>,
      topic: topicArn,
      onProgress: (event) => note(execution, event),
      awaitCallback: async (wait) => awaitToken(execution, wait, signal),
      ...(definition !== undefined && { definition }),
    },
  );
  if (result.status === 'SUCCEEDED') return { status: 'SUCCEEDED', output: result.output };
  return { status: 'FAILED', error: result.error.Error, cause: result.error.Cause };
}

function note(execution: SimExecution, event: Progress): void {
  if (event.type === 'StateEntered' || event.type === 'MapStarted' || event.type === 'ItemEnded') {
    execution.note(event);
  }
}

/** In real time: a person decides, whatever the clock of the simulation says. */
async function awaitToken(
  execution: SimExecution,
  { taskToken, timeoutSeconds }: CallbackWait,
  signal: AbortSignal,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const ending = new Promise<never>((_, reject) => {
    const expire = () => reject(new StatesError('States.Timeout', 'Nobody decided in time.'));
    timer = setTimeout(expire, Math.min(timeoutSeconds * 1000, 2 ** 31 - 1));
    const stop = () => reject(new StatesError('States.Runtime', 'Stopped.', 'NEVER_CAUGHT'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([execution.awaitToken(taskToken), ending]);
  } catch (error) {
    if (error instanceof SimTaskFailure) throw new StatesError(error.error, error.cause);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
