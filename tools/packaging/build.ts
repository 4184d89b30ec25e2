import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleFunctions } from '../../infra/hub/bundle.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { generatedModule } from './browser-module.ts';
import { bundledPackages } from './bundled-packages.ts';
import { compileCli } from './compile-cli.ts';
import { compileConstructs } from './compile-constructs.ts';
import { thirdPartyNotices } from './notices.ts';
import { copyPages } from './pages.ts';

const root = path.resolve(import.meta.dirname, '../..');
// What installs, tests and builds the project is no business of whoever has the package.
const OF_THE_PROJECT = new Set(['scripts', 'devDependencies', 'overrides']);

/**
 * Makes the package in `folder`: the CLI compiled into two files, the constructs into one beside their
 * types, the functions as they are deployed, so that whoever deploys needs no bundler, the pages with
 * the schemas, and the notices of all that is bundled.
 */
export async function buildPackage(folder: string): Promise<void> {
  const dist = path.join(folder, 'dist');
  const ofConstructs = await compileConstructs(dist);
  for (const name of ['bin', 'LICENSE'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  copyPages(folder);
  const kept = Object.entries(packageJson).filter(([key]) => !OF_THE_PROJECT.has(key));
  writeJson(path.join(folder, 'package.json'), {
    ...Object.fromEntries(kept),
    // The rest is bundled.
    dependencies: importedIn(dist),
  });
  const ofCli = await compileCli(path.join(dist, 'cli'));
  const ofFunctions = bundleFunctions(path.join(dist, 'bundles'));
  // Beside the functions' folders, so in no asset: here they would be taken for modules.
  writeJson(path.join(dist, 'bundles/package.json'), { type: 'commonjs' });
  const { metafile: ofPage } = await generatedModule();
  const packages = [
    ...bundledPackages(ofConstructs, root),
    ...bundledPackages(ofCli, root),
    ...bundledPackages(ofFunctions, root),
    ...bundledPackages(ofPage, path.join(root, 'report/page')),
  ];
  writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES'), thirdPartyNotices(packages));
}

/** Of the project's dependencies those that the constructs import, types included. */
function importedIn(folder: string): Record<string, string> {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(js|d\.ts)$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const imported = Object.entries(packageJson.dependencies).filter(([name]) =>
    texts.some((text) => new RegExp(`(from|import\\(|import) ?['"]${name}['"/]`).test(text)),
  );
  return Object.fromEntries(imported);
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
