import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as axeCore from 'axe-core';
import type { Browser } from 'playwright-core';
import { chartsOf } from '../../../../report/page/charts/index.ts';
import { openBrowser } from '../../../support/browser.ts';
import { openPage } from '../../../support/opened-page.ts';
import { hugeOrganization } from '../../../support/organizations/huge-organization.ts';
import { aReport } from '../../../support/report-pages.ts';
import {
  aPoint,
  everythingToShow,
  largeSummary,
  targetsOf,
} from '../../../support/summaries/chart-summaries.ts';

const LONG = 'a-rather-long-name-of-an-account-'.repeat(4);

/** All charts, with names that have no room, and every sign of the heat map. */
function everything(): string {
  const large = largeSummary(30);
  const byAccount = Object.fromEntries(
    Object.entries(large.byAccount).map(([id, of], i) => [
      id,
      { ...of, accountName: i % 3 === 0 ? LONG : of.accountName },
    ]),
  );
  const trend = [3, 10, 17, 24].map((date, i) =>
    aPoint({
      finishedAt: `2026-11-${String(date).padStart(2, '0')}T06:00:00.000Z`,
      ...{ staleMonthlyCostUsdUpTo: 90_000 - 5000 * i, complete: i === 1 ? 3 : 12 },
      saved: { sizeGiB: 10, monthlyCostUsdUpTo: 5000 * i, unpricedGiB: 0, unpricedUnsized: 0 },
    }),
  );
  const summary = { ...everythingToShow(), byAccount, trend };
  return aReport({ summary, findings: [], charts: chartsOf(summary, targetsOf(large)) });
}

function ofAccounts(count: number): string {
  const { summary, outcomes } = hugeOrganization(count);
  return aReport({ summary, findings: [], charts: chartsOf(summary, outcomes) });
}

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => browser.close());

/** What the functions below use of the browser that they run in. */
interface Shown {
  readonly textContent: string;
  readonly firstElementChild: Shown | null;
  closest(selector: string): Shown | null;
  getBoundingClientRect(): { left: number; right: number; width: number; height: number };
  querySelectorAll(selector: string): Iterable<Shown>;
  readonly documentElement: { readonly scrollWidth: number };
}
declare const document: Shown;
declare const innerWidth: number;
declare const getComputedStyle: (of: Shown) => { fontSize: string };

describe.each([
  ['everything', everything],
  ['12 accounts', () => ofAccounts(12)],
  ['400 accounts', () => ofAccounts(400)],
  ['10,000 accounts', () => ofAccounts(10_000)],
])('the charts of %s', (_, make) => {
  let html: string;
  beforeAll(() => {
    html = make();
  });

  it.each([1400, 800, 400])('fit %d px, in letters that can be read', async (width) => {
    const { page, complaints, requests, close } = await openPage(browser, html, {
      viewport: { width, height: 900 },
    });
    const found = await page.evaluate(() => {
      const all = [...document.querySelectorAll('.charts *')];
      const outside = all.filter((one) => {
        const { right, width: own } = one.getBoundingClientRect();
        return own > 0 && right > innerWidth + 1 && one.closest('.scroll, .unseen') === null;
      });
      const small = [...document.querySelectorAll('.charts :is(th, td, text, small, li, span, p)')]
        .filter(
          (one) => one.textContent.trim() !== '' && one.closest('details:not([open])') === null,
        )
        .filter((one) => {
          const svg = one.closest('svg.bar, .picture');
          const drawn = svg?.firstElementChild?.getBoundingClientRect().width ?? 360;
          const scale = svg === null ? 1 : drawn / 360;
          return Number.parseFloat(getComputedStyle(one).fontSize) * scale < 11;
        });
      const words = (of: typeof all) => of.slice(0, 5).map((one) => one.textContent.slice(0, 60));
      return {
        ...{ outside: words(outside), small: words(small) },
        over: document.documentElement.scrollWidth - innerWidth,
      };
    });
    expect(found).toEqual({ outside: [], small: [], over: 0 });
    expect([complaints, requests]).toEqual([[], []]);
    await close();
  });
});

it.each(['light', 'dark'] as const)('axe finds nothing in %s', async (colorScheme) => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const options = { colorScheme, bypassCSP: true };
  const { page, close } = await openPage(browser, everything(), options);
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as { axe: typeof axeCore };
    const { violations: all } = await loaded.run('.charts');
    return all.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  expect(violations).toEqual([]);
  await close();
});

it('a click on a row or a cell leads to the findings of it', async () => {
  const { page, close } = await openPage(browser, everything());
  await page.locator('#chart-accounts-and-regions td a').first().click();
  expect(page.url()).toMatch(/#findings\?account=\d{12}&region=[a-z]/);
  await page.locator('#chart-by-account tbody a').first().click();
  expect(page.url()).toMatch(/#findings\?account=\d{12}&verdict=STALE$/);
  await close();
});

it('the list of contents stays above the names that the heat map keeps in sight', async () => {
  const { page, close } = await openPage(browser, everything(), {
    viewport: { width: 1400, height: 600 },
  });
  const covered = await page.evaluate(`(() => {
    document.documentElement.style.scrollBehavior = 'auto';
    document.querySelector('.heat tbody tr:nth-child(3) th').scrollIntoView();
    const { left, top, height } = document.querySelector('nav a').getBoundingClientRect();
    return document.elementFromPoint(left + 5, top + height / 2).closest('nav') === null;
  })()`);
  expect(covered).toBe(false);
  await close();
});
