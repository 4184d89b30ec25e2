import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_ROLE_NAMES } from '../../../local/arguments/defaults.ts';
import { programHere } from '../../../local/terminal/program.ts';
import { startedBy } from '../../../local/kept/started-by.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-program-'));
const file = path.resolve('bin/orgsweep.mjs');
afterAll(() => rmSync(folder, { recursive: true }));

it('is its own file where its name leads nowhere, or to another program', () => {
  expect(programHere('')).toBe(`node ${file}`);
  expect(programHere(aFolder('strangers', 'another'))).toBe(`node ${file}`);
  const printed = execFileSync('bash', ['--norc', '-c', `${programHere('')} --version`], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  expect(printed).toBe('0.1.0\n');
});

it('is its name where that leads to it, and not to a program before it', () => {
  const ours = aFolder('ours');
  expect(programHere(ours)).toBe('orgsweep');
  expect(programHere([aFolder('first', 'another'), ours].join(path.delimiter))).toBe(
    `node ${file}`,
  );
});

it('is not its name where only npm put it into the path, for as long as it runs it', () => {
  expect(programHere(aFolder('node_modules/.bin'))).toBe(`node ${file}`);
});

it('quotes a path as a shell wants it', () => {
  expect(programHere('', '/home/my projects/bin/orgsweep.mjs')).toBe(
    "node '/home/my projects/bin/orgsweep.mjs'",
  );
});

it('starts another run in the same organization, scenario, account and roles', () => {
  const args = { simulated: false, scenario: undefined, self: false, topic: undefined };
  const roleNames = DEFAULT_ROLE_NAMES;
  expect(startedBy({ ...args, roleNames }, {})).toEqual({ program: 'orgsweep', options: [] });
  const scenario = path.join(folder, 'mine.json');
  writeFileSync(scenario, '{}');
  const relative = path.relative('.', scenario);
  const options = [
    ...['--simulated', '--scenario', realpathSync(scenario), '--self', '--role-name', 'looks'],
    ...['--deletion-role-name', 'removes', '--topic', 'arn:aws:sns:eu-west-1:111122223333:t'],
  ];
  expect(
    startedBy(
      {
        ...{ simulated: true, scenario: relative, self: true, topic: options.at(-1) },
        roleNames: { ...roleNames, discovery: 'looks', deletion: 'removes' },
      },
      { program: 'node /o' },
    ),
  ).toEqual({ program: 'node /o', options });
  expect(startedBy({ ...args, scenario: 'bad-day', roleNames }, {}).options).toEqual([
    '--scenario',
    'bad-day',
  ]);
});

/** A folder of a PATH: with orgsweep in it, or with another program of that name. */
function aFolder(name: string, program?: string): string {
  const place = path.join(folder, name);
  mkdirSync(place, { recursive: true });
  if (program === undefined) symlinkSync(file, path.join(place, 'orgsweep'));
  else writeFileSync(path.join(place, 'orgsweep'), program);
  return place;
}
