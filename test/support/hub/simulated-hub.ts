import { fastClock } from '../../../clock/clock.ts';
import type { HubDescription } from '../../../aws/hub/hub-description.ts';
import { main } from '../../../local/cli/cli.ts';
import { connectToHub, type HubConnection } from '../../../local/connection/hub-connection.ts';
import { startSimulatedHub, type SimulatedHubOptions } from '../../../local/hub/simulated-hub.ts';
import type { Floors } from '../../../core/floors/floors.ts';
import { DEFAULT_HUB_NAME } from '../../../core/input/hub-name.ts';
import type { Scenario } from '../../../simulation/model/organization.ts';
import type { Simulation } from '../../../simulation/server.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';

const SPEED = 20;

/** A simulated hub, and the command line in an environment that leads to it. */
export interface ServedHub {
  readonly simulation: Simulation;
  readonly connection: HubConnection;
  readonly hub: HubDescription;
  cli(...argv: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }>;
  /** The text of an object in the hub's bucket. */
  read(key: string): string;
  close(): Promise<void>;
}

export async function serveHub(
  scenario: Scenario,
  enableDeletion = true,
  floors?: Floors,
  mayCall?: SimulatedHubOptions['mayCall'],
  definition?: SimulatedHubOptions['definition'],
): Promise<ServedHub> {
  const { simulation, hub } = await startSimulatedHub({
    scenario,
    clock: fastClock(new Date(), SPEED),
    enableDeletion,
    ...(floors && { floors }),
    retryWait: (seconds) => (seconds * 1000) / 60,
    ...(mayCall !== undefined && { mayCall }),
    ...(definition !== undefined && { definition }),
  });
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: simulation.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: simulation.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: simulation.credentials.secretAccessKey,
  });
  return {
    simulation,
    hub,
    connection: await connectToHub(DEFAULT_HUB_NAME, 'OPERATOR'),
    cli: async (...argv) => {
      const { terminal, written } = fakeTerminal();
      const exitCode = await main(argv, terminal);
      return { exitCode, ...written };
    },
    read: (key) => simulation.bucket(hub.bucket).get(key).body.toString('utf8'),
    close: async () => {
      process.env = before;
      await simulation.close();
    },
  };
}
