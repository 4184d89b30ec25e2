import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import type { Finding } from '../../../../core/model/verdict.ts';
import type { HeldRemoval } from '../../../../core/plan/plan.ts';
import { findingsLink } from '../../../../report/page/findings/filter-link.ts';
import type { Planned } from '../../../../report/page/findings/fate.ts';
import { openForEach, openPage, type OpenedPage } from '../../../support/opened-page.ts';
import { aReport, someFindings } from '../../../support/report-pages.ts';
import { aRemoval, aRemovalOutcome, KIND, NOW } from '../../../support/summaries/builders.ts';
import { partialReport } from '../../../support/summaries/summaries.ts';

const FINDINGS = someFindings(300);
const REPORT = aReport({ findings: FINDINGS, summary: partialReport() });
const TO_ACT_ON = FINDINGS.filter(({ verdict }) => verdict !== 'KEEP');
const ACCOUNT = TO_ACT_ON[0]!.accountId;

let browser: Browser;
let opened: OpenedPage;
let page: Page;

openForEach(REPORT, (of) => {
  ({ browser, opened, page } = of);
});

const count = async (count: number) => page.getByText(`${count} of 300 findings`).waitFor();
const counted = (test: (of: Finding) => boolean) => {
  const found = TO_ACT_ON.filter(test).length;
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(TO_ACT_ON.length);
  return found;
};
const chips = async () =>
  (await page.locator('.chip').allTextContents()).map((text) =>
    text.replace(/^Take away the filter |\u00d7$/g, ''),
  );
const fragment = async () => (await page.evaluate('location.hash')) as string;
const control = (label: string) =>
  page.getByLabel('Findings', { exact: true }).getByLabel(new RegExp(`^${label}`));

it('finds every word in anything it knows, whatever its case, and keeps it in the address', async () => {
  await page.getByLabel('Search').fill('SHOP-prod  team-3');
  await count(
    counted(
      ({ accountId, tags }) => accountId === '111122223333' && tags['team']!.startsWith('team-3'),
    ),
  );
  expect(await fragment()).toBe('#findings?text=SHOP-prod++team-3');
  await page.getByLabel('Search').fill('copy-216-of-NIGHT');
  await count(1);
  await page.locator('.findings .toggle').click();
  expect(await page.locator('.detail').textContent()).toContain('copy-216-of-night');
  await page.getByLabel('Search').fill('there is no such thing');
  await page.getByText('0 of 300 findings, page 1 of 1').waitFor();
  expect(await page.getByText('Nothing matches.').isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Without "Search": 225 findings' }).click();
  await count(225);
  expect(await fragment()).toBe('#findings');
  expect(await page.getByLabel('Search').inputValue()).toBe('');
  expect(await page.evaluate('document.activeElement.id')).toBe('search');
  expect(await page.getByText('Nothing matches.').isVisible()).toBe(false);
  // Typed one after the other, they are one step back.
  await page.goBack();
  await count(0);
  await page.goBack();
  await count(225);
});

it.each([
  ['Verdict', 'UNKNOWN', FINDINGS.filter(({ verdict }) => verdict === 'UNKNOWN')],
  ['Reason', 'LOCKED', FINDINGS.filter(({ reasons }) => reasons.includes('LOCKED'))],
  ['What happens', 'KEPT', FINDINGS.filter(({ verdict }) => verdict === 'KEEP')],
  ['Account', '222222223333', TO_ACT_ON.filter(({ accountId }) => accountId === '222222223333')],
  ['Region', 'us-east-1', TO_ACT_ON.filter(({ region }) => region === 'us-east-1')],
])('shows only what has the chosen %s, and of each how many', async (label, value, wanted) => {
  expect(wanted.length).toBeGreaterThan(10);
  const option = control(label).locator(`option[value="=${value}"]`);
  expect(await option.textContent()).toContain(`(${wanted.length})`);
  await control(label).selectOption(`=${value}`);
  await count(wanted.length);
  await control(label).selectOption('');
  await count(225);
});

it('shows only what has a tag, and what is old, large or expensive enough', async () => {
  await control('Tag').fill('team=team-2');
  await control('Tag').press('Enter');
  const isOfTeam = ({ tags }: Finding) => tags['team'] === 'team-2';
  await count(counted(isOfTeam));
  await control('Tag').fill('');
  await control('Tag').press('Enter');
  for (const [label, least, figureOf] of [
    ['Min. days', 900, (of: Finding) => of.ageDays],
    ['Min. GiB', 1500.5, (of: Finding) => of.sizeGiB],
    ['Min. USD', 80, (of: Finding) => of.monthlyCostUsdUpTo],
  ] as const) {
    await control(label).fill(String(least));
    await control(label).press('Enter');
    await count(counted((of) => (figureOf(of) ?? -1) >= least));
    await control(label).fill('');
    await control(label).press('Enter');
  }
  await count(225);
});

it('says what is set, each to be taken away, or all of it', async () => {
  await page.evaluate(
    `location.hash = '${findingsLink({ account: [ACCOUNT, '999'], verdict: 'STALE', minUsd: 20 })}'`,
  );
  await count(
    counted(
      (of) =>
        of.accountId === ACCOUNT && of.verdict === 'STALE' && (of.monthlyCostUsdUpTo ?? 0) >= 20,
    ),
  );
  expect(await chips()).toEqual([
    `Account: shop-prod (${ACCOUNT})`,
    'Account: 999',
    'Verdict: unused',
    'USD a month, at least: 20',
  ]);
  expect(await control('Account').locator('option:checked').textContent()).toBe('2 chosen');
  await page.locator('.chip', { hasText: 'USD' }).click();
  await count(counted((of) => of.accountId === ACCOUNT && of.verdict === 'STALE'));
  expect(await page.evaluate('document.activeElement.textContent')).toContain('Verdict');
  await page.locator('.chip', { hasText: '999' }).click();
  expect(await fragment()).toBe(findingsLink({ account: ACCOUNT, verdict: 'STALE' }));
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await count(225);
  expect(await page.locator('.chip').count()).toBe(0);
});

it('shows what a link asks for, until all are asked for again', async () => {
  const wanted = counted(({ accountId }) => accountId === ACCOUNT);
  await page.evaluate(`location.hash = '${findingsLink({ account: ACCOUNT })}'`);
  await count(wanted);
  // Another part of the page is no other question.
  await page.evaluate(`location.hash = '#settings'`);
  await page.getByRole('button', { name: 'Next page' }).click();
  await count(wanted);
  expect(await chips()).toEqual([`Account: shop-prod (${ACCOUNT})`]);
  await page.evaluate(`location.hash = '#findings?nobody=knows&sort=luck'`);
  const told = page.getByText('Left out of the link, as this page does not know it');
  expect(await told.textContent()).toMatch(/: nobody=knows, sort=luck$/);
  await count(225);
  await page.goBack();
  await count(wanted);
  expect(await told.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await count(225);
});

it('opens at the findings where a link asks for some, sorted and as long as it says', async () => {
  const link = findingsLink({ verdict: 'STALE' }, { sort: 'size', rows: 100 });
  const one = await openPage(browser, REPORT, { reducedMotion: 'reduce' }, link);
  await one.page.getByText('150 of 300 findings, page 1 of 2').waitFor();
  expect(await one.page.locator('.findings tbody tr:not(.details)').count()).toBe(100);
  const top = "document.querySelector('#findings').getBoundingClientRect().top";
  expect(Math.abs(Number(await one.page.evaluate(top)))).toBeLessThan(80);
  expect(await one.page.evaluate('document.activeElement.className')).toBe('selection');
  const size = one.page.locator('.findings thead th', { hasText: 'Size' });
  expect(await size.getAttribute('aria-sort')).toBe('ascending');
  await size.getByRole('button').click();
  expect(await one.page.evaluate('location.hash')).toBe(
    findingsLink({ verdict: 'STALE' }, { rows: 100 }),
  );
  expect(one.complaints).toEqual([]);
  await one.close();
});

it('saves the selection as it is found and sorted, for a spreadsheet', async () => {
  await control('Verdict').selectOption('=UNKNOWN');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('weekly-2026-11-21-selection.csv');
  const [header, ...lines] = readFileSync(await saved.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(header).toMatch(/^\ufeffkind,accountId,/);
  const unknown = FINDINGS.filter(({ verdict }) => verdict === 'UNKNOWN');
  const dearest = unknown.toSorted(
    (a, b) => (b.monthlyCostUsdUpTo ?? -1) - (a.monthlyCostUsdUpTo ?? -1),
  );
  expect(lines.map((line) => line.split(',')[3])).toEqual(
    dearest.map(({ resourceId }) => resourceId),
  );
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
  await opened.close();
  opened = await openPage(
    browser,
    aReport({
      findings: FINDINGS,
      plannedFor: (finding) => planned.get(finding),
      removals: [gone!].map(({ accountId, region, resourceId }) =>
        aRemovalOutcome({ accountId, region, resourceId }),
      ),
    }),
  );
  page = opened.page;
  await control('What happens').selectOption('=PLANNED');
  await count(20);
  await control('What happens').selectOption('=IN_GRACE');
  await count(stale.length - 20);
  await page.locator('.findings tbody').getByRole('button').first().click();
  expect(await page.locator('.detail').textContent()).toContain(
    'What to doHeld back: seen unused since 21 November 2026; it can be deleted from 5 December 2026.',
  );
  await control('What happens').selectOption('');
  // No row that only could be removed, or wasn't.
  await page.getByLabel('Search').fill('removed');
  await count(1);
  expect(await page.locator('.findings tbody').textContent()).toContain(gone?.resourceId);
});

it('does all of that by the keyboard alone', async () => {
  await page.getByLabel('Search').focus();
  await page.keyboard.type('shop-test');
  await count(75);
  for (const _control of ['verdict', 'next', 'account', 'region', 'reason', 'tag', 'least 3'])
    await page.keyboard.press('Tab');
  for (const _control of ['usd', 'gib']) await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toContain('Search: shop-test');
  for (const _control of ['clear', 'export', 'copy', 'kept', 'name'])
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const name = page.locator('.findings thead th', { hasText: 'Name' });
  expect(await name.getAttribute('aria-sort')).toBe('ascending');
  for (const _column of Array.from({ length: 9 })) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await page.locator('.detail').count()).toBe(1);
  // Into the opened finding: to its copy button.
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Copy');
  await page.getByRole('button', { name: 'Next page' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('.found').textContent()).toContain('page 2 of 3');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Next page');
});
