import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InvalidInput } from '../../../core/model/errors.ts';
import { refuseRepeatedContext } from '../../../infra/config/context-files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-context-'));
const home = mkdtempSync(path.join(tmpdir(), 'orgsweep-home-'));
afterAll(() => [folder, home].forEach((one) => rmSync(one, { recursive: true })));

const root = path.resolve(import.meta.dirname, '../../..');
const TWICE =
  '{\n "context": {"orgsweep": {"protectTags": ["Retain"]},\n  "orgsweep": {"prefix": "sweep"}}\n}';

it('takes what has each key once, and what is not there', () => {
  expect(() => refuseRepeatedContext(folder, home)).not.toThrow();
  writeFileSync(path.join(folder, 'cdk.json'), '{"context":{"orgsweep":{}}}');
  expect(() => refuseRepeatedContext(folder, home)).not.toThrow();
});

it.each(['cdk.json', 'cdk.context.json', '.cdk.json'])(
  'refuses a key that stands twice in %s',
  (name) => {
    const file = path.join(name.startsWith('.') ? home : folder, name);
    writeFileSync(file, TWICE);
    const refused = () => refuseRepeatedContext(folder, home);
    expect(refused).toThrow(InvalidInput);
    expect(refused).toThrow(
      `${name}: context.orgsweep is given twice, at line 2, column 14 and at line 3, column 3`,
    );
    rmSync(file);
  },
);

it('is asked before the CDK app makes anything of its context', () => {
  writeFileSync(path.join(folder, 'cdk.context.json'), '{"orgsweep":{},"orgsweep":{}}');
  const app = () =>
    execFileSync(
      process.execPath,
      [
        '--import',
        path.join(root, 'node_modules/tsx/dist/esm/index.mjs'),
        path.join(root, 'infra/bin/app.ts'),
      ],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      },
    );
  expect(app).toThrow(
    expect.objectContaining({
      status: 2,
      stderr: expect.stringContaining('cdk.context.json: orgsweep is given twice') as unknown,
    }),
  );
});
