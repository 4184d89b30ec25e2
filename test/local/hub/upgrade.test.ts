import { readFileSync } from 'node:fs';
import { parseDefinition } from '../../../statemachine/definition.ts';
import { keysOf } from '../../../store/keys.ts';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

// An execution keeps the definition that it began with; its functions are new from the next call on.
const BEFORE = new URL('../../fixtures/statemachine/before-floors.asl.json', import.meta.url);

let hub: ServedHub;
beforeAll(async () => {
  const definition = parseDefinition(readFileSync(BEFORE, 'utf8'));
  const scenario = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 });
  hub = await serveHub(scenario, true, undefined, undefined, definition);
});
afterAll(async () => hub.close());

const summaryOf = (executionId: string) => JSON.parse(hub.read(keysOf(executionId).summary));
const start = async (...argv: string[]) => hub.cli('start', '--watch', ...argv);

it('ends a report well that began under the version before', async () => {
  expect((await start('--name', 'e1')).exitCode).toBe(0);
  expect(summaryOf('e1')).toMatchObject({ status: 'COMPLETE', coverage: { complete: 2 } });
});

it('deletes what is approved, and nothing else, where it began under the version before', async () => {
  const input = '{"policy":{"graceDays":0},"approval":"required"}';
  const argv = ['--name', 'e2', '--mode', 'delete', '--input', input];
  const running = start(...argv);
  while ((await hub.cli('approve', 'e2', '--hub', '--yes')).exitCode !== 0) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect((await running).exitCode).toBe(0);
  const { status, removals } = summaryOf('e2');
  expect(status).toBe('COMPLETE');
  expect(removals.planned).toBeGreaterThan(0);
  const { planned } = removals;
  expect(hub.read(keysOf('e2').summaryText)).toContain(`Deleted: ${planned} of ${planned} planned`);
});

it('tries again what it left incomplete', async () => {
  hub.simulation.setFaults([
    { operation: 'DescribeVolumes', answer: 'deny', accountId: '310000000002' },
  ]);
  expect((await start('--name', 'e3')).exitCode).toBe(3);
  hub.simulation.setFaults([]);
  expect((await start('--name', 'e4', '--retry', 'e3')).exitCode).toBe(0);
});
