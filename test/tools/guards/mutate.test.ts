import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Guard } from '../../../tools/guards/guard.ts';
import { withoutGuard } from '../../../tools/guards/mutate.ts';
import { openSourceTree } from '../../../tools/guards/source-tree.ts';
import { openTestFiles } from '../../../tools/guards/test-files.ts';

const GUARD: Guard = {
  name: 'a-guard',
  promise: 1,
  keeps: 'harm is done',
  in: 'removeAll',
  find: 'if (bad) return;',
  replace: '$& nothing',
  tests: ['removal'],
};

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'orgsweep-guards-test-'));
});

afterEach(() => rmSync(root, { recursive: true }));

/** What is left of the one file that changes, when the guard is taken out of these files. */
function without(files: Readonly<Record<string, string>>, guard: Partial<Guard>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return withoutGuard(openSourceTree(root), { ...GUARD, ...guard }).without;
}

const FUNCTION = 'function removeAll(bad: boolean) { if (bad) return; go(); }';

it('takes a guard out as it stands', () => {
  expect(without({ 'a.ts': FUNCTION }, {})).toBe(
    'function removeAll(bad: boolean) { $& nothing go(); }',
  );
});

it('finds a function wherever its file is moved to', () => {
  expect(without({ 'steps/remove/all.ts': FUNCTION }, {})).toContain('nothing');
});

it.each([
  ['broken over lines', 'call(one, two)', 'call(\n  one,\n  two,\n)'],
  ['joined to one line', 'call(\n  one,\n  two,\n)', 'call(one, two)'],
  ['with a comment in between', 'first(); second();', 'first();\n// An AWS fact.\nsecond();'],
  ['of a type', 'readonly a: string;', 'type T = {\n readonly  a:string; }'],
  ['of a template', '`a ${b} c`', 'x(`a ${b} c`)'],
  ['of a regular expression', '/[/"]\\s+/.test(a)', 'if (/[/"]\\s+/.test(a)) go()'],
])('takes out what is written another way: %s', (_, find, code) => {
  const text = `export function removeAll() { ${code} }`;
  expect(without({ 'a.ts': text }, { find, replace: 'GONE' })).toContain('GONE');
});

it.each([
  ['a constant', 'MOST', 'const MOST = 1; export { MOST };', 'MOST = 1', 'MOST = 9'],
  ['a schema and its type', 'S', 'const S = z.a(); type S = z.infer<typeof S>;', 'z.a()', 'z.b()'],
  ['a member', 'L.begin', 'class L { end() { stop(); } begin() { stop(); } }', 'stop()', 'go()'],
  ['a private member', 'L.#at', 'class L { #at() { stop(); } b() { stop(); } }', 'stop()', 'go()'],
  [
    'a constructor',
    'L.constructor',
    'class L { constructor() { a(); } b() { a(); } }',
    'a()',
    'b()',
  ],
  ['a property', 'K.list', 'const K = kind({ list: () => a(), mark: () => a() });', 'a()', 'b()'],
  [
    'what a function makes',
    'make.b',
    'function make() { return { a() { x(); }, b() { x(); } }; }',
    'x()',
    'y()',
  ],
])('finds %s', (_, name, text, find, replace) => {
  expect(without({ 'a.ts': text }, { in: name, find, replace })).toContain(replace);
});

it('goes by the code where two files have the name, and by the end of the path where both have both', () => {
  const files = { 'core/a/lease.ts': FUNCTION, 'core/b.ts': 'const removeAll = 1;' };
  expect(without(files, {})).toContain('nothing');
  const same = { ...files, 'core/c/lease.ts': FUNCTION };
  expect(without(same, { in: 'c/lease.ts#removeAll' })).toContain('nothing');
  expect(() => without(same, {})).toThrow(
    'guard a-guard, in removeAll: its code is there 2 times (core/a/lease.ts and core/b.ts and core/c/lease.ts)',
  );
});

it('finds a state of the state machine, and a file that has no definitions', () => {
  const asl = '{ "States": { "Plan": { "Next": "Stop" }, "Stop": { "Next": "Stop" } } }';
  expect(
    without({ 'a.asl.json': asl }, { in: 'a.asl.json#Plan', find: '"Stop"', replace: '"Go"' }),
  ).toBe(asl.replace('"Next": "Stop"', '"Next": "Go"'));
  expect(
    without({ 'a.css': '.a { color: red; }' }, { in: 'a.css', find: 'red', replace: 'blue' }),
  ).toBe('.a { color: blue; }');
});

it.each([
  [
    'a function that was renamed',
    { in: 'removeEach' },
    'guard a-guard, in removeEach: nothing has this name',
  ],
  [
    'a member that was renamed',
    { in: 'removeAll.x' },
    'guard a-guard, in removeAll.x: nothing has this name',
  ],
  [
    'code that was reworded',
    { find: 'if (good)' },
    'guard a-guard, in removeAll: its code is not there (a.ts)',
  ],
  [
    'code that is there twice',
    { find: 'bad' },
    'guard a-guard, in removeAll: its code is there 2 times (a.ts)',
  ],
])('names the guard of %s', (_, guard, message) => {
  expect(() => without({ 'a.ts': FUNCTION }, guard)).toThrow(message);
});

it('looks for code neither in comments, nor in tests', () => {
  const files = { 'a.ts': `/** if (bad) return; */\n${FUNCTION}`, 'test/a.test.ts': FUNCTION };
  expect(without(files, {})).toMatch(/^\/\*\* if \(bad\) return; \*\/\n.*nothing/);
});

it('finds tests by name wherever they are, and refuses a name that none or two have', () => {
  for (const name of ['core/lease', 'steps/lease', 'steps/removal']) {
    mkdirSync(path.join(root, 'test', path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, 'test', `${name}.test.ts`), '');
  }
  const filesOf = openTestFiles(root);
  expect(filesOf({ ...GUARD, tests: ['removal', 'core/lease'] })).toEqual([
    'test/steps/removal.test.ts',
    'test/core/lease.test.ts',
  ]);
  expect(() => filesOf({ ...GUARD, tests: ['lease'] })).toThrow(
    'guard a-guard: more than one test is named lease: test/core/lease.test.ts, test/steps/lease.test.ts',
  );
  expect(() => filesOf({ ...GUARD, tests: ['moval'] })).toThrow('no test is named moval.test.ts');
});
