import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A clone with nothing compiled in it. */
const clone = mkdtempSync(path.join(tmpdir(), 'orgsweep-clone-'));
const dist = path.join(clone, 'dist');

beforeAll(() => {
  const left = ['.git', 'node_modules', 'test', 'docs', 'dist', 'orgsweep-out', 'cdk.out', 'try'];
  const isLeft = (file: string) => left.includes(path.relative(path.resolve('.'), file));
  cpSync('.', clone, { recursive: true, filter: (file) => !isLeft(path.resolve(file)) });
  symlinkSync(path.resolve('node_modules'), path.join(clone, 'node_modules'));
});
afterAll(() => rmSync(clone, { recursive: true }));

async function orgsweep(...argv: string[]) {
  // What jest needs of Node is no business of the process it starts.
  const env = { ...process.env, NODE_OPTIONS: '' };
  const bin = path.join(clone, 'bin/orgsweep.mjs');
  return promisify(execFile)(process.execPath, [bin, ...argv], { env }).then(
    (ended) => ({ code: 0, ...ended }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

function version(): string {
  const text = readFileSync(path.join(clone, 'package.json'), 'utf8');
  return `${(JSON.parse(text) as { version: string }).version}\n`;
}

function compiled(): string {
  const text = readFileSync(path.join(dist, 'cli/current.json'), 'utf8');
  return (JSON.parse(text) as { folder: string }).folder;
}

function edit(file: string, from: string | RegExp, to: string): void {
  const place = path.join(clone, file);
  const before = readFileSync(place, 'utf8');
  expect(before).toMatch(from);
  writeFileSync(place, before.replace(from, to));
}

it('is compiled at its first start, and once', async () => {
  expect(await orgsweep('--version')).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
  const build = compiled();
  await orgsweep('--help');
  expect(compiled()).toBe(build);
  expect(readdirSync(path.join(dist, 'cli', build)).toSorted()).toEqual([
    'cli.mjs',
    'commands.mjs',
  ]);
});

it('runs what its sources say by now, of what answers at once and of what a command loads', async () => {
  await orgsweep('--version');
  edit('package.json', '"version": "0.1.0"', '"version": "0.1.9"');
  edit('local/commands/explain-command.ts', /^/, "throw new Error('edited');\n");
  expect(await orgsweep('--version')).toMatchObject({ stdout: '0.1.9\n' });
  expect(await orgsweep('explain', 'e-1')).toMatchObject({
    code: 1,
    stderr: 'orgsweep: Error: edited\n',
  });
});

it('is compiled anew where a source is of another time, an earlier one too', async () => {
  await orgsweep('--version');
  const build = compiled();
  utimesSync(path.join(clone, 'local/cli/cli.ts'), new Date(0), new Date(0));
  await orgsweep('--version');
  expect(compiled()).not.toBe(build);
});

it('is compiled anew where the last build does not say what it was compiled from', async () => {
  await orgsweep('--version');
  const folder = compiled();
  writeFileSync(path.join(dist, 'cli/current.json'), JSON.stringify({ folder }));
  expect(await orgsweep('--version')).toMatchObject({ code: 0, stdout: version(), stderr: '' });
  expect(compiled()).not.toBe(folder);
});

it('runs its sources, and names the signal, where its compiler was killed', async () => {
  const file = 'tools/packaging/compile-clone.ts';
  edit(file, /^/, "process.kill(process.pid, 'SIGKILL');\n");
  const said = await orgsweep('--version');
  cpSync(file, path.join(clone, file));
  expect(said).toMatchObject({ code: 0, stdout: version() });
  expect(said.stderr).toMatch(/can't be compiled: the compiler was ended by SIGKILL\n$/);
});

it('runs its sources, and names the reason, where one of them is gone', async () => {
  const file = 'local/commands/explain-command.ts';
  rmSync(path.join(clone, file));
  const { code, stderr } = await orgsweep('--version');
  cpSync(file, path.join(clone, file));
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/can't be compiled: .*explain-command/),
  ]);
});

it('two that start at once both run what their sources say', async () => {
  rmSync(dist, { recursive: true, force: true });
  const ended = await Promise.all([orgsweep('--version'), orgsweep('--version')]);
  expect(ended).toEqual(
    [0, 0].map((code) => expect.objectContaining({ code, stdout: version(), stderr: '' })),
  );
  const build = compiled();
  await orgsweep('--version');
  expect(compiled()).toBe(build);
});

it('runs its sources, and says so, where it can write nothing', async () => {
  rmSync(dist, { recursive: true, force: true });
  writeFileSync(dist, 'no folder');
  const said = await orgsweep('--version');
  expect(said).toMatchObject({ code: 0, stdout: version() });
  expect(said.stderr).toMatch(
    /^orgsweep: its sources run, which takes longer, as they can't be compiled: .*ENOTDIR.*\n$/,
  );
  expect(await orgsweep('--version', '--quiet')).toMatchObject({ stderr: '' });
});

it('says what comes first where nothing is installed', async () => {
  rmSync(path.join(clone, 'node_modules'));
  const said = await orgsweep('--version');
  expect([said.code, said.stderr]).toEqual([1, expect.stringContaining('npm ci')]);
});
