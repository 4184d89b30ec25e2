import { main } from '../../../tools/real-account/main.ts';
import { NOT_IN_SIMULATION } from '../../../tools/real-account/not-in-simulation.ts';
import { ResultJson } from '../../../tools/real-account/results.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';
import { serve, type Served } from '../../support/organizations/served-organization.ts';
import { HUB } from '../../support/organizations/tiny-organization.ts';

const before = { ...process.env };
let served: Served;

beforeAll(async () => {
  served = await serve();
  const { endpoint, credentials } = served.simulation;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
});
afterAll(async () => {
  process.env = before;
  await served.close();
});

const WRITE = ['--write', '--account', HUB, '--region', 'eu-west-1'];

async function run(argv: readonly string[], answer?: string) {
  // Organizations answers two DescribeOrganization in a burst.
  served.clock.advance(60_000);
  const { terminal, written } = fakeTerminal();
  const ask = answer === undefined ? {} : { ask: async () => answer };
  const code = await main(argv, { ...terminal, ...ask });
  return { code, ...written };
}

const madeSince = (calls: Readonly<Record<string, number>>) =>
  Object.keys(served.simulation.calls.total).filter(
    (operation) => /:(Create|Put|Delete)/.test(operation) && !(operation in calls),
  );

it('prints JSON of all probes, and that it was not AWS that answered', async () => {
  const { code, stdout, stderr } = await run(['--json']);
  const json = ResultJson.parse(JSON.parse(stdout));
  expect(code).toBe(3);
  expect(json).toMatchObject({ wrote: false, counts: { DIFFERS: 0 } });
  expect(json.asked).toMatch(/not AWS/);
  expect(stderr).toContain(`1 of ${json.facts.length}: listing-snapshots\n`);
  expect(stdout).not.toContain(HUB);
});

it.each([
  [['--account', '222222222222'], '--account: "222222222222"'],
  [['--account', '222222222222', '--write', '--yes', '--region', 'eu-west-1'], '--account: '],
  [['--account', '222222222222', '--clean', '--region', 'eu-west-1'], '--account: '],
  [WRITE, '--yes: missing'],
  [[...WRITE, '--json'], '--yes: missing'],
])('%j ends with 2, and nothing was made', async (argv, says) => {
  const calls = { ...served.simulation.calls.total };
  const { code, stderr, stdout } = await run(argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`real-account: ${says}`);
  expect(madeSince(calls)).toEqual([]);
});

it('says what --write costs, and makes nothing unless the answer is yes', async () => {
  const calls = { ...served.simulation.calls.total };
  const { code, stdout, stderr } = await run(WRITE, 'y');
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Nothing was made.\n' });
  expect(stderr).toMatch(/It costs at most \$0\.\d\d\.\n/);
  expect(madeSince(calls)).toEqual([]);
});

it('with a yes tries what makes things too, and removes it', async () => {
  const { code, stdout } = await run(WRITE, 'yes');
  expect(code).toBe(3);
  expect(stdout).toMatch(/^SAME +conditional-writes$/m);
  expect(stdout).not.toContain('STILL THERE');
  for (const name of Object.keys(NOT_IN_SIMULATION)) {
    expect(stdout).toMatch(new RegExp(`^NOT SETTLED +${name}$`, 'm'));
  }
  expect(served.simulation.calls.total['s3:DeleteBucket']).toBe(1);
});

it('--clean removes, and says that nothing is left', async () => {
  const { code, stdout } = await run(['--clean', '--account', HUB, '--region', 'eu-west-1']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Nothing is left.\n' });
});

it('says how it is used', async () => {
  const { code, stdout } = await run(['--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: npm run real-account/);
});
