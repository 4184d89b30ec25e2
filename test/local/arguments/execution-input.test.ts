import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseArguments } from '../../../local/cli/arguments.ts';
import type { RunArguments } from '../../../local/arguments/run-arguments.ts';
import { ExecutionInput } from '../../../kinds/registry.ts';
import type { Expected } from '../../../steps/expected.ts';
import { inputOfRetry } from '../../../steps/prepare/retry.ts';
import { makeExecutionInput } from '../../../local/arguments/execution-input.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string | Uint8Array): string {
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

it('has kinds from flags, with commas between them or one by one, each once', () => {
  const input = '{"kinds":["ebs-snapshot"],"remove":["ebs-snapshot"]}';
  expect(make(['--kind', 'ebs-volume,ebs-snapshot', '--remove', 'ebs-volume'])).toEqual({
    kinds: ['ebs-volume', 'ebs-snapshot'],
    remove: ['ebs-volume'],
  });
  const twice = ['--remove', 'ebs-volume', '--remove', 'ebs-volume,ebs-snapshot'];
  expect(make(['--input', input, ...twice])).toEqual({
    kinds: ['ebs-snapshot'],
    remove: ['ebs-volume', 'ebs-snapshot'],
  });
  for (const flag of ['--kind', '--remove'])
    expect(() => make([flag, 'ebs-volume,ebs-disk'])).toThrow(
      `${flag}: "ebs-disk" – accepted: "ebs-snapshot", "ebs-volume"`,
    );
});

it('comes from a file, or stands in the argument itself', () => {
  expect(make(['--input', file('\uFEFF{"kinds":["ebs-snapshot"]}\n')])).toEqual({
    kinds: ['ebs-snapshot'],
  });
  expect(make(['--input', ' {"policy":{"minAgeDays":5}}'])).toEqual({ policy: { minAgeDays: 5 } });
});

it('comes from a file as PowerShell writes it, in UTF-16 or with a byte order mark', () => {
  const json = '{"scope":{"regions":["eu-west-1"]}}';
  const marked = `\uFEFF${json}`;
  for (const bytes of [Buffer.from(marked, 'utf16le'), Buffer.from(marked)]) {
    expect(make(['--input', file(bytes)])).toEqual(JSON.parse(json));
  }
  expect(make(['--input', marked])).toEqual(JSON.parse(json));
});

it('names what a file is that is no text', () => {
  expect(() => make(['--input', file(gzipSync('{}'))])).toThrow(
    /^--input .*: compressed \(gzip\) – accepted: text in UTF-8/,
  );
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
  ['{"kinds":["no-kind"]}', '--input.kinds[0]: "no-kind" – accepted: "ebs-snapshot"'],
  [
    '{"scope":{"accounts":["11112222333"]}}',
    '--input.scope.accounts[0]: "11112222333" – accepted: 12 digits',
  ],
  ['{"scope":"all"}', '--input.scope: "all" – accepted: an object'],
])('refuses --input %s', (input, message) => {
  expect(() => make(['--input', input])).toThrow(message);
});

it.each([
  '{"policy":{"protectTags":["Retain"]},"policy":{"minAgeDays":5}}',
  '{"policy":{"protectTags":["Retain"],"protectTags":[]}}',
  '{"policy":{"protectTags":["Retain"],"pr\\u006ftectTags":[]}}',
  '{"scope":{"accepted":[{"regions":["eu-west-1"],"reason":"a","reason":"b"}]}}',
])('refuses %s, in which a key stands twice: the last one alone would be gone by', (input) => {
  expect(() => make(['--input', input])).toThrow(/^--input: .* is given twice, at line 1, column/);
  const name = file(input);
  expect(() => make(['--input', name])).toThrow(`--input ${name}: `);
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

describe('of a retry', () => {
  const {
    mode: _mode,
    scope: _scope,
    plan: _plan,
    ...went
  } = ExecutionInput.parse({
    policy: { minAgeDays: 45, protectTags: ['Retain'] },
    limits: { maxRemovals: 7 },
    mode: 'delete',
    approval: 'required',
  });
  const expected = { ...went, mode: 'delete', basedOn: 'p1', scope: {} } as unknown as Expected;
  const base = inputOfRetry({ expected, retried: {}, seenBefore: {} });

  it('is that of the first execution, but for its mode, which is asked for anew', () => {
    const { approval: _approval, ...others } = went;
    expect(make(['--retry', 'e1'], base)).toEqual({ ...others, scope: { retryOf: 'e1' } });
  });

  it('has the flags and --input laid over it', () => {
    const input = '{"policy":{"minAgeDays":60}}';
    expect(make(['--retry', 'e1', '--input', input], base)).toMatchObject({
      policy: { minAgeDays: 60, protectTags: ['Retain'] },
      limits: { maxRemovals: 7 },
    });
  });

  it('asks for approval again where the first one did, when it is to remove', () => {
    const input = make(['--retry', 'e1', '--mode', 'delete', '--enable-deletion'], base);
    expect(input).toMatchObject({ mode: 'delete', approval: 'required' });
  });

  it('names no accounts or Regions beside', () => {
    expect(() => make(['--retry', 'e1', '--region', 'eu-west-1'], base)).toThrow(
      'input.scope.retryOf: "e1" – accepted: only without accounts, organizationalUnits and regions',
    );
  });
});

it('refuses __proto__ as it does any other unknown key', () => {
  expect(() => make(['--input', '{"__proto__":{"mode":"delete"}}'])).toThrow(
    '--input.__proto__: unknown key',
  );
});
