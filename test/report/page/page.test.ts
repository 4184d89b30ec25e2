import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { aRemovalOutcome, daysBefore } from '../../support/summaries/builders.ts';
import { openForEach, openPage, watch } from '../../support/opened-page.ts';
import { aReport, someFindings } from '../../support/report-pages.ts';
import { mixedRemovals, partialReport } from '../../support/summaries/summaries.ts';

const FINDINGS = someFindings(300);
const REPORT = aReport({ findings: FINDINGS, summary: partialReport() });

let browser: Browser;
let page: Page;

openForEach(REPORT, (of) => {
  ({ browser, page } = of);
});

const rows = () => page.locator('.findings tbody tr:not(.details)');

it('prints the first findings instead of one page of the table', async () => {
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('#all-findings').isVisible()).toBe(false);
  expect(await page.locator('#first-findings tbody tr').count()).toBe(50);
  expect(await page.locator('#first-findings table').isVisible()).toBe(true);
  const said = page.getByText('The 50 with the highest cost and size, of 300.');
  expect(await said.isVisible()).toBe(true);
});

it.each([
  ['a report', partialReport(), ['plan']],
  ['removals', mixedRemovals(), ['removals', 'plan']],
])('leads to its parts in their order, by their headings: %s', async (_of, summary, folded) => {
  const wanted = [...['funnel', 'to-do', 'pictures', 'findings', 'not-seen', 'change', 'appendix']];
  const other = await openPage(browser, aReport({ findings: FINDINGS, summary }));
  const targets = await other.page.evaluate(
    `[...document.querySelectorAll('nav[aria-label="On this page"] a')].map((one) => one.hash.slice(1))`,
  );
  const idsOf = async (of: string) =>
    other.page.evaluate(`[...document.querySelectorAll('${of}')].map(({ id }) => id)`);
  expect(targets).toEqual(wanted);
  expect(await idsOf('main section')).toEqual(wanted);
  expect(await idsOf('#appendix > .part')).toEqual([...folded, 'settings', 'notes']);
  const texts = async (of: string) => other.page.locator(of).allTextContents();
  expect(await texts('nav[aria-label="On this page"] a')).toEqual(await texts('main h2'));
  await other.close();
});

it('prints dark on white, whatever the screen shows', async () => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
    'rgb(255, 255, 255)',
  );
});

it('fits on paper', async () => {
  const long = FINDINGS.slice(0, 3).map((finding) => ({
    ...finding,
    tags: { Name: 'x'.repeat(256) },
  }));
  const other = await openPage(browser, aReport({ findings: long, summary: mixedRemovals() }));
  await other.page.emulateMedia({ media: 'print' });
  await other.page.setViewportSize({ width: 720, height: 1000 });
  expect(await other.page.evaluate('document.documentElement.scrollWidth')).toBe(720);
  await other.close();
});

it('fits a narrow screen', async () => {
  await page.setViewportSize({ width: 400, height: 800 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
});

it.each([
  ['light', 1280],
  ['dark', 400],
] as const)(
  'has nothing that axe finds fault with, %s and %i pixels wide',
  async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await rows().first().getByRole('button').click();
    await page.evaluate(
      'for (const fold of document.querySelectorAll("details")) fold.open = true',
    );
    await page.evaluate(axe.source);
    const { violations, passes } = (await page.evaluate('axe.run(document)')) as axe.AxeResults;
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['color-contrast', 'aria-valid-attr-value', 'td-headers-attr']),
    );
  },
);

it('shows of removals how they ended, and how to take each back', async () => {
  const removals = FINDINGS.slice(0, 2).map(({ accountId, region, resourceId }, i) =>
    aRemovalOutcome({
      ...{ accountId, region, resourceId },
      ...(i === 0 ? { restorableUntil: daysBefore(-7) } : { outcome: 'DENIED' as const }),
    }),
  );
  const other = await openPage(
    browser,
    aReport({ findings: FINDINGS, summary: mixedRemovals(), removals }),
  );
  const first = FINDINGS[0]?.resourceId ?? '';
  await other.page.getByRole('button', { name: first }).click();
  expect(await other.page.locator('.detail code.command').textContent()).toBe(
    `orgsweep restore weekly-2026-11-21 --hub --resource ${first}`,
  );
  expect(await other.page.locator('#removals code.command').textContent()).toBe(
    'orgsweep restore weekly-2026-11-21 --hub',
  );
  expect(other.complaints).toEqual([]);
  await other.close();
});

it('works without its script: the first findings are there', async () => {
  const plain = await openPage(browser, REPORT, { javaScriptEnabled: false });
  expect(await plain.page.locator('#first-findings table').isVisible()).toBe(true);
  expect(await plain.page.locator('#first-findings tbody tr').count()).toBe(50);
  expect(await plain.page.getByText('findings.csv has them all').isVisible()).toBe(true);
  expect(plain.requests).toEqual([]);
  await plain.close();
});

it('opens from a file, without any network', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-report-'));
  const file = path.join(folder, 'report.html');
  writeFileSync(file, REPORT);
  const context = await browser.newContext({ offline: true });
  const local = await context.newPage();
  const { complaints, requests } = watch(local);
  await local.goto(pathToFileURL(file).href);
  await local.getByText('225 of 300 findings').waitFor();
  await local.getByLabel('Search').fill('shop-test');
  await local.getByText('75 of 300 findings').waitFor();
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  await context.close();
  rmSync(folder, { recursive: true });
});
