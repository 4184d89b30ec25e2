import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How everything that Lambda runs is bundled. */
export const BUNDLING = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // The SDK's modules, of which esbuild leaves out what isn't used.
  mainFields: ['module', 'main'],
  // Of two classes with one name, esbuild renames the second; Retry and Catch go by names.
  keepNames: true,
  logLevel: 'error',
} satisfies BuildOptions;
