import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import type * as axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Summary } from '../../../../core/summary/summary.ts';
import { PALETTE_CSS } from '../../../../report/page/markup/palette.ts';
import { chartsOf } from '../../../../report/page/charts/index.ts';
import { openBrowser } from '../../../support/browser.ts';
import { aShare, everythingToShow } from '../../../support/summaries/chart-summaries.ts';
import { anyCharacter } from '../../../support/summaries/any-character.ts';

const NASTY = [
  ...['</svg><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<![CDATA[', ']]>'],
  ...["'+alert(1)+'", '${alert(1)}', '{{1+1}}', '&lt;&amp;&#0;', '&xxe;', 'url(https://a.example)'],
  ...[
    '\u202egpj.exe',
    '\u2067a\u2069',
    '\u0000\u001b[31m\uffff',
    '\ud800',
    '👩‍👩‍👧‍👦',
    'x'.repeat(10_000),
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'a.b',
    'a[0]',
    "a['b']",
    'datum.value',
    '\\',
    '\n',
    '',
  ],
];
const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.array(fc.constantFrom(...NASTY), { maxLength: 3 }).map((parts) => parts.join('')),
);

/** What the functions below use of the browser that they run in. */
interface Element {
  readonly localName: string;
  readonly textContent: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
  getBoundingClientRect(): { left: number; right: number; top: number; bottom: number };
}
declare const document: Element;
declare const DOMParser: new () => { parseFromString(source: string, type: string): Element };

let browser: Browser;
let page: Page;
const requested: string[] = [];
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
  page.on('request', (request) => requested.push(request.url()));
  await page.setContent('<!doctype html><html lang="en"><title>Charts</title><main></main>');
});
afterAll(async () => browser.close());

/** Wherever a stranger can put text; the last three in keys, too. */
function withTexts([name, unit, tier, charge]: readonly string[]): Summary {
  const summary = everythingToShow();
  const { counts } = summary;
  const [aTier, aCharge] = [counts.staleByTier['standard']!, counts.extraCharges['fast-restore']!];
  return {
    ...summary,
    counts: {
      ...counts,
      staleByTier: Object.fromEntries([...Object.entries(counts.staleByTier), [tier!, aTier]]),
      extraCharges: Object.fromEntries([[charge!, aCharge]]),
    },
    byAccount: Object.fromEntries(
      Object.entries(summary.byAccount).map(([id, of]) => [id, { ...of, accountName: name! }]),
    ),
    byOrganizationalUnit: Object.fromEntries([
      [unit!, { ...aShare(50), name: null, accounts: 1 }],
      ['ou-ab12-named000', { ...aShare(20), name: unit!, accounts: 1 }],
    ]),
  };
}

/** What a strict XML parser finds that has no place in a picture. */
async function strangersIn(svgs: readonly string[]): Promise<string[]> {
  return page.evaluate((all) => {
    const elements = new Set(['svg', 'g', 'path', 'text', 'line', 'rect']);
    const refused = /^on|^style$|href$|^src$|^id$/i;
    return all.flatMap((svg) => {
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
      if (parsed.querySelector('parsererror') !== null) return [`not XML: ${svg.slice(0, 300)}`];
      return [...parsed.querySelectorAll('*')].flatMap((element) => [
        ...(elements.has(element.localName) ? [] : [element.localName]),
        ...[...element.attributes]
          .filter(({ name, value }) => {
            // Its text is read out, and says what strangers say.
            if (name === 'aria-label') return false;
            return refused.test(name) || /url\(|javascript:|data:/i.test(value);
          })
          .map(({ name, value }) => `${name}=${value}`),
      ]);
    });
  }, svgs);
}

it("shows strangers' texts as texts, whatever is in them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 4, maxLength: 4 }), async (texts) => {
      const charts = await chartsOf(withTexts(texts));
      expect(charts.map(({ id }) => id)).toContain('cost-by-organizational-unit');
      expect(await strangersIn(charts.map(({ svg }) => svg))).toEqual([]);
      for (const { svg, description } of charts) {
        expect(Buffer.from(svg).toString()).toBe(svg);
        expect(description.length).toBeLessThan(400);
      }
    }),
    { numRuns: 40, examples: NASTY.map((one) => [[one, one, one, one]]) },
  );
});

it('would notice what has no place in a picture', async () => {
  const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`;
  expect(
    await strangersIn([
      svg('<script/>'),
      svg('<g onclick="a()" style="fill:red" fill="url(#a)"/>'),
      svg('<g'),
    ]),
  ).toEqual([
    'script',
    ...['onclick=a()', 'style=fill:red', 'fill=url(#a)'],
    expect.stringContaining('not XML'),
  ]);
});

it('needs nothing that a strict content security policy refuses, and loads nothing', async () => {
  const refused: string[] = [];
  page.on('console', (message) => refused.push(message.text()));
  await show(withTexts(NASTY), '', "default-src 'none'");
  expect(await page.locator('svg text').count()).toBeGreaterThan(50);
  expect(refused).toEqual([]);
  expect(requested).toEqual([]);
});

it('is found in order by axe, in light and in dark', async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await show(everythingToShow(), `${PALETTE_CSS} body{background:var(--page);color:var(--text)}`);
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe: loaded } = globalThis as unknown as { axe: typeof axeCore };
      return (await loaded.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(violations).toEqual([]);
  }
});

it('draws no text beyond its edges', async () => {
  await show(everythingToShow(), 'body{font-family:sans-serif}');
  const beyond = await page.evaluate(() =>
    [...document.querySelectorAll('svg')].flatMap((svg) => {
      const edge = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')]
        .filter((one) => {
          const box = one.getBoundingClientRect();
          return box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1;
        })
        .map((one) => one.textContent);
    }),
  );
  expect(beyond).toEqual([]);
});

async function show(summary: Summary, css: string, policy = ''): Promise<void> {
  const charts = await chartsOf(summary);
  await page.setContent(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Charts</title>${css && `<style>${css}</style>`}</head><body><main><h1>Charts</h1>${charts.map(({ svg }) => svg).join('')}</main></body></html>`,
  );
}
