import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { NO_ACCOUNT } from '../../infra/bundling/no-account.ts';
import { ONLY_USED } from '../../infra/bundling/only-used.ts';
import { BUNDLING } from '../../infra/bundling/options.ts';

const root = path.resolve(import.meta.dirname, '../..');
const ENTRY = 'infra/index.ts';
/** What an app has of its own, and what the types are made of. */
const IMPORTED = ['aws-cdk-lib', 'constructs', 'zod'];

/**
 * Compiles what a CDK app imports into `folder`: the constructs as one file, and the types that it
 * can see. The SDK is no dependency of an app that only synthesizes.
 *
 * @returns what is in the file
 */
export async function compileConstructs(folder: string): Promise<Metafile> {
  copyTypes(folder);
  const { metafile } = await build({
    ...BUNDLING,
    target: 'node20.19',
    format: 'esm',
    entryPoints: [ENTRY],
    // Beside `bundles`, where infra/hub/bundle.ts looks for the functions.
    outfile: path.join(folder, 'infra/index.js'),
    external: IMPORTED,
    metafile: true,
    plugins: [NO_ACCOUNT, ...ONLY_USED],
    // As in the CLI: what is bundled may ask for Node's modules by `require`.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
  return metafile;
}

/** Of all declarations that the compiler writes, those that the entry's name, and what these name. */
function copyTypes(folder: string): void {
  const made = mkdtempSync(path.join(tmpdir(), 'orgsweep-types-'));
  try {
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const argv = [compiler, '-p', 'tsconfig.build.json', '--outDir', made];
    const { status } = spawnSync(process.execPath, argv, { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error('tsc failed');
    for (const file of reachedFrom(path.join(made, ENTRY.replace(/ts$/, 'd.ts'))))
      cpSync(file, path.join(folder, path.relative(made, file)));
  } finally {
    rmSync(made, { recursive: true });
  }
}

function reachedFrom(entry: string): Set<string> {
  const reached = new Set([entry]);
  for (const file of reached) {
    const named = readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?['"](\.[^'"]+)['"]/g);
    for (const [, to = ''] of named)
      reached.add(path.join(path.dirname(file), to.replace(/\.[jt]s$/, '.d.ts')));
  }
  return reached;
}
