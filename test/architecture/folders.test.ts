import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, ROOMS, sourcesOf } from '../support/imports.ts';

/** Side by side; more is a corridor, in which nobody finds the door. */
const MOST_FILES = 15;

const folders = [...new Set(ROOMS.flatMap(sourcesOf).map((file) => path.dirname(file)))].toSorted();

it.each(folders)(`%s has ${MOST_FILES} source files side by side at most`, (folder) => {
  const files = sourcesOf(folder).filter((file) => path.dirname(file) === folder);
  expect(files.length).toBeLessThanOrEqual(MOST_FILES);
});

/** Tests that are of no room: of whole executions, and of the rules on the rooms themselves. */
const OF_ALL = ['architecture', 'deployed', 'end-to-end', 'fixtures', 'golden', 'proof', 'support'];

it('has each test at the same path as the folder that it is of', () => {
  const tests = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.dirname(file));
  const strays = tests.filter(
    (folder) =>
      !OF_ALL.includes(folder.split('/')[0] ?? '') && !existsSync(path.join(root, folder)),
  );
  expect([...new Set(strays)]).toEqual([]);
});

/** As deep as the page goes: the rooms, and what is in them. */
const DEPTH = 2;

it('has every room, and every folder in it, in the list of docs/architecture.md, and no other', () => {
  const page = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  const listed = [...page.matchAll(/^ *([a-z][\w/-]*)\/ +\S/gm)].map(([, folder = '']) => folder);
  const known = folders.flatMap((folder) => {
    const parts = folder.split('/');
    return parts.slice(0, DEPTH).map((_, at) => parts.slice(0, at + 1).join('/'));
  });
  expect(listed.toSorted()).toEqual([...new Set(known)].toSorted());
});
