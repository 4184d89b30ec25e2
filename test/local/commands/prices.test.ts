import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PRICES } from '../../../kinds/registry.ts';
import { main } from '../../../local/cli/cli.ts';
import type { SimFault } from '../../../simulation/model/fault.ts';
import { emptyScenario } from '../../../simulation/scenarios/empty.ts';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const OWN = {
  schemaVersion: 1,
  asOf: '2026-11-01',
  source: 'https://intranet.example.com/prices',
  regions: { 'us-east-1': { standardUsdPerGiBMonth: 0.04 } },
};

let hub: ServedHub;
let out: string;
beforeAll(async () => {
  hub = await serveHub(emptyScenario);
}, 60_000);
afterAll(async () => hub.close());
beforeEach(() => {
  out = mkdtempSync(path.join(tmpdir(), 'orgsweep-prices-'));
  hub.simulation.setFaults([]);
});
afterEach(() => rmSync(out, { recursive: true }));

const file = () => path.join(out, 'prices.json');
const stored = () => PRICES.table.parse(JSON.parse(readFileSync(file(), 'utf8')));
const update = async (...argv: string[]) => hub.cli('prices', '--update', '--out', out, ...argv);
const faultIn = (answer: SimFault['answer'], calls?: SimFault['calls']) =>
  hub.simulation.setFaults([{ operation: 'GetProducts', answer, ...(calls && { calls }) }]);

describe('orgsweep prices', () => {
  it('shows what comes with orgsweep, by Region, with sources and their age', async () => {
    const { exitCode, stdout } = await hub.cli('prices', '--out', out);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^These prices came with orgsweep\. As of 2026-09-27, \d+ days old\./);
    expect(stdout).toContain(
      '\nebs-snapshot, by GiB and month; fast restore by Availability Zone and hour\n',
    );
    expect(stdout).toMatch(/^eu-west-1 +0\.05 +- +- +1$/m);
    expect(stdout).toMatch(/^us-east-1 +0\.05 +0\.0125 +0\.75 +3,4$/m);
    expect(stdout).toContain('\nebs-volume, by GiB and month\n');
    expect(stdout).toMatch(/^eu-west-1 +0\.088 +0\.11 .* 0\.055 +1$/m);
    expect(stdout).toContain(' yet, by hour\n');
    expect(stdout).toMatch(/^eu-west-1 +0\.005 +1$/m);
    expect(stdout).toMatch(/^ {2}1 {2}2026-09-27, \d+ days old: https:\/\/github\.com\/clont-app/m);
    for (const line of stdout.split('\n').slice(4, 40))
      expect(line.length).toBeLessThanOrEqual(100);
  });

  it('asks nobody', async () => {
    const before = JSON.stringify(hub.simulation.calls.total);
    await hub.cli('prices', '--out', out);
    expect(JSON.stringify(hub.simulation.calls.total)).toBe(before);
  });

  it('prints JSON with all prices, their age and where they are from', async () => {
    writeFileSync(file(), JSON.stringify(OWN));
    const { stdout } = await hub.cli('prices', '--out', out, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ schemaVersion: 1, origin: 'STORE', location: file(), failure: null },
      ...{ asOf: '2026-11-01', ageDays: expect.any(Number), prices: OWN },
    });
    writeFileSync(file(), '{}');
    const bad = JSON.parse((await hub.cli('prices', '--out', out, '--json')).stdout);
    expect(bad).toMatchObject({ origin: 'BUILT_IN', location: null, prices: PRICES.builtIn });
    expect(bad.failure).toContain('prices.json.schemaVersion: missing');
  });
});

describe('orgsweep prices --update', () => {
  it('writes what AWS lists, for every Region that had a price, and tells the differences', async () => {
    const { exitCode, stdout } = await update();
    expect(exitCode).toBe(0);
    const { regions, source, asOf } = stored();
    expect(Object.keys(regions).toSorted()).toEqual(Object.keys(PRICES.builtIn.regions).toSorted());
    expect(regions['us-west-2']).toEqual({
      ...{ standardUsdPerGiBMonth: 0.05, archiveUsdPerGiBMonth: 0.0125 },
      fastRestoreUsdPerZoneHour: 0.75,
      volumeUsdPerGiBMonth: {
        ...{ gp3: 0.08, gp2: 0.1, io1: 0.125, io2: 0.125, st1: 0.045, sc1: 0.015, standard: 0.05 },
      },
      volumeUsdPerIopsMonth: { gp3: 0.005, io1: 0.065, io2: [0.065, 0.0455, 0.03185] },
      ...{ gp3UsdPerMiBpsMonth: 0.04, publicIpv4UsdPerHour: 0.005, ecrUsdPerGiBMonth: 0.1 },
    });
    expect(source).toMatch(/\/offers\/v1\.0\/aws\/AmazonEC2\/simulated-\d{8}\/index\.json$/);
    expect(asOf).toMatch(/^20\d\d-\d\d-01$/);
    expect(stdout).toContain(`Prices of 36 Regions are in ${file()}, as of ${asOf}.`);
    expect(stdout).toContain('new: snapshot, archive tier in 35 Regions');
    expect(stdout).toContain('Compared with those that came with orgsweep (2026-09-27): ');
  });

  it('says that nothing changed where nothing did, and needs no leave to replace its own', async () => {
    await update();
    const { exitCode, stdout } = await update();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(': 0 prices of 648 changed, 0 new, 0 no longer listed.');
  });

  it('prints JSON with every difference', async () => {
    const { differences, updated, prices } = JSON.parse((await update('--json')).stdout);
    expect(updated).toBe(true);
    expect(prices).toEqual(stored());
    expect(differences).toContainEqual({
      ...{
        region: 'ap-southeast-6',
        figure: 'standardUsdPerGiBMonth',
        before: 0.0578,
        now: 0.0577,
      },
    });
  });

  it('writes to the bucket of a hub, where its executions and `prices --hub` find it', async () => {
    expect(await hub.cli('prices', '--update', '--hub')).toMatchObject({ exitCode: 0 });
    expect(
      PRICES.table.parse(JSON.parse(hub.read('prices.json'))).regions['eu-west-1'],
    ).toBeDefined();
    expect((await hub.cli('prices', '--hub')).stdout).toContain(
      'Prices in s3://orgsweep-hub/prices.json.',
    );
    expect(await hub.cli('start', '--watch', '--name', 'by-new-prices')).toMatchObject({
      exitCode: 0,
    });
    const { prices } = JSON.parse(hub.read('executions/by-new-prices/summary.json'));
    expect(prices.source).toContain('simulated-');
  });

  it('asks before it replaces prices that somebody wrote; --yes agrees', async () => {
    writeFileSync(file(), JSON.stringify(OWN));
    const refused = await update();
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain(
      '(https://intranet.example.com/prices), and would be replaced',
    );
    const { terminal, written } = fakeTerminal();
    const ask = async () => 'n';
    expect(await main(['prices', '--update', '--out', out], { ...terminal, ask })).toBe(0);
    expect(written.stdout).toBe('Nothing was written.\n');
    expect(stored()).toEqual(OWN);
    expect((await update('--yes')).exitCode).toBe(0);
    expect(stored().regions['eu-west-1']).toBeDefined();
  });
});

it('shows at a terminal whose credentials ask, and how far it is', async () => {
  const { terminal, written } = fakeTerminal({ isTerminal: 'stderr', columns: 100 });
  expect(await main(['prices', '--update', '--out', out], terminal)).toBe(0);
  expect(written.stderr).toContain('as user/orgsweep of account ');
  expect(written.stderr).toContain('asking AWS for prices');
  expect(written.stdout).toContain('Prices of 36 Regions are in ');
});

describe('where the prices can not be had', () => {
  const before = JSON.stringify(PRICES.builtIn);
  beforeEach(() => writeFileSync(file(), before));

  it.each([
    ['deny', 'AccessDeniedException', 'Allow pricing:GetProducts on "*"'],
    ['throttle', 'ThrottlingException', 'Try again in a few minutes.'],
    ['error', 'InternalErrorException', 'Try again in a few minutes.'],
    ['portal', '', 'Try again in a few minutes.'],
  ] as const)(
    'by %s, the old ones stay, and it says what to do',
    async (answer, said, todo) => {
      faultIn(answer);
      const { exitCode, stdout, stderr } = await update('--yes');
      expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
      expect(stderr).toContain(`prices were not updated, and ${file()} is as it was. `);
      expect(stderr).toContain(said);
      expect(stderr).toContain(todo);
      expect(readFileSync(file(), 'utf8')).toBe(before);
    },
    60_000,
  );

  it.each(['truncate', 'repeat', 'reset'] as const)(
    'to the end, as a page is half finished: %s',
    async (answer) => {
      faultIn(answer, { from: 2, to: 99 });
      const { exitCode, stderr } = await update('--yes');
      expect(exitCode).toBe(3);
      expect(stderr).toContain('is as it was');
      expect(readFileSync(file(), 'utf8')).toBe(before);
    },
    60_000,
  );

  it('in one page, many small ones bring the same', async () => {
    faultIn('short', { from: 1, to: 3 });
    expect((await update('--yes')).exitCode).toBe(0);
    expect(Object.keys(stored().regions)).toHaveLength(36);
  });

  it('or are not believed, as a Region lost its price, the old ones stay', async () => {
    const { regions, ...table } = PRICES.builtIn;
    const source = 'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/1/index.json';
    const more = { 'us-north-9': { standardUsdPerGiBMonth: 0.05 } };
    const ofAws = JSON.stringify({ ...table, source, regions: { ...regions, ...more } });
    writeFileSync(file(), ofAws);
    const { exitCode, stderr } = await update();
    expect(exitCode).toBe(3);
    expect(stderr).toContain(
      "AWS's price list looked wrong: us-north-9 standardUsdPerGiBMonth is missing, and had a price before.",
    );
    expect(readFileSync(file(), 'utf8')).toBe(ofAws);
  });

  it('or written to the bucket, it says what to allow', async () => {
    hub.simulation.setFaults([{ operation: 'PutObject', answer: 'deny' }]);
    const { exitCode, stdout, stderr } = await hub.cli('prices', '--update', '--yes', '--hub');
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain('Allow s3:PutObject on s3://orgsweep-hub/prices.json.');
  });

  it('without credentials, nothing is asked', async () => {
    hub.simulation.setFaults([{ operation: 'GetCallerIdentity', answer: 'unknown-key' }]);
    const { exitCode, stderr } = await update('--yes');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('orgsweep: credentials: ');
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('as somebody else wrote at the same time, theirs stay', async () => {
    hub.simulation.onBeforeCall = ({ service }) => {
      if (service === 'pricing') writeFileSync(file(), JSON.stringify(OWN));
    };
    const { exitCode, stderr } = await update('--yes');
    hub.simulation.onBeforeCall = undefined;
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`Somebody else wrote ${file()} at the same time.`);
    expect(stored()).toEqual(OWN);
  });

  it('in China or GovCloud, it says whose they are, and asks nobody', async () => {
    const calls = () => hub.simulation.calls.total['pricing:GetProducts'] ?? 0;
    const asked = calls();
    for (const [region, words] of [
      ['cn-north-1', 'China has a price list of its own, in yuan'],
      ['us-gov-west-1', 'that of the commercial Regions has GovCloud too'],
    ] as const) {
      process.env['AWS_REGION'] = region;
      const { exitCode, stderr } = await update('--yes');
      expect(exitCode).toBe(2);
      expect(stderr).toContain(words);
    }
    process.env['AWS_REGION'] = 'us-east-1';
    expect(calls()).toBe(asked);
  });

  it.each([
    ['eu-north-1', 'eu-central-1'],
    ['ap-southeast-2', 'ap-south-1'],
    ['sa-east-1', 'us-east-1'],
  ])('from %s it asks in %s: no other Region answers', async (region, asked) => {
    const regions = new Set<string>();
    hub.simulation.onBeforeCall = (call) => {
      if (call.service === 'pricing') regions.add(call.region);
    };
    process.env['AWS_REGION'] = region;
    const { exitCode } = await update('--yes');
    process.env['AWS_REGION'] = 'us-east-1';
    hub.simulation.onBeforeCall = undefined;
    expect({ exitCode, regions: [...regions] }).toEqual({ exitCode: 0, regions: [asked] });
  });
});

it('refuses a folder that can not be written before anything is asked', async () => {
  const { exitCode, stderr } = await hub.cli('prices', '--update', '--out', '/proc/orgsweep');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--out: "/proc/orgsweep" – accepted: a folder that can be written');
  expect(existsSync('/proc/orgsweep')).toBe(false);
});

it.each([
  [['--out', 'x', '--hub'], '--out: "x" – accepted: only without --hub'],
  [['--yes'], '--yes: works only together with --update'],
  [['eu-west-1'], 'argument: "eu-west-1"'],
  [['--region', 'eu-west-1'], '--region: unknown option'],
])('refuses %j', async (argv, message) => {
  const { exitCode, stderr } = await hub.cli('prices', ...argv);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
