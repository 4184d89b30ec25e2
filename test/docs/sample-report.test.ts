import { SCRIPT, STYLE } from '../../report/page/browser.generated.ts';
import { readPage } from './page.ts';

const sample = readPage('docs/sample-report.html');

it('is the page as it is made today: else `npm run pictures` makes it anew', () => {
  expect(sample.includes(SCRIPT)).toBe(true);
  expect(sample.includes(STYLE)).toBe(true);
});

it('names no folder of the machine it was made on', () => {
  const folders = sample.match(/\/(?:tmp|work|root|var|home|Users)\/[\w.-]+/g) ?? [];
  expect(folders.length).toBeGreaterThan(0);
  expect(new Set(folders)).toEqual(new Set(['/home/you']));
});

it('is linked from the README', () => {
  expect(readPage('README.md')).toContain('(docs/sample-report.html)');
});
