import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { schemaFiles } from '../../docs/generate/schemas.ts';
import { fencesOf, readPage } from './page.ts';

const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true });
ajvFormats.default(ajv);

/** What an editor that has the published schema marks in a value. */
function markedIn(name: 'configuration' | 'execution-input', value: unknown): string[] {
  const schema = schemaFiles()[`${name}.schema.json`] ?? {};
  const validate = ajv.getSchema(`urn:orgsweep:schema:${name}:1`) ?? ajv.compile(schema);
  void validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const parsed = (text: string) => JSON.parse(text) as { orgsweep?: unknown };
const configurations = ['hub', 'hub-adopts', 'hub-deletes', 'hub-upgraded', 'second-hub']
  .map((name) => readFileSync(path.join('docs/day', `${name}.json`), 'utf8'))
  .concat(fencesOf(readPage('docs/configuration.md'), 'json'));

it.each(configurations)('takes the configuration %s', (text) => {
  expect(markedIn('configuration', parsed(text).orgsweep)).toEqual([]);
});

it.each(fencesOf(readPage('docs/execution-input.md'), 'json'))('takes the input %s', (text) => {
  expect(markedIn('execution-input', parsed(text))).toEqual([]);
});

it.each([
  ['configuration', { prefix: 'UPPER' }, '/prefix must match'],
  ['configuration', { deletion: { enabld: true } }, '/deletion must NOT have additional'],
  ['execution-input', { mode: 'remove' }, '/mode must be equal to one of'],
  ['execution-input', { policy: { minAgeDays: -1 } }, '/policy/minAgeDays must be >='],
  ['execution-input', { polcy: {} }, ' must NOT have additional properties'],
] as const)('marks in the %s: %j', (name, value, words) => {
  expect(markedIn(name, value).join()).toContain(words);
});
