import { readFileSync } from 'node:fs';
import { FILES, PAGES, rendered } from '../../docs/generate/run.ts';

it.each(Object.keys(PAGES))('docs/%s is what the code says; npm run docs writes it', (page) => {
  const { current, wanted } = rendered(page);
  // Prettier aligns tables and wraps lists; what they say is all that counts.
  const said = (text: string) => text.replace(/\s+/g, '').replace(/\|[-:|]+\|/g, '|-|');
  expect(firstDifference(said(current), said(wanted))).toEqual({ current: '', wanted: '' });
});

it.each(Object.entries(FILES))('docs/%s is made of what the code says', async (file, make) => {
  const committed = readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
  expect(firstDifference(committed, await make())).toEqual({ current: '', wanted: '' });
});

/** A page is long: where they part is enough. */
function firstDifference(current: string, wanted: string) {
  let at = 0;
  while (at < wanted.length && current[at] === wanted[at]) at += 1;
  return { current: current.slice(at, at + 80), wanted: wanted.slice(at, at + 80) };
}
