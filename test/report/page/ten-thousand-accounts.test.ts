import type { Browser } from 'playwright-core';
import { renderChat } from '../../../report/message/chat.ts';
import { gapsSection } from '../../../report/gaps/gaps-section.ts';
import { toText } from '../../../report/parts/section.ts';
import { renderTable } from '../../../report/terminal/terminal-table.ts';
import { renderText } from '../../../report/message/text.ts';
import { chartsOf } from '../../../report/page/charts/index.ts';
import { openBrowser } from '../../support/browser.ts';
import { hugeOrganization, manyAccounts } from '../../support/organizations/huge-organization.ts';
import { openPage } from '../../support/opened-page.ts';
import { aReport, someFindings } from '../../support/report-pages.ts';

const FINDINGS = 3000;
/** Of both pages: what is in one grows up to its caps, and no further. */
const MOST_ELEMENTS = 10_000;
const MOST_BYTES = 600_000;

/** As an execution over so many accounts leaves it; the same number of findings, over all of them. */
async function pageOf(count: number) {
  const { summary, outcomes } = hugeOrganization(count);
  const accounts = manyAccounts(count);
  const findings = someFindings(FINDINGS).map((finding, i) => ({
    ...finding,
    accountId: accounts[(i * 7919) % count]?.accountId ?? '',
  }));
  const html = aReport({
    ...{ summary, findings },
    charts: chartsOf(summary, outcomes),
    accountNames: new Map(accounts.map((of) => [of.accountId, of.accountName])),
  });
  return { summary, html };
}

let browser: Browser;
let few: Awaited<ReturnType<typeof pageOf>>;
let many: Awaited<ReturnType<typeof pageOf>>;
beforeAll(async () => {
  browser = await openBrowser();
  few = await pageOf(400);
  many = await pageOf(10_000);
});
afterAll(async () => browser.close());

/** Once its script has shown the findings. */
async function elementsOf(html: string): Promise<number> {
  const { page, close } = await openPage(browser, html);
  await page.locator('#all-findings').waitFor();
  const count = await page.locator('*').count();
  await close();
  return count;
}

it('has what it is about: money in ten thousand accounts, and thousands of gaps of all causes', () => {
  const { coverage, byAccount } = many.summary;
  expect(coverage.inScope + coverage.acceptedGaps.length).toBeGreaterThan(150_000);
  expect(coverage.gaps.length).toBeGreaterThan(4000);
  expect(Object.keys(byAccount).length).toBeGreaterThan(9500);
});

it('the page has no more elements than may have that of 400 accounts', async () => {
  const [ofFew, ofMany] = [await elementsOf(few.html), await elementsOf(many.html)];
  expect([ofFew, ofMany].filter((count) => count > MOST_ELEMENTS)).toEqual([]);
});

it('the page weighs no more than may weigh that of 400 accounts', () => {
  const [ofFew, ofMany] = [few.html.length, many.html.length];
  expect([ofFew, ofMany].filter((bytes) => bytes > MOST_BYTES)).toEqual([]);
});

it('the mail has at most sixty lines, as that of few accounts', () => {
  for (const { summary } of [few, many]) {
    const lines = renderText(summary).body.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(toText(gapsSection(summary)).slice(1).length).toBeLessThanOrEqual(10);
  }
});

it('the mail has a command that retries, and what accepts gaps, although there are 29 causes', () => {
  const { body } = renderText(many.summary);
  expect(body).toContain('orgsweep start --retry weekly-2026-11-21 --hub');
  expect(body).toContain('accepted.json');
});

it('chat and terminal take it, as they take the first of few accounts', () => {
  expect(renderChat(many.summary).length).toBeLessThan(renderChat(few.summary).length * 1.1);
  expect(renderTable(many.summary, 100).length).toBeLessThanOrEqual(
    renderTable(few.summary, 100).length,
  );
});
