import path from 'node:path';
import { arrowsIn, circlesOf, ROOMS, sourcesOf } from '../support/imports.ts';

const sources = ROOMS.flatMap(sourcesOf);
const folders = [...new Set(sources.flatMap(aboveOf))].toSorted();

/** Every folder that a file lies in, the top one ('') too. */
function aboveOf(file: string): string[] {
  const parts = path.dirname(file).split('/');
  return ['', ...parts.map((_, at) => parts.slice(0, at + 1).join('/'))];
}

// A circle of files anywhere is a circle in the folder that all of them lie in, so these are all.
it.each(folders)('what lies side by side in "%s" imports one way, types too', (folder) => {
  const arrows = arrowsIn(folder, sources, (below) => below.split('/')[0] ?? '');
  expect(circlesOf(arrows).map(({ because }) => because)).toEqual([]);
});
