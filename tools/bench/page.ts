import { openBrowser } from '../../test/support/browser.ts';
import { openPage } from '../../test/support/opened-page.ts';
import { aReport, someFindings } from '../../test/support/report-pages.ts';
import { PAUSE_MS } from '../../report/page/markup/search-pause.ts';
import { atMost, type Bound } from './bounds.ts';
import { type Spread, spreadOf } from './spread.ts';

const FINDINGS = 50_000;
const LOADS = 5;
/** Milliseconds in which people take an answer for immediate; for the page itself, for quick. */
const MOST_TO_SHOW = 1000;
const MOST_TO_ANSWER = 200;
const MOST_BYTES = 10_000_000;

/** Of a click or a typed word, until the rows are there: without the pause after typing. */
const ANSWER = `async (selector, act) => {
  const found = document.querySelector(selector);
  const startedAt = performance.now();
  await act(found);
  document.querySelector('.findings').getBoundingClientRect();
  return performance.now() - startedAt;
}`;
const COLUMNS = "document.querySelectorAll('.findings thead button').length";
const SORTED = (column: number) =>
  `(${ANSWER})('.findings thead', (head) => head.querySelectorAll('button')[${column}].click())`;
const SEARCHED = (text: string) =>
  `(${ANSWER})('input[type=search]', (input) => new Promise((done) => {
    const rows = document.querySelector('.findings tbody');
    new MutationObserver(done).observe(rows, { childList: true });
    input.value = ${JSON.stringify(text)};
    input.dispatchEvent(new Event('input'));
  }))`;

interface PageFigures {
  readonly bytes: number;
  readonly showMilliseconds: Spread;
  readonly sortMilliseconds: Spread;
  readonly searchMilliseconds: Spread;
}

/** How quick the page is with as many findings as it takes: sorted by each column, and searched. */
export async function reportOfPage({ findings = FINDINGS, loads = LOADS } = {}) {
  const html = aReport({ findings: someFindings(findings) });
  const browser = await openBrowser();
  const [shown, sorted, searched]: number[][] = [[], [], []];
  try {
    for (let load = 0; load < loads; load += 1) {
      const { page, close } = await openPage(browser, html);
      await page.locator('.found').waitFor();
      const took = async (script: string) => (await page.evaluate(script)) as number;
      shown?.push(await took("performance.getEntriesByName('findings shown')[0].startTime"));
      const columns = await took(COLUMNS);
      for (let column = 0; column < columns; column += 1) sorted?.push(await took(SORTED(column)));
      // What search goes by is put together at the first one.
      for (const text of ['shop-prod', 'copy-31415', 'vol-0000 team-3', 'no such thing'])
        searched?.push((await took(SEARCHED(text))) - PAUSE_MS);
      await close();
    }
  } finally {
    await browser.close();
  }
  const figures = {
    bytes: Buffer.byteLength(html),
    showMilliseconds: spreadOf(shown ?? []),
    sortMilliseconds: spreadOf(sorted ?? []),
    searchMilliseconds: spreadOf(searched ?? []),
  };
  const bounds = boundsOfPage(figures);
  return { name: 'page', findings, ...figures, bounds, ok: bounds.every(({ ok }) => ok) };
}

/** @internal A test sees each bound broken. */
export function boundsOfPage(of: PageFigures): Bound[] {
  return [
    atMost('page with 50,000 findings, bytes', MOST_BYTES, of.bytes),
    atMost('until it shows them, ms (median)', MOST_TO_SHOW, of.showMilliseconds.median),
    atMost('to sort them, ms (median)', MOST_TO_ANSWER, of.sortMilliseconds.median),
    atMost('to search them, ms (median)', MOST_TO_ANSWER, of.searchMilliseconds.median),
  ];
}
