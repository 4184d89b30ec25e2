import type { StartArguments } from '../../../local/arguments/start-arguments.ts';
import { parseArguments } from '../../../local/cli/arguments.ts';
import { startOnHub } from '../../../local/commands/start-command.ts';
import { floorsOf } from '../../support/summaries/floors.ts';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const NOW = new Date('2026-11-23T06:00:40.000Z');
const REFUSED =
  'input.policy.graceDays: 0 – accepted: 7 or more (deletion.floors.graceDays of this';
const BELOW = ['--mode', 'delete', '--input', '{"policy":{"graceDays":0}}'];

let hub: ServedHub;
beforeAll(async () => {
  const scenario = steadyScenario({
    accounts: 1,
    regions: 1,
    snapshotsPerTarget: 5,
    seed: 11,
  });
  hub = await serveHub(scenario, true, floorsOf({ graceDays: 7, skippableSources: [] }));
});
afterAll(async () => hub.close());

const started = () => hub.simulation.calls.total['states:StartExecution'] ?? 0;

it('start refuses what is below a floor of the hub before it starts anything', async () => {
  const { exitCode, stdout, stderr } = await hub.cli('start', ...BELOW);
  expect([exitCode, stdout, started()]).toEqual([2, '', 0]);
  expect(stderr).toContain(REFUSED);
});

it('a start that knows nothing of the floors is refused by Prepare, in the same words', async () => {
  const { floors: _floors, ...description } = hub.connection.hub;
  const connection = { ...hub.connection, hub: description };
  const args = parseArguments(['start', ...BELOW]) as StartArguments;
  const { executionId } = await startOnHub(args, connection, NOW);
  const { exitCode, stdout } = await hub.cli('watch', executionId);
  expect(exitCode).toBe(2);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(REFUSED);
});

it('what is above the floors is started', async () => {
  const { exitCode } = await hub.cli('start', '--input', '{"policy":{"graceDays":8}}');
  expect(exitCode).toBe(0);
});
