import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AnySchema, Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { schemaFiles, SCHEMAS_FOLDER } from '../../docs/generate/schemas.ts';
import { main } from '../../local/cli/cli.ts';
import { fakeTerminal } from '../local/fake-terminal.ts';
import { AT_ONCE } from '../support/removal-sweep.ts';

const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true });
ajvFormats.default(ajv);

function published(name: string): AnySchema {
  return JSON.parse(readFileSync(path.join(SCHEMAS_FOLDER, name), 'utf8')) as AnySchema;
}

/** A value's errors by the published schema, in words. */
const validators = new Map<string, ValidateFunction>();
function errorsOf(name: string, value: unknown): string[] {
  const validate = validators.get(name) ?? ajv.compile(published(`${name}.schema.json`));
  validators.set(name, validate);
  void validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** By schema, the file whose whole, or whose every line, it describes. */
const FILES = {
  summary: 'summary.json',
  plan: 'plan.json',
  finding: 'findings.jsonl',
  target: 'targets.jsonl',
  removal: 'removals.jsonl',
};

const out = mkdtempSync(path.join(tmpdir(), 'orgsweep-schemas-'));
const folders = () =>
  readdirSync(path.join(out, 'executions')).map((id) => path.join(out, 'executions', id));

function valuesOf(folder: string, file: string): unknown[] {
  const text = readFileSync(path.join(folder, file), 'utf8').trim();
  if (!file.endsWith('l')) return [JSON.parse(text)];
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as unknown);
}

beforeAll(async () => {
  const scenario = path.join(out, 'scenario.json');
  writeFileSync(
    scenario,
    JSON.stringify({ accounts: 2, regions: ['us-east-1'], snapshotsPerTarget: 60 }),
  );
  const run = async (...argv: string[]) =>
    main(['run', '--simulated', '--out', out, ...argv], fakeTerminal().terminal);
  const policy = JSON.stringify({ policy: AT_ONCE });
  const remove = ['--mode', 'delete', '--enable-deletion', '--input', policy];
  expect(await run('--scenario', scenario, ...remove)).toBe(0);
  // Denials, throttling and a crash: every way a target can end, and failures with their fields.
  expect(await run('--scenario', 'bad-day')).toBe(3);
});
afterAll(() => rmSync(out, { recursive: true }));

it('publishes what the code says; npm run docs writes it', () => {
  expect(readdirSync(SCHEMAS_FOLDER).toSorted()).toEqual(Object.keys(schemaFiles()).toSorted());
  for (const [name, schema] of Object.entries(schemaFiles()))
    expect(published(name)).toEqual(JSON.parse(JSON.stringify(schema)));
});

it.each(Object.entries(FILES))('%s describes every value of %s of real runs', (name, file) => {
  const values = folders().flatMap((folder) => valuesOf(folder, file));
  expect(values).not.toEqual([]);
  expect(values.flatMap((value) => errorsOf(name, value))).toEqual([]);
});

it.each([
  ['a status that does not exist', { status: 'FINE' }, '/status'],
  ['a number that is none', { startedAt: 3 }, '/startedAt'],
  ['a time that is none', { startedAt: '2026-11-31T06:00:00.000Z' }, '/startedAt'],
  ['an unknown field', { more: 1 }, 'additional properties'],
  ['a missing field', { coverage: undefined }, "'coverage'"],
])('refuses a summary with %s', (_, broken, words) => {
  const [summary] = valuesOf(folders()[0] ?? '', 'summary.json');
  const value: unknown = JSON.parse(JSON.stringify({ ...(summary as object), ...broken }));
  expect(errorsOf('summary', value).join()).toContain(words);
});

it('has an id of its own in each schema, a title, and words for what it is', () => {
  const schemas = Object.values(schemaFiles()) as Record<string, string>[];
  expect(new Set(schemas.map(({ $id }) => $id)).size).toBe(schemas.length);
  for (const { $schema, title, description } of schemas) {
    expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(title && description).toMatch(/\w/);
  }
});

describe('docs/files.md', () => {
  const page = readFileSync(path.join(SCHEMAS_FOLDER, '../files.md'), 'utf8');

  it('has example lines that are valid', () => {
    const examples = [...page.matchAll(/## (\S+)\n\n```text\n(.+)\n```/g)];
    expect(examples.map(([, file]) => file)).toEqual([FILES.finding, FILES.target, FILES.removal]);
    for (const [, file, line = ''] of examples) {
      const [name = ''] = Object.entries(FILES).find((entry) => entry[1] === file) ?? [];
      expect(errorsOf(name, JSON.parse(line))).toEqual([]);
    }
  });

  it('names every file that an execution leaves', () => {
    const left = new Set(folders().flatMap((folder) => readdirSync(folder)));
    left.delete('work');
    for (const file of left) expect(page).toContain(`\`${file}\``);
  });
});
