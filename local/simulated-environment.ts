import { fastClock } from '../adapters/clock.ts';
import type { Scenario } from '../simulation/model.ts';
import { startSimulation } from '../simulation/server.ts';
import type { FunctionName } from '../statemachine/contracts.ts';
import type { RunArguments } from './arguments.ts';
import { connect, type Environment } from './environment.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** orgsweep and the simulated organization share a clock in which a minute of waiting is six seconds. */
const SPEED = 10;
/**
 * AWS shares this process: with more at once, simulated seconds would pass while each waits for the
 * processor, and every second look would be too old by the time it is acted on.
 */
const MAX_CHILDREN = 4;
const HUB_REGION = 'us-east-1';
/** The SDK waits between its attempts in real time, which the clock can't hurry. */
const MAX_ATTEMPTS = 3;

/** The simulated organization, served on loopback for as long as the run lasts. */
export async function openSimulatedEnvironment(
  args: RunArguments,
  scenario: Scenario,
  signal: AbortSignal,
): Promise<Environment> {
  const clock = fastClock(new Date(), SPEED);
  const simulation = await startSimulation({
    organization: scenario.build(clock.now()),
    clock,
    seed: scenario.seed,
    faults: scenario.faults,
    roleNames: args.roleNames,
  });
  const { endpoint, credentials } = simulation;
  const clients = { endpoint, credentials, maxAttempts: MAX_ATTEMPTS };
  const access = { clients, region: HUB_REGION, clock, signal };
  const connection = await connect(args, access).catch(async (error: unknown) => {
    await simulation.close();
    throw error;
  });
  return {
    ...connection,
    maxChildren: MAX_CHILDREN,
    retryWait: (seconds) => (seconds * 1000) / SPEED,
    wrap: (name, call) => crashing(scenario.crash, name, call),
    close: async () => simulation.close(),
  };
}

/** The function, crashing on the one target that the scenario names. */
export function crashing(
  crash: Scenario['crash'],
  name: FunctionName,
  call: LambdaFunction,
): LambdaFunction {
  if (crash?.functionName !== name) return call;
  return async (input) => {
    const { target } = input as { target?: { accountId: string; region: string } };
    if (target?.accountId === crash.accountId && target.region === crash.region) {
      throw new Error(`${name.replace('FunctionArn', '')} crashed, as the scenario wants`);
    }
    return call(input);
  };
}
