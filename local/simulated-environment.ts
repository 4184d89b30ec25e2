import { z } from 'zod';
import { fastClock } from '../adapters/clock.ts';
import { makeFolderStore } from '../adapters/folder-store.ts';
import type { Scenario } from '../simulation/model.ts';
import { startSimulation } from '../simulation/server.ts';
import type { FunctionName } from '../statemachine/contracts.ts';
import { historyKeys } from '../sweep/keys.ts';
import { parseJson } from '../sweep/stored-json.ts';
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

/** All that is asked of a timeline. */
const TimelineFile = z.looseObject({
  points: z.array(z.looseObject({ finishedAt: z.iso.datetime() })),
});

/** The simulated organization, served on loopback for as long as the run lasts. */
export async function openSimulatedEnvironment(
  args: RunArguments,
  scenario: Scenario,
  signal: AbortSignal,
): Promise<Environment> {
  const clock = fastClock(await startFor(args.out), SPEED);
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
    deps: { ...connection.deps, simulated: true },
    maxChildren: MAX_CHILDREN,
    retryWait: (seconds) => (seconds * 1000) / SPEED,
    wrap: (name, call) => crashing(scenario.crash, name, call),
    close: async () => simulation.close(),
  };
}

/**
 * Now, or when the last execution in the folder ended, if that is later: the clock of that one was
 * as fast, and what comes after it must not begin before its end.
 */
async function startFor(out: string): Promise<Date> {
  const stored = await makeFolderStore(out).get(historyKeys.timeline);
  const { data } = TimelineFile.safeParse(parseJson(stored?.body ?? ''));
  const ends = data?.points.map(({ finishedAt }) => Date.parse(finishedAt)) ?? [];
  // The ids of executions tell whole seconds.
  return new Date(Math.max(Date.now(), ...ends.map((end) => end + 1_000)));
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
