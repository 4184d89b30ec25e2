import { systemClock } from '../../clock/clock.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { commandLine } from '../../report/commands/commands.ts';
import { minute } from '../../report/format/moment.ts';
import { settingLines } from '../terminal/setting-lines.ts';
import { startSimulation } from '../../simulation/server.ts';
import { serveHub } from '../hub/serve-hub.ts';
import type { SimulateArguments } from '../arguments/simulate-arguments.ts';
import { openKept } from '../kept/kept-organization.ts';
import { findScenario } from '../kept/scenario.ts';
import type { SimulatedOrganization } from '../kept/simulated-organization.ts';
import { inputOption, type Served } from '../kept/served.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `orgsweep simulate`: serves a simulated organization until it is interrupted. */
export async function simulate(args: SimulateArguments, terminal: Terminal): Promise<number> {
  const interrupted = new Promise<void>((resolve) => void terminal.onInterrupt(resolve));
  const { simulation, scenario, lines, close } = await serve(args, terminal);
  const { endpoint, credentials } = simulation;
  terminal.stdout(
    [
      `# The simulated organization "${scenario.name}" is served at ${endpoint} until Ctrl-C.`,
      ...lines,
      ...settingLines({
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      }),
      '',
    ].join('\n'),
  );
  await interrupted;
  await close();
  return 0;
}

async function serve(args: SimulateArguments, terminal: Terminal): Promise<Served> {
  const { port } = args;
  try {
    return await (args.hub ? serveHub(args, terminal) : serveOrganization(args, terminal));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EADDRINUSE' ? 'in use' : 'not allowed';
    throw new InvalidInput(`${fault('--port', port, 'a free port')} (${port} is ${why})`);
  }
}

async function serveOrganization(args: SimulateArguments, { program }: Terminal): Promise<Served> {
  const simulated = await organizationOf(args);
  const { scenario, organization, clock, keptIn, journal, opening = 0 } = simulated;
  const { seed, faults } = scenario;
  const kept = journal === undefined ? {} : { journal, opening };
  const { port } = args;
  const starting = startSimulation({ organization, clock, seed, faults, port, ...kept });
  const simulation = await starting.catch(async (error: unknown) => {
    await simulated.close('AS_IF_NEVER');
    throw error;
  });
  // `run --simulated` goes by this input, too: without it, it would not find the same.
  const command = commandLine(['run', ...inputOption(scenario.input)], program);
  const lines = [`# Set these in another terminal, and there: ${command}`];
  const now = minute(clock.now().toISOString());
  return {
    simulation,
    scenario,
    lines:
      keptIn === undefined
        ? lines
        : [`# It is kept in ${keptIn}. Its clock says ${now}.`, ...lines],
    close: async () => {
      await simulation.close();
      await simulated.close();
    },
  };
}

/** In real time: others wait for it by clocks of their own. */
async function organizationOf(args: SimulateArguments): Promise<SimulatedOrganization> {
  const { keep, scenario, afterMilliseconds = 0 } = args;
  const clock = systemClock;
  const birth = async () => clock.now();
  if (keep !== undefined) return openKept({ keep, scenario, afterMilliseconds, speed: 1, birth });
  const found = findScenario(scenario);
  const organization = found.build(clock.now());
  return { scenario: found, organization, clock, close: async () => undefined };
}
