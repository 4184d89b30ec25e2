import { systemClock } from '../adapters/clock.ts';
import type { HubDescription } from '../adapters/hub-description.ts';
import { fault } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';
import { commandLine } from '../core/report/commands.ts';
import { type Simulation, startSimulation } from '../simulation/server.ts';
import type { SimulateArguments } from './simulate-arguments.ts';
import { findScenario } from './scenario.ts';
import { startSimulatedHub } from './simulated-hub.ts';
import type { Terminal } from './terminal.ts';

/** `orgsweep simulate`: serves a simulated organization until it is interrupted. */
export async function simulate(args: SimulateArguments, terminal: Terminal): Promise<number> {
  const scenario = findScenario(args.scenario);
  const interrupted = new Promise<void>((resolve) => void terminal.onInterrupt(resolve));
  const { simulation, lines } = await serve(args, scenario, terminal);
  const { endpoint, credentials } = simulation;
  terminal.stdout(
    [
      `# The simulated organization "${scenario.name}" is served at ${endpoint} until Ctrl-C.`,
      ...lines,
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

/** Its input names the gaps that the scenario means to have. */
function linesAbout(
  { stateMachineArn }: HubDescription,
  input: object,
  program?: string,
): string[] {
  return [
    `# orgsweep is deployed in its hub account as ${stateMachineArn}`,
    `# Set these in another terminal, and there: ${commandLine(['start', '--watch', ...inputOption(input)], program)}`,
  ];
}

function inputOption(input: object): string[] {
  return Object.keys(input).length === 0 ? [] : ['--input', JSON.stringify(input)];
}

/** Retries of the state machine wait a tenth as long as in AWS; everything else takes its time. */
const RETRY_SPEED = 10;

async function serve(
  { port, hub: hasHub, enableDeletion }: SimulateArguments,
  scenario: ReturnType<typeof findScenario>,
  { program }: Pick<Terminal, 'program'>,
): Promise<{ simulation: Simulation; lines: string[] }> {
  const { build, seed, faults } = scenario;
  const clock = systemClock;
  try {
    if (!hasHub) {
      const organization = build(clock.now());
      const simulation = await startSimulation({ organization, clock, seed, faults, port });
      // `run --simulated` goes by this input, too: without it, it would not find the same.
      const command = commandLine(['run', ...inputOption(scenario.input)], program);
      return { simulation, lines: [`# Set these in another terminal, and there: ${command}`] };
    }
    const retryWait = (seconds: number) => (seconds * 1000) / RETRY_SPEED;
    const started = await startSimulatedHub({ scenario, clock, enableDeletion, port, retryWait });
    const { simulation, hub } = started;
    return { simulation, lines: linesAbout(hub, scenario.input, program) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EADDRINUSE' ? 'in use' : 'not allowed';
    throw new InvalidInput(`${fault('--port', port, 'a free port')} (${port} is ${why})`);
  }
}
