import { existsSync, readFileSync } from 'node:fs';
import { GUARDS } from '../../tools/guards/table.ts';
import { historyKeys, keysOf } from '../../store/keys.ts';

const page = readFileSync(new URL('../../docs/threat-model.md', import.meta.url), 'utf8');
const table = page.slice(page.indexOf('## What a forged file could do'));
const rows = table.split('\n').filter((line) => line.startsWith('| `'));
const named = rows.flatMap((row) =>
  [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
);

it('goes through every file that there is, each once', () => {
  const keys = [...Object.keys(keysOf('e1')), ...Object.keys(historyKeys)].filter(
    (name) => name !== 'root' && !name.endsWith('Prefix'),
  );
  expect(named.toSorted()).toEqual([...keys, 'PRICES_KEY', 'leaseKey'].toSorted());
});

it('names guards and tests that are there', () => {
  const guards = [...table.matchAll(/guards? ((?:`[\w-]+`(?:, )?)+)/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/`([\w-]+)`/g)].map(([, name]) => name),
  );
  expect(guards.length).toBeGreaterThan(8);
  for (const guard of guards) expect(GUARDS.map(({ name }) => name)).toContain(guard);
  const tests = [...table.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, file = '']) => file);
  expect(tests.length).toBeGreaterThan(3);
  for (const file of tests) {
    expect([file, existsSync(new URL(`../${file}`, import.meta.url))]).toEqual([file, true]);
  }
});
