import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Everything that is written here but tests: what ships, the simulation, the tools, what makes docs. */
export const ROOMS = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(\.|node_modules|test|bin)/.test(entry.name))
  .map(({ name }) => name)
  .filter((name) => sourcesOf(name).length > 0)
  .toSorted();

/** The source files below a folder, from the top one, without what is generated. */
export function sourcesOf(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
    .filter((file) => !/(^|\/)(node_modules|cdk\.out|dist)\//.test(file))
    .map((file) => path.join(folder, file))
    .toSorted();
}

/** What a source imports of ours, types too and what it loads later, from the top folder. */
export function importsOf(file: string): string[] {
  return importsIn(file, sourceOf(file));
}

function sourceOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function importsIn(file: string, source: string): string[] {
  const found = source.matchAll(/(?:\bfrom |\bimport |\bimport\()'(\.[^']+\.ts)'/g);
  return [...found].map(([, specifier = '']) => path.join(path.dirname(file), specifier));
}

/** The same without types: what is there when it runs. */
export function runningImportsOf(file: string): string[] {
  return importsIn(file, sourceOf(file).replaceAll(/^import type [^;]*;$/gm, ''));
}

/** One import that leads from one part of a folder to another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

/**
 * The imports between what lies side by side in a folder.
 *
 * @param folder '' for the top one
 * @param partOf which part a path below `folder` belongs to
 */
export function arrowsIn(
  folder: string,
  files: readonly string[],
  partOf: (below: string) => string,
): Arrow[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = (file: string) => partOf(file.slice(prefix.length));
  return files
    .filter((file) => file.startsWith(prefix))
    .flatMap((file) =>
      importsOf(file)
        .filter((imported) => imported.startsWith(prefix))
        .map((imported) => ({
          from: below(file),
          to: below(imported),
          because: `${file} imports ${imported}`,
        })),
    )
    .filter(({ from, to }) => from !== to);
}

/** The arrows that are part of a circle: from where each leads, there is a way back. */
export function circlesOf(arrows: readonly Arrow[]): Arrow[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of arrows) next.set(from, (next.get(from) ?? new Set()).add(to));
  const reached = new Map<string, Set<string>>();
  const reach = (start: string) => {
    const seen = new Set<string>();
    const open = [start];
    for (let part = open.pop(); part !== undefined; part = open.pop())
      for (const to of next.get(part) ?? [])
        if (!seen.has(to)) {
          seen.add(to);
          open.push(to);
        }
    return seen;
  };
  for (const part of next.keys()) reached.set(part, reach(part));
  return arrows.filter(({ from, to }) => reached.get(to)?.has(from));
}
