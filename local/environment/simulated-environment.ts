import { inShell } from '../../report/format/in-shell.ts';
import type { Scenario } from '../../simulation/model/organization.ts';
import { startSimulation } from '../../simulation/server.ts';
import type { FunctionName } from '../../statemachine/contracts.ts';
import { makeLoopbackNetwork } from '../aws-access/network.ts';
import { type ConnectArguments, connect, type Environment } from './environment.ts';
import { makeFunctionFaults } from '../engine/function-faults.ts';
import type { LambdaFunction } from '../engine/lambda-function.ts';
import type { SimulatedOrganization } from '../kept/simulated-organization.ts';
import type { TargetRef } from '../../core/model/target.ts';

/**
 * AWS shares this process: with more at once, simulated seconds would pass while each waits for the
 * processor, and every second look would be too old by the time it is acted on.
 */
const MAX_CHILDREN = 4;
const HUB_REGION = 'us-east-1';
/** The SDK waits between its attempts in real time, which the clock can't hurry. */
const MAX_ATTEMPTS = 3;

/** The simulated organization, served on loopback until the environment is closed. */
export async function openSimulatedEnvironment(
  args: ConnectArguments,
  simulated: SimulatedOrganization,
  signal: AbortSignal,
): Promise<Environment> {
  const { scenario, organization, clock, keptIn, journal, opening } = simulated;
  const simulation = await startSimulation({
    organization,
    clock,
    seed: scenario.seed,
    faults: scenario.faults,
    roleNames: args.roleNames,
    ...(journal && { journal }),
    ...(opening !== undefined && { opening }),
  });
  const { endpoint, credentials } = simulation;
  const network = makeLoopbackNetwork();
  const clients = { endpoint, credentials, maxAttempts: MAX_ATTEMPTS, network };
  const access = { clients, region: HUB_REGION, clock, signal };
  const connection = await connect(args, access).catch(async (error: unknown) => {
    await simulation.close();
    throw error;
  });
  const kept =
    keptIn === undefined ? { simulated: true } : { approvalOptions: `--keep ${inShell(keptIn)}` };
  const retryWait = (seconds: number) => (seconds * 1000) / (clock.speed ?? 1);
  return {
    ...connection,
    deps: { ...connection.deps, ...kept },
    maxChildren: MAX_CHILDREN,
    retryWait,
    wrap: troubled(scenario, retryWait),
    close: async () => simulation.close(),
  };
}

/** Functions as the scenario wants them. */
export function troubled(
  { crash, functionFaults = [] }: Scenario,
  retryWait: Environment['retryWait'],
): Environment['wrap'] {
  const faulty = makeFunctionFaults(functionFaults, retryWait);
  return (name, call) => faulty(name, crashing(crash, name, call));
}

/** The function, crashing on the one target that the scenario names. */
function crashing(
  crash: Scenario['crash'],
  name: FunctionName,
  call: LambdaFunction,
): LambdaFunction {
  if (crash?.functionName !== name) return call;
  return async (input) => {
    const { target } = input as { target?: TargetRef };
    if (target?.accountId === crash.accountId && target.region === crash.region) {
      throw new Error(`${name.replace('FunctionArn', '')} crashed, as the scenario wants`);
    }
    return call(input);
  };
}
