import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { main } from '../../../local/cli/cli.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const root = mkdtempSync(path.join(tmpdir(), 'orgsweep-deployments-'));
afterAll(() => rmSync(root, { recursive: true }));

const SANDBOX = 'ou-ab12-cdef3456';
const ORGANIZATION = {
  organizationId: 'o-a1b2c3d4e5',
  rootId: 'r-ab12',
  hubAccountId: '111122223333',
  accounts: [
    { id: '777788889999', name: 'management' },
    { id: '111122223333', name: 'orgsweep' },
    { id: '444455556666', name: 'sandbox', organizationalUnits: [SANDBOX] },
  ],
  regions: ['us-east-1'],
  snapshotsPerTarget: 20,
};
const DELETES = {
  deletion: { enabled: true, organizationalUnits: [SANDBOX] },
  recycleBin: { retentionDays: 30, regions: ['us-east-1'] },
};
/** Of snapshots alone: what is told mustn't change with the kinds that there are. */
const SOON = '{"kinds":["ebs-snapshot"],"policy":{"graceDays":0}}';

const before = { ...process.env };
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  process.env = { ...before };
});

function folderWith(files: Record<string, unknown>) {
  const folder = mkdtempSync(path.join(root, 'f-'));
  mkdirSync(path.join(folder, 'hubs'));
  const file = (name: string) => path.join(folder, name);
  const save = (name: string, value: unknown) => writeFileSync(file(name), JSON.stringify(value));
  for (const [name, value] of Object.entries(files)) save(name, value);
  return { file, save };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

/** `orgsweep simulate --hub`, and the command line in an environment that leads to it. */
async function simulating(...argv: string[]) {
  const { terminal, written, interrupt } = fakeTerminal();
  const serving = main(['simulate', '--hub', ...argv], terminal);
  stops.push(async () => (interrupt(), serving));
  await Promise.race([until(() => written.stdout.includes('SECRET_ACCESS_KEY=sim')), serving]);
  for (const [, name = '', value = ''] of written.stdout.matchAll(/(AWS_\w+)=(\S+)/g)) {
    if (!/some/.test(name)) process.env[name] = value;
  }
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAORGSWEEPSIMULATE';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'simulated-secret-access-key-00000000000';
  /** Saves, and waits until it is told what came of it. */
  const saved = async (save: () => void) => {
    const [out, err] = [written.stdout.length, written.stderr.length];
    save();
    await until(() => written.stdout.length > out || written.stderr.length > err);
    return { stdout: written.stdout.slice(out), stderr: written.stderr.slice(err) };
  };
  return { serving, written, saved };
}

async function cli(...argv: string[]) {
  const { terminal, written } = fakeTerminal();
  const exitCode = await main(argv, terminal);
  return { exitCode, ...written };
}
const started = async (...argv: string[]) => cli('start', '--watch', ...argv);

it('deploys roles and rules where the configuration says, and again when it is saved', async () => {
  const { file, save } = folderWith({ 'org.json': ORGANIZATION, 'hub.json': {} });
  const hub = await simulating('--scenario', file('org.json'), '--config', file('hub.json'));
  const report = await started('--input', SOON);
  expect(report.exitCode).toBe(0);
  // Nobody rolled a rule out yet, whatever scenarios have otherwise.
  expect(report.stdout).toMatch(/no Recycle Bin rule would retain it: \d+ snapshots/);
  expect((await started('--mode', 'delete', '--input', SOON)).exitCode).toBe(2);

  const again = await hub.saved(() => save('hub.json', { orgsweep: DELETES }));
  expect(again.stdout).toMatch(
    /^# The hub orgsweep \(--hub\) is deployed again: arn:aws:states:us-east-1:111122223333:stateMachine:orgsweep\n# {3}Bucket orgsweep-hub, key /,
  );
  const deleted = await started('--name', 'e2', '--mode', 'delete', '--input', SOON);
  expect(deleted.stdout).toMatch(/^COMPLETE orgsweep: \d+ snapshots deleted/);
  // In the one OU whose accounts have the role and the rule.
  expect(deleted.stdout).toContain('- Deleted: 5 of 5 planned');
  expect(deleted.stdout).toMatch(/no Recycle Bin rule would retain it: \d+ snapshots/);
});

it('holds an execution that waits to what is deployed meanwhile', async () => {
  const { file, save } = folderWith({ 'org.json': ORGANIZATION, 'hub.json': DELETES });
  const hub = await simulating('--scenario', file('org.json'), '--config', file('hub.json'));
  const { running } = await waiting('e1');
  const disabled = { ...DELETES, deletion: { ...DELETES.deletion, enabled: false } };
  await hub.saved(() => save('hub.json', disabled));
  expect((await cli('approve', 'e1', '--hub', '--yes')).exitCode).toBe(0);
  const { exitCode, stdout } = await running;
  expect(stdout).toContain('5 of 5 deletions not done, 0 snapshots deleted');
  expect(exitCode).toBe(5);
});

it('has a second hub beside the first, each with its own', async () => {
  const { file, save } = folderWith({ 'org.json': ORGANIZATION, 'hubs/first.json': DELETES });
  const hub = await simulating('--scenario', file('org.json'), '--config', file('hubs'));
  expect((await started('--name', 'e1')).exitCode).toBe(0);

  const second = await hub.saved(() => save('hubs/second.json', { prefix: 'team', ...DELETES }));
  expect(second.stdout).toMatch(
    /^# The hub team \(--hub=\/team\/hub\) is deployed: .*:stateMachine:team\n# {3}Bucket team-hub, key .*team-seal\n$/,
  );
  expect((await cli('watch', 'e1', '--hub', '/team/hub')).exitCode).toBe(2);
  expect(
    (await started('--name', 'e1', '--hub', '/team/hub', '--mode', 'delete', '--input', SOON))
      .stdout,
  ).toContain('orgsweep restore e1 --hub=/team/hub');
  // Its ledger is the second one's.
  expect((await cli('restore', 'e1', '--hub', '--dry-run')).stdout).not.toContain('snap-');
  expect((await cli('restore', 'e1', '--hub=/team/hub', '--dry-run')).stdout).toContain('snap-');
});

it('refuses two hubs that are one, or whose roles are', async () => {
  const { file, save } = folderWith({ 'org.json': ORGANIZATION, 'hubs/first.json': {} });
  const hub = await simulating('--scenario', file('org.json'), '--config', file('hubs'));
  const twice = await hub.saved(() => save('hubs/second.json', {}));
  expect(twice).toEqual({
    stdout: '',
    stderr:
      'orgsweep: orgsweep.prefix: "orgsweep" – accepted: one that no other hub of this account has. Everything stays as it was.\n',
  });
  const roleNames = { deletion: 'orgsweep-deletion' };
  const roles = await hub.saved(() => save('hubs/second.json', { prefix: 'team', roleNames }));
  expect(roles.stderr).toMatch(
    /orgsweep\.roleNames\.\w+: "orgsweep-\w+" – accepted: a name that no role of the hub "orgsweep" has/,
  );
  expect((await started('--region', 'us-east-1')).exitCode).toBe(0);
});

it('destroys a hub whose file goes: bucket and key stay, and another one is new', async () => {
  const { file, save } = folderWith({ 'org.json': ORGANIZATION, 'hubs/first.json': DELETES });
  const hub = await simulating('--scenario', file('org.json'), '--config', file('hubs'));
  const { running } = await waiting('e1');
  const gone = await hub.saved(() => rmSync(file('hubs/first.json')));
  expect(gone.stdout).toMatch(
    /^# The hub orgsweep \(--hub\) is destroyed: .*\n# {3}These stay: bucket orgsweep-hub, key .*\/orgsweep-seal\n$/,
  );
  // What it waited for is gone with its machine.
  expect((await running).exitCode).toBe(2);
  expect((await cli('watch', 'e1')).stderr).toContain('there is no SSM parameter /orgsweep/hub');
  const anew = await hub.saved(() => save('hubs/first.json', DELETES));
  expect(anew.stdout).toContain(
    'Bucket orgsweep-hub-2, key arn:aws:kms:us-east-1:111122223333:key/orgsweep-seal-2',
  );
  expect((await cli('watch', 'e1')).exitCode).toBe(2);
});

it('adopts the bucket and the key of a hub that went, and nothing that is not there', async () => {
  const { file, save } = folderWith({ 'org.json': ORGANIZATION, 'hubs/first.json': DELETES });
  const hub = await simulating('--scenario', file('org.json'), '--config', file('hubs'));
  await started('--name', 'e1', '--input', SOON);
  const store = {
    bucketName: 'orgsweep-hub',
    sealKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/orgsweep-seal',
  };
  const live = await hub.saved(() => save('hubs/first.json', { ...DELETES, store }));
  expect(live.stderr).toMatch(
    /^orgsweep: orgsweep\.store: .* – accepted: \{\}, as the hub "orgsweep" was deployed with; or destroy it first/,
  );
  await hub.saved(() => rmSync(file('hubs/first.json')));
  const wrong = { ...DELETES, store: { ...store, bucketName: 'orgsweep-hubb' } };
  expect((await hub.saved(() => save('hubs/first.json', wrong))).stderr).toContain(
    'orgsweep.store.bucketName: "orgsweep-hubb" – accepted: a bucket of the hub account: "orgsweep-hub"',
  );
  const adopted = await hub.saved(() => save('hubs/first.json', { ...DELETES, store }));
  expect(adopted.stdout).toContain(`Bucket orgsweep-hub, key ${store.sealKeyArn}\n`);
  // What was sealed is believed, and what was seen is known.
  const argv = ['--name', 'e2', '--mode', 'delete', '--plan', 'e1', '--input', SOON];
  expect((await started(...argv)).stdout).toMatch(/^COMPLETE orgsweep: 5 snapshots deleted/);
});

it('becomes what the scenario is saved as: a role that was missing is there', async () => {
  const [management, own, sandbox] = ORGANIZATION.accounts;
  const without = [management, own, { ...sandbox, roles: 'MISSING' }];
  const { file, save } = folderWith({
    'org.json': { ...ORGANIZATION, accounts: without },
    'hub.json': {},
  });
  const hub = await simulating('--scenario', file('org.json'), '--config', file('hub.json'));
  const partial = await started('--name', 'e1');
  expect([partial.exitCode, partial.stdout]).toEqual([
    3,
    expect.stringContaining('ROLE_UNAVAILABLE'),
  ]);

  const other = await hub.saved(() => save('org.json', { ...ORGANIZATION, seed: 2 }));
  expect(other.stderr).toContain(
    'accepted: while it is served: the same seed, Regions and accounts',
  );
  await hub.saved(() => save('org.json', ORGANIZATION));
  expect((await started('--retry', 'e1')).exitCode).toBe(0);
});

it.each([
  ['{"deletion":{"enabled":1}}', '--config: orgsweep.deletion.enabled: 1'],
  ['{"orgsweep":[]}', '--config: orgsweep: [] – accepted: an object'],
  [
    '{"hubAccountId":"999999999999"}',
    'orgsweep.hubAccountId: "999999999999" – accepted: of the simulated organization: "111122223333"',
  ],
  [
    '{"region":"eu-west-1"}',
    'orgsweep.region: "eu-west-1" – accepted: of the simulated organization: "us-east-1"',
  ],
  ['{"organizationId":"o-zzzzzzzzzz"}', 'orgsweep.organizationId: "o-zzzzzzzzzz"'],
  [
    '{"deletion":{"organizationalUnits":["ou-zz12-zzzz3456"]}}',
    'orgsweep.deletion.organizationalUnits[0]: "ou-zz12-zzzz3456" – accepted: of the simulated organization: "r-ab12", "ou-ab12-cdef3456"',
  ],
  ['nowhere.json', '--config: "nowhere.json" – accepted: a file that can be read'],
])('refuses --config %s', async (config, words) => {
  const { file } = folderWith({ 'org.json': ORGANIZATION });
  const { terminal, written } = fakeTerminal();
  const argv = ['simulate', '--hub', '--scenario', file('org.json'), '--config', config];
  expect(await main(argv, terminal)).toBe(2);
  expect(written.stderr).toContain(words);
});

it('says what of a configuration it does not simulate', async () => {
  const { file } = folderWith({ 'org.json': ORGANIZATION });
  const config =
    '{"dashboard":false,"notifications":{"emails":["a@example.com"]},"protectTags":["A"]}';
  const { written } = await simulating('--scenario', file('org.json'), '--config', config);
  expect(written.stdout).toContain(
    '# Not simulated, of its configuration: dashboard, notifications\n',
  );
});

/** Begins to delete, and comes back when it waits for an answer. */
async function waiting(executionId: string) {
  const { terminal, written } = fakeTerminal({ quiet: false });
  const input = '{"kinds":["ebs-snapshot"],"policy":{"graceDays":0},"approval":"required"}';
  const argv = ['--mode', 'delete', '--name', executionId, '--input', input];
  const running = main(['start', '--watch', ...argv], terminal).then((exitCode) => ({
    exitCode,
    ...written,
  }));
  await until(() => written.stderr.includes('waits for approval'));
  await sleep(200);
  return { running };
}
