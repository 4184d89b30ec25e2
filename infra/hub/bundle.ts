import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type * as esbuild from 'esbuild';
import { DEPLOYED, type DeployedName, kebabName } from '../../functions/deployed.ts';
import { BUNDLING } from '../bundling.ts';

/** Of each function's folder, as Lambda wants it named. */
export const HANDLER = 'index.handler';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** In the published package they are made already, and esbuild isn't there. */
const prebuilt = path.join(root, 'bundles');

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
 * Bundles functions, all of them unless told which, into `folder`, as `<name>/index.js`. The same sources give the
 * same bytes, wherever they lie, so that deploying them again changes nothing.
 *
 * Neither minified nor with source maps: a stack trace in the log names the functions and lines of
 * the very code that ran. Minified it loads no faster (docs/figures.md), and a source map would
 * have to be read, larger than the code, just when something failed. CommonJS: the SDK's own
 * `require` doesn't work in a bundle that is a module.
 *
 * @returns what is in them
 */
export function bundleFunctions(
  folder: string,
  names: readonly DeployedName[] = Object.keys(DEPLOYED) as DeployedName[],
): esbuild.Metafile {
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof esbuild;
  const { metafile } = buildSync({
    ...BUNDLING,
    metafile: true,
    entryPoints: Object.fromEntries(
      names.map((name) => [`${kebabName(name)}/index`, DEPLOYED[name].entry]),
    ),
    outdir: folder,
  });
  return metafile;
}
