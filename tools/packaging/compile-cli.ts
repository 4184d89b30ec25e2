import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { ONLY_USED } from '../../infra/bundling/only-used.ts';
import { BUNDLING } from '../../infra/bundling/options.ts';

const COMMANDS = './commands.mjs';

/**
 * Compiles the CLI into two files in `folder`: `cli.mjs` reads the command line and answers help;
 * `commands.mjs` is all that a command needs, and is loaded whole before one begins, so that nothing
 * has to be found later on, when a new version may stand in its place. One file would have to be
 * parsed whole for help too (docs/adr/0092-compiled-cli.md).
 *
 * As in the functions' bundles, a stack trace names the functions and lines of the very code that ran.
 *
 * @returns what is in them
 * @throws where a source can't be compiled, or isn't there
 */
export async function compileCli(
  folder: string,
  plugins: readonly Plugin[] = [],
): Promise<Metafile> {
  const { metafile } = await build({
    ...BUNDLING,
    target: 'node20.19',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    entryPoints: { cli: 'local/cli/process.ts', commands: 'local/commands/carry-out.ts' },
    outdir: path.resolve(folder),
    metafile: true,
    // The SDK and others ask for Node's modules by `require`, which an ES module doesn't have.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    plugins: [commandsBeside, ...plugins, ...ONLY_USED],
  });
  // In a `try`, esbuild takes a missing file for one that may be missing.
  const missing = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports.map((imported) => imported.path))
    .find((file) => file.startsWith('.') && file !== COMMANDS);
  if (missing !== undefined) throw new Error(`${missing} is imported, and is not there`);
  return metafile;
}

const commandsBeside: Plugin = {
  name: 'commands beside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/carry-out\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: COMMANDS, external: true } : undefined,
    );
  },
};
