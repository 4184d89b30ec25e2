import { InvalidInput } from '../../core/model/errors.ts';
import type { ConnectArguments, Environment } from '../environment/environment.ts';
import type { KeepArguments } from '../arguments/keep-arguments.ts';
import { openRealEnvironment } from '../environment/real-environment.ts';
import { openSimulatedEnvironment } from '../environment/simulated-environment.ts';
import { openSimulated } from '../kept/open-simulated.ts';

/** Of a command that acts on what an execution has done. */
type Arguments = KeepArguments & Omit<ConnectArguments, 'enableDeletion' | 'topic'>;

/**
 * Lends the place that an execution ran in: AWS, or the kept organization that `--keep` names.
 *
 * @throws {InvalidInput}
 */
export async function withEnvironment<T>(
  args: Arguments,
  signal: AbortSignal,
  use: (environment: Environment) => Promise<T>,
): Promise<T> {
  const connecting = { ...args, enableDeletion: false, topic: undefined };
  if (args.keep === undefined) {
    return usingAndClosing(await openRealEnvironment(connecting, signal), use);
  }
  const simulated = await openSimulated(args, 'IS_THERE');
  let ending: 'AS_IF_NEVER' | undefined;
  try {
    return await usingAndClosing(
      await openSimulatedEnvironment(connecting, simulated, signal),
      use,
    );
  } catch (error) {
    if (error instanceof InvalidInput) ending = 'AS_IF_NEVER';
    throw error;
  } finally {
    await simulated.close(ending);
  }
}

async function usingAndClosing<T>(
  environment: Environment,
  use: (environment: Environment) => Promise<T>,
): Promise<T> {
  try {
    return await use(environment);
  } finally {
    await environment.close();
  }
}
