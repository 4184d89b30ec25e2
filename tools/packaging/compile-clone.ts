// Run by clone.mjs, in a process of its own: compiles the CLI of this clone into dist/cli, and writes
// down of which sources. A build has a folder of its own, so that two at once don't meet.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { compileCli } from './compile-cli.ts';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist/cli');

/** How it is compiled, and what npm installed last. */
const NO_INPUTS = [
  'tools/packaging/compile-cli.ts',
  'tools/packaging/compile-clone.ts',
  'infra/bundling/only-used.ts',
  'infra/bundling/options.ts',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];
/** Whatever process was going to load an older build has loaded it by then. */
const OLD_MILLISECONDS = 60_000;

/** By file: as it was before it was read; null for one that isn't there. */
const sources: Record<string, { mtimeMs: number; size: number } | null> = {};

function note(file: string): void {
  const found = statSync(path.join(root, file), { throwIfNoEntry: false });
  sources[file] = found === undefined ? null : { mtimeMs: found.mtimeMs, size: found.size };
}

const noting: Plugin = {
  name: 'note the sources',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.(ts|json)$/ }, ({ path: absolute }) => {
      const file = path.relative(root, absolute);
      if (!/(^|[/\\])node_modules[/\\]/.test(file)) note(file);
      return undefined;
    });
  },
};

const folder = path.join(dist, `build-${randomUUID()}`);
mkdirSync(folder, { recursive: true });
NO_INPUTS.forEach(note);
await compileCli(folder, [noting]);
const current = path.join(folder, 'current.json');
writeFileSync(current, JSON.stringify({ folder: path.basename(folder), sources }));
renameSync(current, path.join(dist, 'current.json'));

for (const name of readdirSync(dist)) {
  const other = path.join(dist, name);
  const { mtimeMs } = statSync(other, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
  if (name.startsWith('build-') && other !== folder && mtimeMs < Date.now() - OLD_MILLISECONDS)
    rmSync(other, { recursive: true, force: true });
}
