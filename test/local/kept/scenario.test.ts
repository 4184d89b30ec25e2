import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findScenario } from '../../../local/kept/scenario.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-scenario-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('refuses a scenario file in which a key stands twice', () => {
  const file = path.join(folder, 'scenario.json');
  writeFileSync(
    file,
    '{"accounts":2,"regions":["eu-west-1"],"snapshotsPerTarget":1,\n"input":{"policy":{"protectTags":["a"],"protectTags":[]}}}',
  );
  expect(() => findScenario(file)).toThrow(
    `--scenario ${file}: input.policy.protectTags is given twice, at line 2, column 20 and at line 2, column 40`,
  );
});
