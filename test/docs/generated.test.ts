import { PAGES, rendered } from '../../docs/generate/run.ts';

it.each(Object.keys(PAGES))('docs/%s is what the code says; npm run docs writes it', (page) => {
  const { current, wanted } = rendered(page);
  const cells = (text: string) => text.replace(/ +/g, ' ').replace(/\|[-: |]+\|/g, '|-|');
  expect(cells(current)).toBe(cells(wanted));
});
