import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { isContext } from 'node:vm';

const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'coverage', 'cdk.out', 'orgsweep-out']);

it('tests have a temporary and a home folder of their own', () => {
  const folder = path.dirname(tmpdir());
  expect(path.basename(folder)).toMatch(/^orgsweep-tests-/);
  expect(path.dirname(homedir())).toBe(folder);
  const program = 'const os = require("os"); console.log(os.tmpdir(), os.homedir())';
  const printed = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  expect(printed.trim()).toBe(`${tmpdir()} ${homedir()}`);
});

it('tests have no settings of whoever runs them', () => {
  const found = Object.keys(process.env).filter((name) => /^(AWS_(?!SDK_JS_)|XDG_)/.test(name));
  expect(found).toEqual([]);
});

it('tests are in a time zone of their own, so that local time is never taken for UTC', () => {
  const start = new Date(0);
  expect([start.getHours(), start.getMinutes()]).toEqual([12, 45]);
});

it('a test file has an ordinary global object, which nothing is asked about on the way', () => {
  expect(isContext(globalThis)).toBe(true);
});

it('nothing names a folder that every run and every user of a machine shares', () => {
  const sources = readdirSync('.')
    .filter((name) => !NOT_OURS.has(name) && statSync(name).isDirectory())
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
        path.join(folder, name),
      ),
    )
    .filter((file) => /\.(ts|mjs)$/.test(file) && !file.endsWith('own-machine.test.ts'));
  expect(sources.length).toBeGreaterThan(500);
  const naming = sources.filter((file) => /['"`](\/var)?\/tmp\b/.test(readFileSync(file, 'utf8')));
  expect(naming).toEqual([]);
});
