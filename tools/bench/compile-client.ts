import path from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLING } from '../../infra/bundling/options.ts';

/**
 * Compiles one of the clients that are measured into one file, as the CLI is: what reading TypeScript
 * costs is nobody's who runs it.
 *
 * @param name of its source in processes/
 * @returns the file to run
 */
export function compileClient(name: string, folder: string): string {
  const outfile = path.join(folder, `${name}.mjs`);
  buildSync({
    ...BUNDLING,
    target: 'node20.19',
    format: 'esm',
    entryPoints: [path.join(import.meta.dirname, 'processes', `${name}.ts`)],
    outfile,
    // The SDK asks for Node's modules by `require`, which an ES module doesn't have.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
  return outfile;
}
