import { PAGES, rendered } from '../../docs/generate/run.ts';

it.each(Object.keys(PAGES))('docs/%s is what the code says; npm run docs writes it', (page) => {
  const { current, wanted } = rendered(page);
  // Prettier aligns tables and wraps lists; what they say is all that counts.
  const said = (text: string) => text.replace(/\s+/g, '').replace(/\|[-:|]+\|/g, '|-|');
  expect(said(current)).toBe(said(wanted));
});
