import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import {
  type BrowserProgram,
  findBrowser,
  openBrowser,
  packagedBrowser,
} from '../../support/browser.ts';
import { openPage } from '../../support/opened-page.ts';
import { aReport, someFindings } from '../../support/report-pages.ts';

// A machine that has nothing but what `npm ci` brought: unpacked anew, and then moved. It is made
// for Linux on x64; elsewhere tests take another browser, and this one can't be tried.
const it = `${process.platform}-${process.arch}` === 'linux-x64' ? test : test.skip;
const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-browser-'));
let program: BrowserProgram;
let browser: Browser;

beforeAll(async () => {
  const [first, then] = [path.join(folder, 'a'), path.join(folder, 'moved & elsewhere')];
  mkdirSync(first);
  packagedBrowser(first);
  renameSync(first, then);
  program = packagedBrowser(then);
  browser = await openBrowser(program);
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

it('brings the libraries that bare machines lack', () => {
  const library = program.env['LD_LIBRARY_PATH'] ?? '';
  const needed = execFileSync('ldd', [program.executablePath], {
    encoding: 'utf8',
    env: { ...process.env, ...program.env },
  });
  for (const name of ['libnss3.so', 'libnspr4.so'])
    expect(needed).toContain(`${name} => ${path.join(library, name)}`);
  expect(needed).not.toContain('not found');
});

it('looks for fonts in its own folder only, which no earlier run can have filled elsewhere', () => {
  const file = program.env['FONTCONFIG_FILE'] ?? '';
  const places = [...readFileSync(file, 'utf8').matchAll(/<(dir|cachedir|include)\b.*>/g)];
  expect(places.map(([line]) => line)).toEqual(['<dir prefix="relative">fonts/fonts</dir>']);
});

it('shows every kind of element, in the font that it brought', async () => {
  const page = await browser.newPage();
  const elements = ['h1', 'pre', 'input', 'select', 'button'];
  await page.setContent(
    '<h1>a</h1><pre>a</pre><input value="a"><select><option>a</select><button>a</button>',
  );
  for (const element of elements)
    expect([element, await fontsOf(page, element)]).toEqual([element, ['Open Sans']]);
  await page.close();
});

it('opens the report, and says nothing', async () => {
  const html = aReport({ findings: someFindings(30) });
  const { page, complaints, close } = await openPage(browser, html);
  await page.getByText('23 of 30 findings').waitFor();
  const box = await page.getByRole('heading', { level: 1 }).boundingBox();
  expect(box?.height).toBeGreaterThan(10);
  expect(complaints).toEqual([]);
  await close();
});

it('is what tests take, whatever is installed; another only by its name', () => {
  expect(findBrowser('linux-x64', undefined)).toEqual(packagedBrowser());
  expect(findBrowser('linux-x64', '/opt/mine')).toEqual({
    executablePath: '/opt/mine',
    args: [],
    env: {},
  });
});

async function fontsOf(page: Page, selector: string): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map(({ familyName }) => familyName.replace(' (Fontations)', ''));
}
