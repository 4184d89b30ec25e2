import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { findingsLink } from '../../../report/page/findings/filter-link.ts';
import { formatSize } from '../../../report/format/money.ts';
import { openBrowser } from '../../support/browser.ts';
import type { HeldRemoval } from '../../../core/plan/plan.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import type { Planned } from '../../../report/page/findings/fate.ts';
import {
  aRemoval,
  aRemovalOutcome,
  daysBefore,
  KIND,
  NOW,
} from '../../support/summaries/builders.ts';
import { openPage, type OpenedPage, watch } from '../../support/opened-page.ts';
import { aReport, someFindings } from '../../support/report-pages.ts';
import { mixedRemovals, partialReport } from '../../support/summaries/summaries.ts';

const FINDINGS = someFindings(300);
const REPORT = aReport({ findings: FINDINGS, summary: partialReport() });

let browser: Browser;
let opened: OpenedPage;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => browser.close());

beforeEach(async () => {
  opened = await openPage(browser, REPORT);
  page = opened.page;
  await page.getByRole('status').waitFor();
});

afterEach(async () => {
  const { complaints, requests } = opened;
  await opened.close();
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
});

const found = async () => page.locator('.found').textContent();
const rows = () => page.locator('.findings tbody tr:not(.details)');
const column = async (index: number) =>
  (
    await rows()
      .locator(`td:nth-child(${index + 1})`)
      .allTextContents()
  ).map((text) => text.trim());
const header = (name: string) => page.locator('.findings thead th', { hasText: name });

describe('the table of findings', () => {
  it('shows the first page of all, the dearest stale first', async () => {
    expect(await found()).toBe('300 of 300 findings, page 1 of 12');
    expect(await rows().count()).toBe(25);
    const [dearest] = FINDINGS;
    expect(await rows().first().getByRole('button').textContent()).toBe(dearest?.resourceId);
  });

  it('sorts one way, the other way, and as it was', async () => {
    const size = header('Size');
    const initial = await column(7);
    await size.getByRole('button').click();
    expect(await size.getAttribute('aria-sort')).toBe('descending');
    const sizes = FINDINGS.flatMap(({ sizeGiB }) => sizeGiB ?? []).toSorted((a, b) => b - a);
    expect(await column(7)).toEqual(sizes.slice(0, 25).map(formatSize));
    await size.getByRole('button').click();
    expect(await size.getAttribute('aria-sort')).toBe('ascending');
    expect(await column(7)).toEqual(sizes.toReversed().slice(0, 25).map(formatSize));
    await size.getByRole('button').click();
    expect(await size.getAttribute('aria-sort')).toBeNull();
    expect(await column(7)).toEqual(initial);
  });

  it('sorts what has no figure last, whichever way', async () => {
    for (const _way of ['descending', 'ascending']) {
      await header('Age, days').getByRole('button').click();
      expect(await column(6)).not.toContain('unknown');
    }
    await page.getByLabel('Findings on a page').selectOption('500');
    expect((await column(6)).slice(-6)).toEqual(Array.from({ length: 6 }, () => 'unknown'));
  });

  it('finds every word in anything it knows, whatever its case', async () => {
    await page.getByLabel('Search').fill('SHOP-prod  team-3');
    const wanted = FINDINGS.filter(
      ({ accountId, tags }) => accountId === '111122223333' && tags['team']?.startsWith('team-3'),
    );
    expect(wanted.length).toBeGreaterThan(0);
    await page.getByText(`${wanted.length} of 300 findings`).waitFor();
    await page.getByLabel('Search').fill('there is no such thing');
    await page.getByText('0 of 300 findings, page 1 of 1').waitFor();
    expect(await page.getByText('Nothing matches.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    expect(await found()).toBe('300 of 300 findings, page 1 of 12');
    expect(await page.getByLabel('Search').inputValue()).toBe('');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
    expect(await page.getByText('Nothing matches.').isVisible()).toBe(false);
  });

  it('shows what a link asks for, and says so, until all are asked for again', async () => {
    const account = FINDINGS[0]!.accountId;
    const wanted = FINDINGS.filter((of) => of.accountId === account && of.verdict !== 'KEEP');
    expect(wanted.length).toBeLessThan(FINDINGS.length);
    await page.evaluate(`location.hash = '${findingsLink({ account })}'`);
    await page.getByText(`Narrowed to account ${account}.`).waitFor();
    expect(await found()).toMatch(new RegExp(`^${wanted.length} of 300 findings`));
    // Another part of the page is no other question.
    await page.evaluate(`location.hash = '#settings'`);
    await page.getByRole('button', { name: 'Next page' }).click();
    expect(await found()).toMatch(new RegExp(`^${wanted.length} of 300 findings`));
    expect(await page.getByText(`Narrowed to account ${account}.`).isVisible()).toBe(true);
    await page.evaluate(`location.hash = '#findings?nobody=knows'`);
    await page.getByText('Not understood: nobody=knows.').waitFor();
    expect(await found()).toMatch(/^300 of 300 findings/);
    await page.goBack();
    await page.goBack();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText('Narrowed to').waitFor({ state: 'hidden' });
    expect(await found()).toMatch(/^300 of 300 findings/);
  });

  it('finds what the evidence says', async () => {
    await page.getByLabel('Search').fill('copy-217-of-NIGHT');
    await page.getByText('1 of 300 findings, page 1 of 1').waitFor();
    await rows().getByRole('button').click();
    expect(await page.locator('.detail').textContent()).toContain('copy-217-of-night');
  });

  it.each([
    ['Verdict', 'UNKNOWN', FINDINGS.filter(({ verdict }) => verdict === 'UNKNOWN')],
    ['Reason', 'LOCKED', FINDINGS.filter(({ reasons }) => reasons.includes('LOCKED'))],
    ['Account', '222222223333', FINDINGS.filter(({ accountId }) => accountId === '222222223333')],
    ['Region', 'us-east-1', FINDINGS.filter(({ region }) => region === 'us-east-1')],
  ])('shows only what has the chosen %s', async (label, value, wanted) => {
    expect(wanted.length).toBeGreaterThan(10);
    await page.getByLabel('Findings', { exact: true }).getByLabel(label).selectOption(value);
    expect(await found()).toMatch(new RegExp(`^${wanted.length} of 300 findings, page 1 of`));
    await page.getByLabel('Findings', { exact: true }).getByLabel(label).selectOption('');
    expect(await found()).toBe('300 of 300 findings, page 1 of 12');
  });

  it('is turned over, and not beyond its ends', async () => {
    // Playwright waits for what aria-disabled says; people don't.
    await page.getByRole('button', { name: 'Previous page' }).click({ force: true });
    expect(await found()).toContain('page 1 of 12');
    const next = page.getByRole('button', { name: 'Next page' });
    await next.click();
    expect(await found()).toContain('page 2 of 12');
    expect(await rows().first().getByRole('button').textContent()).toBe(FINDINGS[25]?.resourceId);
    await page.getByLabel('Findings on a page').selectOption('100');
    expect(await found()).toContain('page 1 of 3');
    for (let i = 0; i < 4; i += 1) await next.click({ force: true });
    expect(await found()).toContain('page 3 of 3');
    expect(await next.getAttribute('aria-disabled')).toBe('true');
  });

  it('opens a finding with its evidence, its tags and how to keep it', async () => {
    const [first] = FINDINGS;
    const toggle = rows().first().getByRole('button');
    expect(await toggle.getAttribute('aria-expanded')).toBe('false');
    await toggle.click();
    expect(await toggle.getAttribute('aria-expanded')).toBe('true');
    const detail = page.locator(`#${await toggle.getAttribute('aria-controls')}`);
    const text = await detail.textContent();
    for (const said of [first?.evidence['description'], first?.tags['team']])
      expect(text).toContain(said);
    expect(await detail.locator('code.command').textContent()).toBe(
      `aws ec2 create-tags --region ${first?.region} --resources ${first?.resourceId} --tags Key=orgsweep:protect,Value=yes`,
    );
    await toggle.click();
    expect(await detail.isHidden()).toBe(true);
  });

  it('keeps open what was opened, wherever sorting takes it', async () => {
    await rows().first().getByRole('button').click();
    await header('Resource').getByRole('button').click();
    await header('Resource').getByRole('button').click();
    await header('Resource').getByRole('button').click();
    expect(await rows().first().getByRole('button').getAttribute('aria-expanded')).toBe('true');
  });

  it('does all of that by the keyboard alone', async () => {
    await page.getByLabel('Search').focus();
    await page.keyboard.type('shop-test');
    await page.getByText('100 of 300 findings').waitFor();
    for (const _control of ['verdict', 'fate', 'reason', 'account', 'region', 'table', 'resource'])
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await header('Resource').getAttribute('aria-sort')).toBe('ascending');
    for (const _column of Array.from({ length: 10 })) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.locator('.detail').count()).toBe(1);
    // Into the opened finding: to its copy button.
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Copy');
    await page.getByRole('button', { name: 'Next page' }).focus();
    await page.keyboard.press('Enter');
    expect(await found()).toContain('page 2 of 4');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Next page');
  });
});

it('tells kinds apart where there are several, each reason in the words of its own', async () => {
  expect(await page.getByLabel('Kind').count()).toBe(0);
  await opened.close();
  const beacon = { one: 'beacon', many: 'beacons', reasons: { KEEP: { IN_USE: 'it shines' } } };
  const mixed = FINDINGS.slice(0, 4).map((finding, i) =>
    i === 0
      ? { ...finding, kind: 'beacon', verdict: 'KEEP' as const, reasons: ['IN_USE'] }
      : finding,
  );
  const summary = { ...partialReport(), words: { ...wordsIn({}), beacon } };
  summary.input = { ...summary.input, kinds: [KIND, 'beacon'] };
  opened = await openPage(browser, aReport({ findings: mixed, summary }));
  page = opened.page;
  await page.getByLabel('Kind').selectOption('beacon');
  expect(await found()).toBe('1 of 4 findings, page 1 of 1');
  expect(await rows().first().textContent()).toMatch(/beacon.*it shines IN_USE/);
  await rows().first().getByRole('button').click();
  expect(await page.locator('.details:not([hidden])').textContent()).toContain(
    'To keep it, tag it with orgsweep:protect.',
  );
  expect(await page.locator('.controls').textContent()).toContain('IN_USE: it shines');
});

it('copies a command, with or without a clipboard', async () => {
  await rows().first().getByRole('button').click();
  const copy = page.locator('.detail .copy');
  await copy.click();
  await copy.filter({ hasText: 'Copied' }).waitFor();
  await page.evaluate('navigator.clipboard.writeText = async () => { throw new Error("no") }');
  await copy.filter({ hasText: /^Copy$/ }).waitFor();
  await copy.click();
  await copy.filter({ hasText: 'Copied' }).waitFor();
  const command = await page.locator('.detail code.command').textContent();
  expect(await page.evaluate('String(getSelection())')).toBe(command);
});

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

it('answers what would go, and what is held back until when', async () => {
  const stale = FINDINGS.filter(({ verdict }) => verdict === 'STALE');
  const planned = new Map<Finding, Planned>(
    stale.map((finding, i) => {
      const { accountId, region, resourceId } = finding;
      const entry: HeldRemoval = {
        ...{ kind: KIND, accountId, region, resourceId, sizeGiB: 8, staleSince: NOW.toISOString() },
        held: ['IN_GRACE'],
      };
      const removal = aRemoval({ accountId, region, resourceId });
      return [finding, { entry: i < 20 ? removal : entry, graceDays: 14 }];
    }),
  );
  const [gone] = FINDINGS.filter(({ verdict }) => verdict === 'UNKNOWN');
  const other = await openPage(
    browser,
    aReport({
      findings: FINDINGS,
      plannedFor: (finding) => planned.get(finding),
      removals: [gone!].map(({ accountId, region, resourceId }) =>
        aRemovalOutcome({ accountId, region, resourceId }),
      ),
    }),
  );
  const count = async (text: string) => other.page.getByText(`${text} of 300 findings`).waitFor();
  const fate = other.page.getByLabel('Findings', { exact: true }).getByLabel('What happens');
  await fate.selectOption({ label: 'deletable now' });
  await count('20');
  await fate.selectOption('IN_GRACE');
  await count(`${stale.length - 20}`);
  await other.page.locator('.findings tbody').getByRole('button').first().click();
  expect(await other.page.locator('.detail').textContent()).toContain(
    'What to doHeld back: seen unused since 21 November 2026; it can be deleted from 5 December 2026.',
  );
  await fate.selectOption('');
  // No row that only could be removed, or wasn't.
  await other.page.getByLabel('Search').fill('removed');
  await count('1');
  expect(await other.page.locator('.findings tbody').textContent()).toContain(gone?.resourceId);
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
  await local.getByText('300 of 300 findings').waitFor();
  await local.getByLabel('Search').fill('shop-test');
  await local.getByText('100 of 300 findings').waitFor();
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  await context.close();
  rmSync(folder, { recursive: true });
});

it('searches and sorts 50,000 findings', async () => {
  const findings = someFindings(50_000);
  const large = await openPage(browser, aReport({ findings, findingsInAll: 1_000_000 }));
  await large.page.getByText('50,000 of 50,000 findings, page 1 of 2,000').waitFor();
  await large.page.getByText('950,000 of 1,000,000 are not on this page').waitFor();
  await large.page.getByLabel('Search').fill('copy-31415-of');
  await large.page.getByText('1 of 50,000 findings, page 1 of 1').waitFor();
  await large.page.getByLabel('Search').fill('');
  await large.page.getByText('50,000 of 50,000 findings').waitFor();
  await large.page.locator('.findings thead').getByRole('button', { name: 'Size' }).click();
  const size = large.page.locator('.findings tbody tr').first().locator('td').nth(6);
  expect(await size.textContent()).toBe('3.9 TiB');
  expect(large.complaints).toEqual([]);
  await large.close();
});
