import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import type { Finding } from '../../../core/model/verdict.ts';
import { markup } from '../../../report/page/markup/markup.ts';
import { openBrowser } from '../../support/browser.ts';
import { aRemovalOutcome } from '../../support/summaries/builders.ts';
import { openPage } from '../../support/opened-page.ts';
import type { Chart } from '../../../report/page/markup/chart.ts';
import { barTable } from '../../../report/page/charts/bars/bar-table.ts';
import { aReport, someFindings } from '../../support/report-pages.ts';
import { failedStep, mixedRemovals, partialReport } from '../../support/summaries/summaries.ts';
import { anyCharacter } from '../../support/summaries/any-character.ts';

/** What tries to run, to load, to end what it is in, or to turn the line around. */
const HOSTILE = [
  '</script><script>window.hacked=1</script>',
  '"><script>window.hacked=1</script>',
  '<img src=x onerror=window.hacked=1>',
  '<svg/onload=window.hacked=1>',
  '</title></style></textarea></template><iframe srcdoc="<script>parent.hacked=1</script>">',
  '<a href="javascript:window.hacked=1" autofocus onfocus=window.hacked=1>x</a>',
  'javascript:window.hacked=1',
  '" onmouseover="window.hacked=1" x="',
  "' onfocus='window.hacked=1' autofocus tabindex='1",
  '<base href="https://evil.invalid/"><link rel=stylesheet href="//evil.invalid">',
  '<meta http-equiv="refresh" content="0;url=https://evil.invalid/">',
  '<form action="https://evil.invalid"><button id=all-findings>',
  '<style>@import "https://evil.invalid";</style>',
  '{{constructor.constructor("window.hacked=1")()}} ${window.hacked=1}',
  ']]><!--<!DOCTYPE x [<!ENTITY y "z">]>-->',
  '&lt;script&gt;window.hacked=1&#60;/script&#x3e;',
  'line\u2028separator\u2029and\r\nbreaks\t\0\u0001\u0085',
  '\u202egnp.exe\u2066\u200f\ud800',
  `${'long '.repeat(20_000)}<script>window.hacked=1</script>`,
];

/** What the page looks things up by, or reckons with; all of it is checked where it comes in. */
const NOT_FREE = new Set(
  ['status mode verdict outcome reason excluded why startedAt finishedAt at staleSince since']
    .join(' ')
    .split(' ')
    .concat('restorableUntil', 'decision'),
);

/** The same value with other text wherever there is text, keys of records too. */
function withText<T>(value: T, change: (text: string) => string, key = ''): T {
  if (NOT_FREE.has(key)) return value;
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((item) => withText(item as unknown, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const isRecord = key === 'tags' || key === 'byAccount' || key === 'regionsNotEnabled';
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [
      isRecord ? change(name) : name,
      withText(of as unknown, change, name),
    ]),
  ) as T;
}

const FINDINGS = someFindings(40);
const REMOVALS = FINDINGS.slice(0, 8).map(({ accountId, region, resourceId }) =>
  aRemovalOutcome({
    ...{ accountId, region, resourceId },
    failure: { code: 'InvalidSnapshot.InUse', message: 'in use by ami-1' },
  }),
);

/** Names of a picture are strangers', too. */
function aChartOf(change: (text: string) => string): Chart {
  const rows = [{ name: change('shop'), more: change('id'), share: 1, figures: ['12'] }];
  const body = barTable('Unused', ['account', 'unused'], [{ color: 'c-stale', rows }]);
  return { id: 'by-account', title: 'Unused', description: null, body };
}

/** A report in which strangers wrote everything that is text. */
function reportBy(change: (text: string) => string, summary = partialReport()): string {
  const findings = FINDINGS.map((finding) => withText(finding, change)) as Finding[];
  return aReport({
    findings,
    summary: withText(summary, change),
    removals: withText(REMOVALS, change),
    accountNames: new Map(FINDINGS.map(({ accountId }) => [change(accountId), change('name')])),
    charts: [aChartOf(change)],
    inWords: () => [change('It was seen.'), change('It was looked for.')],
  });
}

/**
 * Every element with the names of its attributes, as a browser has understood them. What keeps the
 * letters of an id on one line is there for whatever looks like one, and has nothing else in it.
 */
const SKELETON = `(root) => [...root.querySelectorAll('*')].filter(
  (one) => !/^<span class="unbroken">[\\w-]+<[/]span>$/.test(one.outerHTML)).map(
  (one) => one.tagName + ' ' + [...one.attributes].map(({ name }) => name).join(' '))`;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => browser.close());

/** The page, with everything open that can be opened. */
async function openedAll(html: string) {
  const opened = await openPage(browser, html);
  await opened.page.getByRole('status').waitFor();
  await opened.page.getByLabel('Findings on a page').selectOption('100');
  await opened.page.evaluate("document.querySelectorAll('.toggle').forEach((one) => one.click())");
  await opened.page.evaluate(
    "document.querySelectorAll('details').forEach((one) => (one.open = true))",
  );
  return opened;
}

it.each([
  ['a partial report', partialReport],
  ['removals', mixedRemovals],
  ['a failed step', failedStep],
])('lets nothing of what strangers wrote become part of the page: %s', async (_of, summary) => {
  const given = new Map<string, string>();
  const payload = (text: string) => {
    given.set(text, given.get(text) ?? HOSTILE[given.size % HOSTILE.length] ?? '');
    return given.get(text);
  };
  const hostile = await openedAll(reportBy((text) => `${text}${payload(text)}`, summary()));
  const harmless = await openedAll(reportBy((text) => `${text}x`, summary()));
  const skeletonOf = async ({ page }: typeof hostile) =>
    (await page.evaluate(`(${SKELETON})(document)`)) as string[];
  expect(await skeletonOf(hostile)).toEqual(await skeletonOf(harmless));
  await hostile.page.evaluate(
    `for (const one of document.querySelectorAll('*'))
      for (const type of ['mouseover', 'focus', 'load', 'error', 'begin'])
        one.dispatchEvent(new Event(type))`,
  );
  expect(await hostile.page.evaluate('typeof window.hacked')).toBe('undefined');
  const { complaints, requests } = hostile;
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  await hostile.close();
  await harmless.close();
});

it('shows what strangers wrote as they wrote it', async () => {
  const written = HOSTILE.filter(({ length }) => length < 1000);
  const findings = written.map((text, i) => ({
    ...FINDINGS[0]!,
    resourceId: `snap-${i}`,
    tags: { [text]: text },
  }));
  const inWords = ({ tags }: Finding) => Object.keys(tags);
  const opened = await openedAll(aReport({ findings, inWords }));
  const texts = await opened.page
    .locator('.tags:not(.where) bdi, .detail li bdi')
    .allTextContents();
  const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');
  expect(texts.map(wellFormed)).toEqual(
    written.flatMap((text) => [text, text, text].map(wellFormed)),
  );
  await opened.close();
});

it('counts the tags that there is no room for', async () => {
  const tags = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, 'v'.repeat(250)]));
  const opened = await openedAll(aReport({ findings: [{ ...FINDINGS[0]!, tags }] }));
  expect(await opened.page.locator('.detail').textContent()).toContain(
    'and 13 more, in findings.jsonl',
  );
  await opened.close();
});

it('lets no marks upon marks cover what the page says itself', async () => {
  const marks = '\u0346\u033f\u0489\u20dd'.repeat(63);
  for (const text of [`Z${marks}`, 'W'.repeat(256)]) {
    const findings = [{ ...FINDINGS[0]!, tags: { team: text } }];
    const opened = await openedAll(aReport({ findings, inWords: () => [text] }));
    // What a box clips is painted in it alone: so it is enough that no boxes overlap.
    const seen: unknown = await opened.page.evaluate(`(() => {
      const strangers = [...document.querySelectorAll('.tags dd, .detail li bdi')];
      const own = [...document.querySelectorAll('.detail h3, .tags dt')];
      const boxes = (all) => all.map((one) => one.getBoundingClientRect());
      const overlap = (a, b) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      return {
        strangers: [...new Set(strangers.map((one) => getComputedStyle(one).overflow))],
        overlapping: boxes(strangers).filter((a) => boxes(own).some((b) => overlap(a, b))).length,
        wider: [...document.querySelectorAll('.detail > div')].map(
          (one) => one.scrollWidth - one.clientWidth,
        ),
      };
    })()`);
    expect(seen).toEqual({ strangers: ['clip'], overlapping: 0, wider: [0, 0, 0] });
    await opened.close();
  }
});

it('refuses to run what a mistake would let through', async () => {
  const smuggled = aReport({ findings: FINDINGS }).replace(
    '<main>',
    '<main><script>window.hacked=1</script><details open ontoggle="window.hacked=1"><b style="color:red">',
  );
  const { page, complaints, requests, close } = await openPage(browser, smuggled);
  await page.getByRole('status').waitFor();
  expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
  for (const refused of ['inline script', 'inline event handler', 'inline style'])
    expect(complaints).toContainEqual(expect.stringContaining(refused));
  expect(requests).toEqual([]);
  await expect(
    page.evaluate("document.body.innerHTML = '<i>markup of the script</i>'"),
  ).rejects.toThrow('TrustedHTML');
  await close();
});

it('is read by a browser as the very text that was filled in, whatever it is', async () => {
  const page = await browser.newPage();
  const parse = async (html: string) =>
    (await page.evaluate(
      `((html) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('i')].map(
        (one) => [one.textContent, one.getAttribute('title'), one.children.length]))(${JSON.stringify(html)})`,
    )) as [string, string, number][];
  const piece = fc.oneof(
    fc.constantFrom(
      ...HOSTILE.slice(0, -1),
      '<',
      '>',
      '&',
      '"',
      "'",
      '&amp',
      '\r',
      '\n',
      '\0',
      '=',
      '`',
    ),
    fc.string({ unit: anyCharacter, maxLength: 12 }),
  );
  const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 200, maxLength: 300 }), async (texts) => {
      const html = markup`<!doctype html>${texts.map((one) => markup`<i title="${one}">${one}</i>`)}`;
      const wanted = texts.map((one) => one.replace(/\0|\p{Surrogate}/gu, '\ufffd'));
      expect(await parse(html.text)).toEqual(wanted.map((one) => [one, one, 0]));
    }),
    { numRuns: 10, seed: 20_261_125 },
  );
  await page.close();
});
