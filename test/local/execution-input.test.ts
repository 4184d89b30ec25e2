import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArguments, type RunArguments } from '../../local/arguments.ts';
import { makeExecutionInput } from '../../local/execution-input.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const name = path.join(folder, 'input.json');
  writeFileSync(name, text);
  return name;
}

const make = (argv: string[], scenarioInput?: Record<string, unknown>) =>
  makeExecutionInput(parseArguments(['run', ...argv]) as RunArguments, scenarioInput);

it('is empty when nothing is asked for: the defaults are filled in by Prepare', () => {
  expect(make([])).toEqual({});
});

it('is what the flags say', () => {
  expect(make(['--account', '111122223333', '--region', 'eu-west-1', '--mode', 'report'])).toEqual({
    mode: 'report',
    scope: { accounts: ['111122223333'], regions: ['eu-west-1'] },
  });
});

it('comes from a file, or stands in the argument itself', () => {
  expect(make(['--input', file('\uFEFF{"kinds":["ebs-snapshot"]}\n')])).toEqual({
    kinds: ['ebs-snapshot'],
  });
  expect(make(['--input', ' {"policy":{"minAgeDays":5}}'])).toEqual({ policy: { minAgeDays: 5 } });
});

it('lays flags over --input, and --input over the scenario, key by key', () => {
  const scenario = {
    policy: { minAgeDays: 30, protectTags: ['Retain'] },
    scope: { accepted: [{ regions: ['ap-east-1'], reason: 'SCP' }], regions: ['us-east-1'] },
  };
  const input =
    '{"policy":{"minAgeDays":5},"scope":{"regions":["us-west-2"],"accounts":["111122223333"]}}';
  expect(make(['--simulated', '--input', input, '--region', 'eu-west-1'], scenario)).toEqual({
    policy: { minAgeDays: 5, protectTags: ['Retain'] },
    scope: { ...scenario.scope, regions: ['eu-west-1'], accounts: ['111122223333'] },
  });
});

it('looks at no OU of --input or the scenario when --account names accounts', () => {
  const input = '{"scope":{"organizationalUnits":["ou-ab12-cdef3456"],"excludeAccounts":[]}}';
  expect(make(['--input', input, '--account', '111122223333'])).toEqual({
    scope: { excludeAccounts: [], accounts: ['111122223333'] },
  });
});

it.each([
  ['{"mode":"report",', 'at line 1, column 18 – accepted: JSON'],
  ['{a: 1}', 'at line 1, column 2 – accepted: JSON'],
  ['{"a": 1 // no\n}', 'at line 1, column 9 – accepted: JSON'],
  ['{"policy":{"minAgeDays":-1}}', '--input.policy.minAgeDays: -1 – accepted: 0 or more days'],
  ['{"mod":"report"}', '--input.mod: unknown key – accepted: mode, scope'],
  ['{"kinds":["ebs-volume"]}', '--input.kinds[0]: "ebs-volume" – accepted: "ebs-snapshot"'],
  [
    '{"scope":{"accounts":["11112222333"]}}',
    '--input.scope.accounts[0]: "11112222333" – accepted: 12 digits',
  ],
  ['{"scope":"all"}', '--input.scope: "all" – accepted: an object'],
])('refuses --input %s', (input, message) => {
  expect(() => make(['--input', input])).toThrow(message);
});

it('says in which file and where the JSON breaks off', () => {
  const name = file('{\n  "mode": report\n}');
  expect(() => make(['--input', name])).toThrow(
    `--input ${name}: invalid symbol at line 2, column 11 – accepted: JSON`,
  );
});

it.each(['[]', '"delete"', ''])('refuses a file that holds %j', (text) => {
  expect(() => make(['--input', file(text)])).toThrow(/^--input.* – accepted: /);
});

it('refuses a file that is not there, or is none', () => {
  expect(() => make(['--input', 'nowhere.json'])).toThrow(
    '--input: "nowhere.json" – accepted: a file that can be read (there is no such file)',
  );
  expect(() => make(['--input', folder])).toThrow('accepted: a file that can be read (EISDIR)');
});

it.each([
  ['--mode', 'delete'],
  ['--input', '{"mode":"delete"}'],
])('refuses %s %s without --enable-deletion', (...argv) => {
  const refusal =
    'mode: "delete" – accepted: "report", or "delete" together with --enable-deletion';
  expect(() => make(argv)).toThrow(refusal);
  expect(make([...argv, '--enable-deletion'])).toEqual({ mode: 'delete' });
});

it('refuses a plan without the mode that applies it', () => {
  expect(() => make(['--plan', 'e1'])).toThrow(
    'input.plan: "e1" – accepted: only together with "mode": "delete"',
  );
});

it('refuses __proto__ as it does any other unknown key', () => {
  expect(() => make(['--input', '{"__proto__":{"mode":"delete"}}'])).toThrow(
    '--input.__proto__: unknown key',
  );
});
