import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import lock from '../../../package-lock.json' with { type: 'json' };
import packageJson from '../../../package.json' with { type: 'json' };
import { isAllowedToShip } from '../../../tools/packaging/notices.ts';

const root = path.resolve(import.meta.dirname, '../../..');

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
}
const packages = Object.entries<Locked>(lock.packages)
  .filter(([folder]) => folder !== '')
  .map(([folder, { license = 'none', dev = false }]) => ({
    name: folder.replace(/^.*node_modules\//, ''),
    license,
    dev,
  }));
const COPYLEFT = /GPL|SSPL|EUPL|OSL|CC-BY-(SA|NC)|BUSL/;

/** Evaluate the policies of our roles in tests, and go nowhere else. docs/adr/0091 says why they stay. */
const COPYLEFT_IN_TESTS = [
  '@cloud-copilot/iam-policy',
  '@cloud-copilot/iam-simulate',
  '@cloud-copilot/iam-utils',
];

it('whoever installs orgsweep gets only packages under a licence that was allowed', () => {
  const installed = packages.filter(({ dev }) => !dev);
  expect(installed.length).toBeGreaterThan(90);
  expect(installed.filter(({ license }) => !isAllowedToShip(license))).toEqual([]);
});

it('knows every package under a copyleft licence that the tests use', () => {
  const strict = packages.filter(
    ({ license }) => COPYLEFT.test(license) && !/\bOR\b/.test(license),
  );
  expect(strict.map(({ name }) => name).toSorted()).toEqual(COPYLEFT_IN_TESTS);
  expect(
    Object.keys(packageJson.dependencies).filter((name) => name.startsWith('@cloud-copilot')),
  ).toEqual([]);
});

it('only tests import what is under a copyleft licence', () => {
  const importing = readdirSync(root, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !/^(node_modules|dist|coverage|\.git)$/.test(entry.name),
    )
    .flatMap(({ name }) =>
      readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(name, file),
      ),
    )
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .filter((file) => readFileSync(path.join(root, file), 'utf8').includes(`'@cloud-copilot/`))
    .map((file) => file.split(path.sep)[0]);
  expect([...new Set(importing)]).toEqual(['test']);
});

it.each(['AGPL-3.0-or-later', 'GPL-2.0-only', 'LGPL-3.0', 'MIT OR GPL-3.0', 'none', 'MPL-2.0'])(
  'lets nothing under %s be shipped',
  (license) => expect(isAllowedToShip(license)).toBe(false),
);
