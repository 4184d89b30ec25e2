import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleFunctions } from '../../infra/hub/bundle.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { generatedModule } from './browser-module.ts';
import { bundledPackages } from './bundled-packages.ts';
import { compileCli } from './compile-cli.ts';
import { thirdPartyNotices } from './notices.ts';

const root = path.resolve(import.meta.dirname, '../..');
// What installs, tests and builds the project is no business of whoever has the package.
const OF_THE_PROJECT = new Set(['scripts', 'devDependencies', 'overrides']);

/**
 * Makes the package in `folder`: the CLI compiled into two files, the constructs' JavaScript and types
 * by the compiler, the functions as they are deployed, so that whoever deploys needs no bundler, and
 * the notices of all that is bundled in them.
 */
export async function buildPackage(folder: string): Promise<void> {
  const dist = path.join(folder, 'dist');
  compile(dist);
  for (const name of ['bin', 'LICENSE', 'README.md']) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  const kept = Object.entries(packageJson).filter(([key]) => !OF_THE_PROJECT.has(key));
  writeJson(path.join(folder, 'package.json'), {
    ...Object.fromEntries(kept),
    // The rest is bundled.
    dependencies: importedIn(dist),
  });
  const { name, version, type } = packageJson;
  writeJson(path.join(dist, 'package.json'), { name, version, type });
  const ofCli = await compileCli(path.join(dist, 'cli'));
  const ofFunctions = bundleFunctions(path.join(dist, 'bundles'));
  // Beside the functions' folders, so in no asset: here they would be taken for modules.
  writeJson(path.join(dist, 'bundles/package.json'), { type: 'commonjs' });
  const { metafile: ofPage } = await generatedModule();
  const packages = [
    ...bundledPackages(ofCli, root),
    ...bundledPackages(ofFunctions, root),
    ...bundledPackages(ofPage, path.join(root, 'report/page')),
  ];
  writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES'), thirdPartyNotices(packages));
}

/** Of the project's dependencies those that what the compiler made imports, types included. */
function importedIn(folder: string): Record<string, string> {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(js|d\.ts)$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const imported = Object.entries(packageJson.dependencies).filter(([name]) =>
    texts.some((text) => new RegExp(`(from|import\\(|import) ?['"]${name}['"/]`).test(text)),
  );
  return Object.fromEntries(imported);
}

function compile(outDir: string): void {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const argv = [compiler, '-p', 'tsconfig.build.json', '--outDir', outDir];
  const { status } = spawnSync(process.execPath, argv, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('tsc failed');
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
