import { systemClock } from '../adapters/clock.ts';
import { fault } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';
import { type Simulation, startSimulation } from '../simulation/server.ts';
import type { SimulateArguments } from './arguments.ts';
import { findScenario } from './scenario.ts';
import type { Terminal } from './terminal.ts';

/** `orgsweep simulate`: serves a simulated organization until it is interrupted. */
export async function simulate(args: SimulateArguments, terminal: Terminal): Promise<number> {
  const scenario = findScenario(args.scenario);
  const interrupted = new Promise<void>((resolve) => void terminal.onInterrupt(resolve));
  const simulation = await serve(args, scenario);
  const { endpoint, credentials } = simulation;
  terminal.stdout(
    [
      `# The simulated organization "${scenario.name}" is served at ${endpoint} until Ctrl-C.`,
      `export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1`,
      `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
      '',
    ].join('\n'),
  );
  await interrupted;
  await simulation.close();
  return 0;
}

async function serve(
  { port }: SimulateArguments,
  { build, seed, faults }: ReturnType<typeof findScenario>,
): Promise<Simulation> {
  try {
    const organization = build(systemClock.now());
    return await startSimulation({ organization, clock: systemClock, seed, faults, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EADDRINUSE' ? 'in use' : 'not allowed';
    throw new InvalidInput(`${fault('--port', port, 'a free port')} (${port} is ${why})`);
  }
}
