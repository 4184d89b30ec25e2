import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GUARDS } from '../../tools/guards/table.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/threat-model.md'), 'utf8');
const guardNames = new Set(GUARDS.map(({ name }) => name));

const namedGuards = [...page.matchAll(/guards? ((?:`[a-z-]+`(?:, )?)+)/g)].flatMap(
  ([, list = '']) => [...list.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
);
const namedTests = [...page.matchAll(/`([a-z-]+\/[\w/-]+\.test\.ts)`/g)].map(
  ([, file = '']) => file,
);

it.each([...new Set(namedGuards)])(
  'the threat model names the guard %s, which there is',
  (name) => {
    expect(guardNames).toContain(name);
  },
);

it.each([...new Set(namedTests)])('the threat model names %s, which there is', (file) => {
  expect(existsSync(path.join(root, 'test', file))).toBe(true);
});

it('says of each story what stops it, by a guard or a test, or that nothing does', () => {
  const stories = page.split('\n### ').slice(1);
  expect(stories.length).toBeGreaterThan(10);
  for (const story of stories) {
    const [title] = story.split('\n');
    const stops = /\*\*Stopped by:\*\*.*/.exec(story)?.[0] ?? '';
    expect([title, /guards? `|\.test\.ts`|nothing/.test(stops)]).toEqual([title, true]);
  }
});
