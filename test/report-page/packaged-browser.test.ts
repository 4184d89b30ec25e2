import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { openBrowser, packagedBrowser } from '../support/browser.ts';
import { openPage } from '../support/opened-page.ts';
import { aReport, someFindings } from '../support/report-pages.ts';

// A machine that has nothing but what `npm ci` brought.
it('runs the browser that comes with npm ci, with the libraries that come with it', async () => {
  const program = packagedBrowser();
  const library = program.env['LD_LIBRARY_PATH'] ?? '';
  const needed = execFileSync('ldd', [program.executablePath], {
    encoding: 'utf8',
    env: { ...process.env, ...program.env },
  });
  for (const name of ['libnss3.so', 'libnspr4.so'])
    expect(needed).toContain(`${name} => ${path.join(library, name)}`);
  expect(needed).not.toContain('not found');

  const browser = await openBrowser(program);
  const { page, complaints, close } = await openPage(
    browser,
    aReport({ findings: someFindings(30) }),
  );
  await page.getByText('30 of 30 findings').waitFor();
  const box = await page.getByRole('heading', { level: 1 }).boundingBox();
  expect(box?.height).toBeGreaterThan(10);
  expect(complaints).toEqual([]);
  await close();
  await browser.close();
});
