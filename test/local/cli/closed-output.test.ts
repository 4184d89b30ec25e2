import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';

/** What becomes of a command whose reader leaves or whose disk is full, in real processes of a shell. */
const bin = path.resolve('bin/orgsweep.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-closed-output-'));
const out = path.join(folder, 'out');
const POLICY = JSON.stringify({ policy: { graceDays: 0 }, limits: { maxRemovalsPerTarget: 3 } });

/** One of its accounts can't be seen. */
const SMALL = {
  accounts: [{ id: '111122223333' }, { id: '111122224444', roles: 'MISSING' }],
  regions: ['us-east-1'],
  snapshotsPerTarget: 40,
};

let hub: ServedHub;
let executionId = '';
let removedId = '';

beforeAll(async () => {
  writeFileSync(path.join(folder, 'small.json'), JSON.stringify(SMALL));
  hub = await serveHub(sizedScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 40, seed: 5 }));
  const deletes = ['--mode', 'delete', '--enable-deletion', '--input', POLICY];
  expect(await hub.cli('run', '--out', out, ...deletes)).toMatchObject({ exitCode: 0 });
  [executionId = ''] = readdirSync(path.join(out, 'executions'));
  const removals = readFileSync(
    path.join(out, 'executions', executionId, 'removals.jsonl'),
    'utf8',
  );
  removedId = JSON.parse(removals.split('\n')[0] ?? '').resourceId as string;
  await hub.cli('start', '--name', 'watched', '--watch');
  const asks = JSON.stringify({ ...JSON.parse(POLICY), mode: 'delete', approval: 'required' });
  await hub.cli('start', '--name', 'asking', '--input', asks);
}, 60_000);
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

/** What a shell sees of a script in which $ORGSWEEP is the command. */
async function shell(script: string) {
  const child = spawn('bash', ['-c', script], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', ORGSWEEP: `${process.execPath} ${bin}` },
  });
  const seen = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (seen.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (seen.stderr += text.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, ...seen };
}

const fill = (command: string) =>
  command.replace('EXECUTION', executionId).replace('REMOVED', removedId).replace('OUT', out);

/** With the exit code that each has when all is read. */
const COMMANDS: readonly (readonly [string, number])[] = [
  ['--help', 0],
  ['run --simulated --scenario empty --out again', 0],
  ['run --simulated --scenario ./small.json --out again --json', 3],
  ['explain REMOVED --out OUT', 0],
  ['restore EXECUTION --out OUT --dry-run', 0],
  ['measure EXECUTION --out OUT --json', 0],
  ['start --name read-by-nobody', 0],
  ['watch watched', 0],
  ['approve asking --yes --hub', 0],
  ['reject asking --hub', 4],
];

it.each(COMMANDS)('%s ends with %i, quietly, where its reader leaves', async (command, code) => {
  const left = await shell(`$ORGSWEEP ${fill(command)} | true; exit \${PIPESTATUS[0]}`);
  expect(left).toMatchObject({ exitCode: code, stdout: '' });
  expect(left.stderr).not.toMatch(/Error|EPIPE|node:|orgsweep: /);
});

it.each([
  ['run --help', 1],
  ['run --simulated --scenario ./small.json --out again', 3],
  ['explain REMOVED --out OUT --json', 1],
  ['start --name full', 1],
  ['reject asking --hub', 4],
])('%s says in one line that the disk is full, and ends with %i', async (command, code) => {
  const full = await shell(`$ORGSWEEP ${fill(command)} >/dev/full`);
  expect(full.exitCode).toBe(code);
  const lines = full.stderr.split('\n').filter((line) => /Error|ENOSPC|node:/.test(line));
  expect(lines).toEqual(["orgsweep: stdout can't be written (ENOSPC): its output is not complete"]);
});

it.each([
  ['2>&-', 'run --simulated --scenario ./small.json --out again', 3],
  ['>&-', 'explain REMOVED --out OUT', 0],
  ['>&- 2>&- <&-', 'measure EXECUTION --out OUT', 0],
])('with %s, %s keeps its exit code', async (closing, command, exitCode) => {
  const seen = await shell(`$ORGSWEEP ${fill(command)} ${closing}`);
  expect(seen).toMatchObject({ exitCode, stderr: '' });
});

it('says on stdout that stderr is lost, but never among JSON', async () => {
  const told = await shell('$ORGSWEEP start --name untold 2>/dev/full');
  expect(told.exitCode).toBe(1);
  expect(told.stdout).toMatch(/^orgsweep: stderr can't be written \(ENOSPC\): .*\n\S+\n$/);
  const json = await shell('$ORGSWEEP start --json --name json 2>/dev/full');
  expect(json.exitCode).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({ input: {} });
});

it('has an error where nobody can read it end with its own code', async () => {
  expect(await shell('$ORGSWEEP run --acount 1 2>/dev/full')).toMatchObject({ exitCode: 2 });
  expect(await shell('$ORGSWEEP run --acount 1 2> >(true)')).toMatchObject({ exitCode: 2 });
});

it('goes on with its removals when nobody reads the progress any more', async () => {
  const deletes = `run --simulated --scenario ./small.json --mode delete --enable-deletion --input '${POLICY}' --out unread`;
  const seen = await shell(`$ORGSWEEP ${deletes} --json 2> >(true)`);
  expect(seen.exitCode).toBe(3);
  const { removals } = JSON.parse(seen.stdout);
  expect(removals.planned).toBeGreaterThan(0);
  expect(removals.byOutcome.REMOVED).toBe(removals.planned);
});

it('writes more than a pipe holds to a slow reader, to its end', async () => {
  const writing = `
    import { openProcessTerminal } from ${JSON.stringify(path.resolve('local/terminal/terminal.ts'))};
    const terminal = openProcessTerminal([]);
    for (let i = 0; i < 100; i += 1) terminal.stdout('0123456789'.repeat(1_000));
    process.exit(await terminal.settle(7));`;
  writeFileSync(path.join(folder, 'writing.mts'), writing);
  const tsx = path.resolve('node_modules/tsx/dist/esm/index.mjs');
  const node = `${process.execPath} --import ${tsx} writing.mts`;
  const slow = await shell(`${node} | { sleep 1; wc -c; }; exit \${PIPESTATUS[0]}`);
  expect(slow).toMatchObject({ exitCode: 7, stdout: '1000000\n', stderr: '' });
});

it('tells of a disk that takes only a part of the text', async () => {
  const cut = await shell('ulimit -f 1; $ORGSWEEP --help >cut.txt');
  expect(cut.exitCode).toBe(1);
  expect(cut.stderr).toMatch(/^orgsweep: stdout can't be written \(EFBIG\): .*\n$/);
});
