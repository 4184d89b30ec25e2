import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Owners, whoElseWrites } from '../../../local/terminal/folder-owners.ts';
import { main } from '../../../local/cli/cli.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-owners-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ME = { uid: 1000, gid: 1000 };
const MINE = { uid: 1000, gid: 1000, mode: 0o755 };
const ROOTS = { uid: 0, gid: 0, mode: 0o755 };
const BOBS = { uid: 1001, gid: 1001, mode: 0o755 };
type Given = Readonly<Record<string, { uid: number; gid: number; mode: number; link?: string }>>;

/** A file system that is made up: path by path, whose it is. */
function owners(given: Given): Owners {
  return {
    entry: (file) => {
      const entry = given[file];
      return entry && { ...entry, isSymbolicLink: () => entry.link !== undefined };
    },
    real: (file) => given[file]?.link ?? file,
    list: (of) =>
      Object.keys(given)
        .filter((file) => file !== of && path.dirname(file) === of)
        .map((file) => path.basename(file)),
  };
}

const HOME: Given = { '/': ROOTS, '/home': ROOTS, '/home/me': MINE, '/home/me/out': MINE };
const who = (given: Given, out = '/home/me/out', me: typeof ME | undefined = ME) =>
  whoElseWrites(out, me, owners({ ...HOME, ...given }));

it('believes a folder that only the caller and root can write', () => {
  expect(who({})).toBeUndefined();
  expect(who({ '/home/me/out/executions': MINE, '/home/me/out/history': MINE })).toBeUndefined();
  // Not there yet.
  expect(who({}, '/home/me/new')).toBeUndefined();
  expect(who({ '/home/me/out': ROOTS })).toBeUndefined();
});

it.each([
  ['another owner', { '/home/me/out': BOBS }, '"/home/me/out" belongs to uid 1001'],
  [
    'a folder for all',
    { '/home/me/out': { ...MINE, mode: 0o777 } },
    'others can write "/home/me/out"',
  ],
  [
    'a sticky one, where others add to it',
    { '/home/me/out': { ...MINE, mode: 0o1777 } },
    'others can write',
  ],
  ['another group', { '/home/me/out': { ...MINE, gid: 50, mode: 0o775 } }, 'others can write'],
  ['an owner above', { '/home/me': BOBS }, '"/home/me" belongs to uid 1001'],
  [
    'a folder above for all',
    { '/home/me': { ...MINE, mode: 0o777 } },
    'others can write "/home/me"',
  ],
  [
    "another's execution",
    { '/home/me/out/executions': MINE, '/home/me/out/executions/e1': BOBS },
    'e1" belongs',
  ],
  [
    "another's history",
    {
      '/home/me/out/history': MINE,
      '/home/me/out/history/a': MINE,
      '/home/me/out/history/a/b.json': BOBS,
    },
    'b.json" belongs',
  ],
  ['a history for all', { '/home/me/out/history': { ...MINE, mode: 0o777 } }, 'out/history"'],
  ["another's prices", { '/home/me/out/prices.json': BOBS }, 'prices.json" belongs'],
  [
    "another's link",
    { '/home/me/out': { ...BOBS, link: '/home/me/there' }, '/home/me/there': MINE },
    '"/home/me/out" belongs',
  ],
  [
    'a link to where others write',
    {
      '/home/me/out': { ...MINE, link: '/srv/x' },
      '/srv': { ...ROOTS, mode: 0o777 },
      '/srv/x': MINE,
    },
    'others can write "/srv"',
  ],
] as const)('tells of %s', (_what, given, told) => expect(who(given as Given)).toContain(told));

it('takes a folder of its own in a sticky one, and new folders of a private group', () => {
  const tmp = { '/scratch': { ...ROOTS, mode: 0o1777 }, '/scratch/out': MINE };
  expect(who(tmp, '/scratch/out')).toBeUndefined();
  expect(who({ '/home/me/out': { ...MINE, mode: 0o775 } })).toBeUndefined();
});

it('counts a folder of somebody else as one for root, too; and has nothing to say on Windows', () => {
  expect(who({}, '/home/me/out', { uid: 0, gid: 0 })).toContain('belongs to uid 1000');
  const windows = undefined as unknown as typeof ME;
  expect(
    whoElseWrites('/home/me/out', windows ?? null!, owners(HOME)) ?? undefined,
  ).toBeUndefined();
});

describe('at the command line', () => {
  const out = path.join(folder, 'open');
  beforeAll(() => {
    mkdirSync(path.join(out, 'executions', 'e1'), { recursive: true });
    writeFileSync(path.join(out, 'executions', 'e1', 'plan.json'), '{}');
    chmodSync(out, 0o777);
    symlinkSync(out, path.join(folder, 'link'));
  });

  it.each([
    [['run', '--mode', 'delete', '--enable-deletion', '--out', out]],
    [['run', '--mode', 'delete', '--enable-deletion', '--plan', 'e1', '--out', out]],
    [
      [
        'run',
        '--input',
        '{"mode":"delete"}',
        '--enable-deletion',
        '--out',
        path.join(folder, 'link'),
      ],
    ],
    [['approve', 'e1', '--yes', '--out', out]],
  ])('%j is refused before anybody is asked', async (argv) => {
    const { terminal, written } = fakeTerminal();
    expect(await main(argv, terminal)).toBe(2);
    expect(written.stderr).toMatch(/^orgsweep: --out: ".*" \(others can write ".*"\) – accepted/);
  });

  it('restores by it, and says so', async () => {
    const { terminal, written } = fakeTerminal();
    mkdirSync(path.join(out, 'executions', 'e2', 'work'), { recursive: true });
    writeFileSync(path.join(out, 'executions', 'e2', 'work', 'expected.json'), '{}');
    await main(['restore', 'e2', '--out', out], terminal);
    expect(written.stderr).toMatch(
      /^orgsweep: beware: others can write ".*": what is restored is what this folder says was removed \(--out\)\n/,
    );
  });

  it('reports there, and says so', async () => {
    const { terminal, written } = fakeTerminal();
    const argv = ['run', '--region', 'nowhere', '--out', out];
    await main(argv, terminal);
    expect(
      await main(['run', '--input', '{"mode":"report","kinds":[]}', '--out', out], terminal),
    ).toBe(2);
    expect(written.stderr).not.toContain('accepted, where something is to be deleted');
  });
});
