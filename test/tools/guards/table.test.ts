import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROMISES } from '../../../tools/guards/guard.ts';
import { withoutGuard } from '../../../tools/guards/mutate.ts';
import { renderTable, withTable } from '../../../tools/guards/safety-page.ts';
import { openSourceTree } from '../../../tools/guards/source-tree.ts';
import { GUARDS } from '../../../tools/guards/table.ts';
import { openTestFiles } from '../../../tools/guards/test-files.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const tree = openSourceTree(root);
const filesOf = openTestFiles(root);
const page = () => readFileSync(path.join(root, 'docs/safety.md'), 'utf8');

// What `npm run guards` shows, only a run of it shows; this keeps its table from going stale.
describe.each(GUARDS.map((guard) => [guard.name, guard] as const))('guard %s', (_, guard) => {
  it('is in the code, exactly once, and taken out it is gone', () => {
    const { source, without } = withoutGuard(tree, guard);
    expect(without).not.toBe(source);
  });

  it('names tests that there are', () => {
    expect(filesOf(guard)).not.toEqual([]);
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
  expect(page()).toBe(withTable(page(), GUARDS));
  expect(renderTable(GUARDS).match(/^\| `/gm)).toHaveLength(GUARDS.length);
});
