import { readFileSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { root, ROOMS, sourcesOf } from '../support/imports.ts';

/** What is started. */
const ENTRIES = ['infra/bin/app.ts', 'infra/bundling/run.ts', 'report/page/browser/main.ts'];
/** What shells do stands in these, word for word. */
const OF_SHELLS = ['local/cli/completion/bash.ts', 'local/cli/completion/zsh.ts'];
/** Nothing bundles these. */
const NOT_BUNDLED = ['docs', 'tools'];

/** A line that isn't indented, and is no part of a declaration: it is done at once. */
const STATEMENT =
  /^(?:(?:void|await|if|for|while|do|try|switch|throw|new|delete) .*|import '\..*|([A-Za-z_$][\w$]*)[.([].*)$/gm;

/** What is done by loading a file, but for `LIST.add(…)` of a value that the file itself declares. */
function doneByLoading(source: string): string[] {
  return [...source.matchAll(STATEMENT)]
    .filter(([, name]) => !new RegExp(`^(?:export )?const ${name}\\b`, 'm').test(source))
    .map(([line]) => line);
}

it.each([
  ["import './registers.ts';", true],
  ["import 'core-js/modules/of-the-package-that-uses-it.js';", false],
  ["process.on('exit', stop);", true],
  ['void start();', true],
  ['register(value);', true],
  ['if (isMain) start();', true],
  ["const LIST = new Set();\nLIST.add('x');", false],
  ['export function start() {\n  go();\n}', false],
])('loading %j does something: %s', (source, does) => {
  expect(doneByLoading(source).length > 0).toBe(does);
});

// esbuild leaves out of a bundle whatever is imported and not used. It must not be missed.
it('nothing is done by loading a source, as package.json promises to who bundles it', () => {
  expect(packageJson.sideEffects).toBe(false);
  const files = ROOMS.filter((room) => !NOT_BUNDLED.includes(room)).flatMap(sourcesOf);
  const done = files
    .filter((file) => ![...ENTRIES, ...OF_SHELLS].includes(file))
    .flatMap((file) => doneByLoading(readFileSync(path.join(root, file), 'utf8')));
  expect(done).toEqual([]);
});
