import type { Browser, Page } from 'playwright-core';
import type { Finding } from '../../../../core/model/verdict.ts';
import { wordsIn } from '../../../../core/words/words-in.ts';
import { formatSize } from '../../../../report/format/money.ts';
import { openForEach, openPage, type OpenedPage } from '../../../support/opened-page.ts';
import { aReport, someFindings } from '../../../support/report-pages.ts';
import { KIND } from '../../../support/summaries/builders.ts';
import { partialReport } from '../../../support/summaries/summaries.ts';

const FINDINGS = someFindings(300);
const REPORT = aReport({ findings: FINDINGS, summary: partialReport() });

let browser: Browser;
let opened: OpenedPage;
let page: Page;

openForEach(REPORT, (of) => {
  ({ browser, opened, page } = of);
});

const found = async () => page.locator('.found').textContent();
const rows = () => page.locator('.findings tbody tr:not(.details)');
const column = async (index: number) =>
  (
    await rows()
      .locator(`td:nth-child(${index + 1})`)
      .allTextContents()
  ).map((text) => text.trim());
/** Each that nothing keeps on purpose, what costs most first. */
const DEAREST = FINDINGS.filter(({ verdict }) => verdict !== 'KEEP').toSorted(
  (a, b) => (b.monthlyCostUsdUpTo ?? -1) - (a.monthlyCostUsdUpTo ?? -1),
);
const called = ({ tags, resourceId }: Finding) => `${tags['Name']} ${resourceId}`;
const header = (name: string) => page.locator('.findings thead th', { hasText: name });

describe('the table of findings', () => {
  it('shows the first page of what can be acted on, what costs most first, and says by what', async () => {
    expect(await found()).toBe('225 of 300 findings, page 1 of 9');
    expect(await rows().count()).toBe(25);
    expect(await rows().first().getByRole('button').textContent()).toBe(called(DEAREST[0]!));
    expect(await header('Cost').getAttribute('aria-sort')).toBe('descending');
  });

  it('sorts one way, the other way, and as it was', async () => {
    const size = header('Size');
    const initial = await column(7);
    await size.getByRole('button').click();
    expect(await size.getAttribute('aria-sort')).toBe('descending');
    const sizes = DEAREST.flatMap(({ sizeGiB }) => sizeGiB ?? []).toSorted((a, b) => b - a);
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
      await header('Days').getByRole('button').click();
      expect(await column(6)).not.toContain('unknown');
    }
    await page.getByLabel('Findings on a page').selectOption('500');
    const unknown = DEAREST.filter(({ ageDays }) => ageDays === null).map(() => 'unknown');
    expect(unknown.length).toBeGreaterThan(1);
    expect((await column(6)).slice(-unknown.length)).toEqual(unknown);
  });

  it('is turned over, and not beyond its ends', async () => {
    // Playwright waits for what aria-disabled says; people don't.
    await page.getByRole('button', { name: 'Previous page' }).click({ force: true });
    expect(await found()).toContain('page 1 of 9');
    const next = page.getByRole('button', { name: 'Next page' });
    await next.click();
    expect(await found()).toContain('page 2 of 9');
    expect(await rows().first().getByRole('button').textContent()).toBe(called(DEAREST[25]!));
    await page.getByLabel('Findings on a page').selectOption('100');
    expect(await found()).toContain('page 1 of 3');
    for (let i = 0; i < 4; i += 1) await next.click({ force: true });
    expect(await found()).toContain('page 3 of 3');
    expect(await next.getAttribute('aria-disabled')).toBe('true');
  });

  it('opens a finding with its evidence, its tags and how to keep it', async () => {
    const [first] = DEAREST;
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
    for (let i = 0; i < 3; i += 1) await header('Name').getByRole('button').click();
    expect(await rows().first().getByRole('button').getAttribute('aria-expanded')).toBe('true');
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
  await page.getByLabel('Kind').selectOption('=beacon');
  expect(await found()).toBe('0 of 4 findings, page 1 of 1');
  await page.getByRole('button', { name: 'Show 1 kept, too' }).click();
  expect(await found()).toBe('1 of 4 findings, page 1 of 1');
  expect(await rows().first().textContent()).toMatch(/beacon.*it shines/);
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

it('searches and sorts 50,000 findings', async () => {
  const findings = someFindings(50_000);
  const large = await openPage(browser, aReport({ findings, findingsInAll: 1_000_000 }));
  await large.page.getByText('37,500 of 50,000 findings, page 1 of 1,500').waitFor();
  await large.page.getByText('950,000 of 1,000,000 are not on this page').waitFor();
  await large.page.getByLabel('Search').fill('copy-31416-of');
  await large.page.getByText('1 of 50,000 findings, page 1 of 1').waitFor();
  await large.page.getByLabel('Search').fill('');
  await large.page.getByText('37,500 of 50,000 findings').waitFor();
  await large.page.locator('.findings thead').getByRole('button', { name: 'Size' }).click();
  const size = large.page.locator('.findings tbody tr').first().locator('td').nth(6);
  expect(await size.textContent()).toBe('3.9 TiB');
  expect(large.complaints).toEqual([]);
  await large.close();
});
