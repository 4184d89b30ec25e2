import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type * as esbuild from 'esbuild';
import { DEPLOYED, type DeployedName, kebabName } from '../../functions/deployed.ts';

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
 * How everything that Lambda runs is bundled.
 *
 * @internal A test bundles the charts in the same way.
 */
export const BUNDLING = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // The SDK's modules, of which esbuild leaves out what isn't used.
  mainFields: ['module', 'main'],
  // Vega's for Node awaits an optional native module at its top level, which CommonJS can't; the
  // one for browsers does without a canvas where there is none, and charts need none.
  alias: {
    'vega-canvas': path.join(root, 'node_modules/vega-canvas/build/vega-canvas.browser.js'),
  },
  // Of two classes with one name, esbuild renames the second; Retry and Catch go by names.
  keepNames: true,
  logLevel: 'error',
} satisfies esbuild.BuildOptions;

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
