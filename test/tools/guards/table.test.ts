import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROMISES } from '../../../tools/guards/guard.ts';
import { occurrences, withoutGuard } from '../../../tools/guards/mutate.ts';
import { renderTable, withTable } from '../../../tools/guards/safety-page.ts';
import { GUARDS } from '../../../tools/guards/table.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

// What `npm run guards` shows, only a run of it shows; this keeps its table from going stale.
describe.each(GUARDS.map((guard) => [guard.name, guard] as const))('guard %s', (_, guard) => {
  it('is in the code, exactly once, and taken out it is gone', () => {
    const source = read(guard.file);
    expect(occurrences(source, guard)).toBe(1);
    expect(withoutGuard(source, guard)).not.toBe(source);
  });

  it('names tests that there are', () => {
    expect(guard.tests).not.toEqual([]);
    for (const test of guard.tests)
      expect([test, existsSync(path.join(root, test))]).toEqual([test, true]);
  });
});

it('has each name once', () => {
  expect(new Set(GUARDS.map(({ name }) => name)).size).toBe(GUARDS.length);
});

it('has guards for every promise', () => {
  expect(new Set(GUARDS.map(({ promise }) => String(promise)))).toEqual(
    new Set(Object.keys(PROMISES)),
  );
});

it('is the table in docs/safety.md: `npm run guards -- --write` writes it', () => {
  expect(read('docs/safety.md')).toBe(withTable(read('docs/safety.md'), GUARDS));
  expect(renderTable(GUARDS).match(/^\| `/gm)).toHaveLength(GUARDS.length);
});
