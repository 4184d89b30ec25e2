import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseScenarioFile } from '../../../simulation/scenarios/scenario-file.ts';
import {
  openSimulatedSweep,
  type SimulatedSweep,
  type SweepFiles,
} from '../../support/simulated-sweep.ts';

const ACCOUNTS = Array.from({ length: 60 }, (_, i) => String(310_000_000_001 + i));
const DENIED = ACCOUNTS.slice(5, 50);
const SCENARIO = {
  accounts: ACCOUNTS.map((id, i) => ({
    id,
    deniedByScp: ['sa-east-1', ...(DENIED.includes(id) ? ['eu-west-1'] : [])],
    ...(i === 59 && { roles: 'MISSING' }),
  })),
  regions: ['us-east-1', 'eu-west-1', 'sa-east-1'],
  snapshotsPerTarget: 1,
};

let sweep: SimulatedSweep;
let first: SweepFiles;
beforeAll(async () => {
  sweep = await openSimulatedSweep(parseScenarioFile(JSON.stringify(SCENARIO)), { speed: 60 });
  first = await sweep.run();
});
afterAll(async () => sweep.close());

it('all gaps that are wanted stand in a file, for an input that is too long for a line', async () => {
  expect(first.summary.status).toBe('PARTIAL');
  expect(first.text).toContain('accepted.json');
  const input = JSON.parse(first.read('accepted.json')) as Record<string, unknown>;
  const again = await sweep.run(input);
  expect(again.summary).toMatchObject({ status: 'COMPLETE', coverage: { gaps: [] } });
  expect(again.summary.coverage.acceptedGaps).toHaveLength(first.summary.coverage.gaps.length);
  expect(existsSync(path.join(again.summary.location, 'accepted.json'))).toBe(false);
});

it('a short input stands in the message itself, as it is to be pasted', async () => {
  const few = { scope: { accounts: ACCOUNTS.slice(0, 3) } };
  const { summary, text } = await sweep.run(few);
  // The first is the management account, which no SCP holds for.
  expect(summary.coverage.gaps).toHaveLength(2);
  const pasted = JSON.parse(/^ +(\{"scope":.*\})$/m.exec(text)?.[1] ?? 'null') as {
    scope: object;
  };
  const again = await sweep.run({ scope: { ...few.scope, ...pasted.scope } });
  expect(again.summary.status).toBe('COMPLETE');
});

it('what fails for another reason meanwhile is no accepted gap of another account or Region', async () => {
  const input = JSON.parse(first.read('accepted.json')) as Record<string, unknown>;
  const [hub = ''] = ACCOUNTS;
  sweep.simulation.setFaults([
    { operation: 'DescribeVolumes', accountId: hub, region: 'us-east-1', answer: 'deny' },
  ]);
  const again = await sweep.run(input);
  expect(again.summary.status).toBe('PARTIAL');
  expect(again.summary.coverage.gaps).toMatchObject([{ accountId: hub, region: 'us-east-1' }]);
});
