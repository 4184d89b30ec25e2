import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Metafile } from 'esbuild';
import { DEPLOYED, type DeployedName, kebabName } from '../../functions/deployed.ts';

/** Of each function's folder, as Lambda wants it named. */
export const HANDLER = 'index.handler';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** In the published package they are made already, and esbuild isn't there: see tools/packaging/build.ts. */
const prebuilt = fileURLToPath(new URL('../bundles', import.meta.url));

let bundles: string | undefined;

/** The code of one function, with everything it needs in one file, the SDK included. */
export function functionCode(name: DeployedName): Code {
  bundles ??= existsSync(prebuilt) ? prebuilt : bundleForThisProcess();
  return Code.fromAsset(path.join(bundles, kebabName(name)));
}

function bundleForThisProcess(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-bundles-'));
  // The CDK copies assets as soon as it is told of them.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  bundleFunctions(folder);
  return folder;
}

/**
 * Bundles functions, all of them unless told which, into `folder`, as `<name>/index.js`. The same
 * sources give the same bytes, wherever they lie, so that deploying them again changes nothing.
 *
 * Without white space, but with all names, in short lines, and without source maps: a stack trace in
 * the log names the functions and lines of the very code that ran. A source map would have to be read,
 * larger than the code, just when something failed. CommonJS: the SDK's own `require` doesn't work in
 * a bundle that is a module.
 *
 * @returns what is in them
 * @throws when a source can't be bundled
 */
export function bundleFunctions(
  folder: string,
  names: readonly DeployedName[] = Object.keys(DEPLOYED) as DeployedName[],
): Metafile {
  const bundler = path.join(root, 'infra/bundling/run.ts');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', bundler, path.resolve(folder), ...names],
    // Options of this process, such as a test runner's, are no business of another one.
    { cwd: root, env: { ...process.env, NODE_OPTIONS: '' }, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (status !== 0) throw new Error(`the functions can't be bundled: ${stderr}`);
  return JSON.parse(stdout) as Metafile;
}
