import type { BundledPackage } from './bundled-packages.ts';
import { standardText } from './licence-texts.ts';

/**
 * What may be in a package that is handed out under Apache-2.0 (SPDX identifiers). Another one is
 * decided on by a person who has read it.
 */
const ALLOWED = [
  'Apache-2.0',
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
];

/**
 * Whether it may be in a bundle, or be installed with the package.
 *
 * @internal A test goes through licences with it.
 */
export function isAllowedToShip(license: string): boolean {
  return ALLOWED.includes(license);
}

const HEAD = `THIRD-PARTY NOTICES

orgsweep itself is under the licence in LICENSE. The CLI in dist/cli, the constructs in dist/infra,
the functions in dist/bundles and the report's page have code of the packages below in them, each
under its own licence.
`;
const RULE = '-'.repeat(80);

/**
 * What goes into the package as THIRD-PARTY-NOTICES.
 *
 * @throws {Error} naming the packages whose licence isn't allowed, or whose text nobody knows
 */
export function thirdPartyNotices(packages: readonly BundledPackage[]): string {
  return [HEAD, ...licencesOf(packages)].join(`\n${RULE}\n\n`);
}

/**
 * Each licence text once, below the names of the packages it is of.
 *
 * @throws {Error} naming the packages whose licence isn't allowed, or whose text nobody knows
 */
export function licencesOf(packages: readonly BundledPackage[]): string[] {
  const refused = packages.filter(({ license }) => !isAllowedToShip(license));
  if (refused.length > 0) {
    const named = refused.map(({ name, version, license }) => `${name}@${version} (${license})`);
    throw new Error(`bundled under a licence that is not allowed: ${named.join(', ')}`);
  }
  const namesByText = new Map<string, Set<string>>();
  for (const bundled of packages) {
    const text = textOf(bundled);
    const names = namesByText.get(text) ?? new Set();
    namesByText.set(text, names.add(nameOf(bundled)));
  }
  return [...namesByText].map(([text, names]) => `${[...names].join('\n')}\n\n${text}\n`);
}

/** As a line of the notices. */
function nameOf({ name, version, license }: BundledPackage): string {
  return `${name} ${version} (${license})`;
}

function textOf(bundled: BundledPackage): string {
  if (bundled.texts.length === 0) return standardText(bundled);
  return bundled.texts.map((text) => text.replace(/\r\n?/g, '\n')).join('\n\n');
}
