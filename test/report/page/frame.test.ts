import type { Browser, Page } from 'playwright-core';
import packageJson from '../../../package.json' with { type: 'json' };
import { groupBy } from '../../../core/model/group-by.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { openBrowser } from '../../support/browser.ts';
import { openPage } from '../../support/opened-page.ts';
import { aReport, someFindings } from '../../support/report-pages.ts';
import {
  allRemoved,
  completeReport,
  mixedRemovals,
  partialReport,
} from '../../support/summaries/summaries.ts';

const FINDINGS = someFindings(60);
const OF_ACME: Partial<Summary> = {
  organization: { id: 'o-a1b2c3d4e5', managementAccountName: 'acme' },
};

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => browser.close());

async function on<T>(
  summary: Summary,
  width: number,
  look: (page: Page) => Promise<T>,
  more: Partial<Parameters<typeof aReport>[0]> = {},
): Promise<T> {
  const html = aReport({ findings: FINDINGS, ...more, summary });
  const opened = await openPage(browser, html, { viewport: { width, height: 900 } });
  try {
    return await look(opened.page);
  } finally {
    expect(opened.complaints).toEqual([]);
    await opened.close();
  }
}

const boxesOf = async (page: Page, selector: string) =>
  Promise.all((await page.locator(selector).all()).map(async (one) => one.boundingBox()));
const textOf = async (page: Page, selector: string) =>
  (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());

it('promises for now only what no grace period holds', async () => {
  const summary = completeReport();
  const { funnel } = summary;
  if (funnel === null) throw new Error('the example has no funnel');
  const removable = { ...funnel.removable, resources: 3, monthlyCostUsdUpTo: 30 };
  const inGrace = { ...funnel.inGrace, resources: 2, monthlyCostUsdUpTo: 7 };
  const both = {
    ...{ ...removable, resources: 5, monthlyCostUsdUpTo: 37 },
    from: summary.finishedAt,
  };
  const mixed = { ...summary, funnel: { ...funnel, removable, inGrace, obtainable: both } };
  await on(mixed, 1400, async (page) => {
    expect(await page.locator('h1').textContent()).toMatch(
      /^Up to \$30 of \$\d+ a month .* now\.$/,
    );
    const [band = ''] = await textOf(page, '.band');
    expect(band).toMatch(/Up to \$7 a month more from \d+ \w+\./);
    const [first = ''] = await textOf(page, '.key-figures > div');
    expect(first).toBe('Can be saved$30 a monthnow');
  });
});

it('says whose it is, of when, how it ended and what it is worth', async () => {
  const summary = { ...completeReport(), ...OF_ACME };
  await on(summary, 1400, async (page) => {
    const [band = ''] = await textOf(page, '.band');
    for (const said of ['acme', 'o-a1b2c3d4e5, 4 accounts', '2026-11-21', 'COMPLETE'])
      expect(band).toContain(said);
    expect(await page.locator('h1').textContent()).toMatch(/^Up to \$\d+ of \$\d+ a month can be/);
    expect(await page.title()).toMatch(
      /^COMPLETE Up to \$\d+ .* acme, orgsweep weekly-2026-11-21$/,
    );
    const link = page.getByRole('link', { name: 'previous run' });
    expect(await link.getAttribute('href')).toBe('../weekly-2026-11-14/report.html');
  });
});

it('tells a simulated organization from a real one', async () => {
  const badges = async (page: Page) => textOf(page, '.badge');
  expect(await on(completeReport(), 800, badges)).toEqual([]);
  expect(await on({ ...completeReport(), simulated: true }, 800, badges)).toEqual(['simulated']);
  const startedBy = { program: 'orgsweep', options: ['--simulated', '--keep', 'try'] };
  expect(await on({ ...completeReport(), startedBy }, 800, badges)).toEqual(['simulated']);
});

it('V3: each key figure has one line about it, and a delete run begins with what it saved', async () => {
  const figures = async (page: Page) => ({
    labels: await textOf(page, '.key-figures dt'),
    values: await textOf(page, '.key-figures .value'),
    small: await boxesOf(page, '.key-figures .small'),
  });
  for (const width of [1400, 800, 400])
    for (const summary of [completeReport(), partialReport(), allRemoved(), mixedRemovals()]) {
      const { labels, small } = await on(summary, width, figures);
      expect(labels.length).toBeGreaterThanOrEqual(3);
      expect(labels.length).toBeLessThanOrEqual(5);
      // One line of 13 pixels has about 20.
      for (const box of small) expect(box?.height).toBeLessThan(25);
    }
  const removed = await on(allRemoved(), 1400, figures);
  expect([removed.labels[0], removed.values[0]]).toEqual(['Saved by this run', '$8 a month']);
});

it.each([800, 400])(
  'V2: no place among the key figures stays empty, %i pixels wide',
  async (width) => {
    for (const summary of [completeReport(), partialReport(), allRemoved()])
      await on(summary, width, async (page) => {
        const all = await page.locator('.key-figures').boundingBox();
        const rows = groupBy(await boxesOf(page, '.key-figures div'), (box) => String(box?.y));
        for (const row of rows) {
          const last = row.at(-1);
          expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(
            (all?.x ?? 0) + (all?.width ?? 0) - 1,
            0,
          );
        }
      });
  },
);

it('V1: the whole width is used, two sections beside each other; a narrow screen has one column', async () => {
  const placesOf = async (page: Page) => boxesOf(page, '.columns > section');
  const [left, right] = await on(completeReport(), 1400, placesOf);
  expect(left?.y).toBe(right?.y);
  expect((right?.x ?? 0) + (right?.width ?? 0)).toBeGreaterThan(1330);
  const [first, second] = await on(completeReport(), 400, placesOf);
  expect(second?.x).toBe(first?.x);
});

it('has three steps open, and the others folded', async () => {
  await on(partialReport(), 1400, async (page) => {
    const open = await page.locator('#to-do > ol > li').count();
    expect(open).toBeLessThanOrEqual(3);
    const fold = page.locator('#to-do > details');
    if ((await fold.count()) === 0) return;
    expect(await fold.locator('li').first().isVisible()).toBe(false);
    expect(await fold.locator('ol').getAttribute('start')).toBe('4');
  });
});

it('V11: shows none of the marks of a mail', async () => {
  for (const summary of [completeReport(), { ...allRemoved(), simulated: true }, mixedRemovals()])
    await on(summary, 800, async (page) =>
      expect(
        await page.locator('main > :not(#findings), .band').allTextContents(),
      ).not.toContainEqual(expect.stringContaining('`')),
    );
});

it('V12: whatever it refers to is there: no link leads nowhere, no text to a place that has another name', async () => {
  for (const summary of [completeReport(), partialReport(), allRemoved(), mixedRemovals()])
    await on(summary, 1400, async (page) => {
      const dangling = await page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(({ hash }) => hash.slice(1).split('?')[0]).filter((id) => document.getElementById(id) === null)",
      );
      expect(dangling).toEqual([]);
      expect(await page.locator('main').textContent()).not.toMatch(/on the page|under COVERAGE/);
      const headings = await textOf(page, 'h2, summary h3');
      const words = [...(await textOf(page, 'nav a')), ...(await textOf(page, '#to-do li a'))];
      for (const word of words) expect(headings).toContain(word);
    });
});

it('a link to a folded part opens it', async () => {
  await on(completeReport(), 1400, async (page) => {
    expect(await page.locator('#notes ul').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'How cost is estimated' }).click();
    await page.locator('#notes ul').waitFor();
  });
});

it('V16: what is folded is on paper, and no code is broken there', async () => {
  await on(partialReport(), 720, async (page) => {
    await page.emulateMedia({ media: 'print' });
    for (const part of ['#settings dl', '#notes ul', '#not-seen table'])
      expect(await page.locator(part).first().isVisible()).toBe(true);
    const heights = await page.evaluate(
      "[...document.querySelectorAll('main td code')].filter((code) => /^[A-Z_]+$/.test(code.textContent) && code.getClientRects().length > 1).map((code) => code.textContent)",
    );
    expect(heights).toEqual([]);
  });
});

it('V18: ends with the version that made it and where its docs are, and names no folder of a machine', async () => {
  const summary = { ...completeReport(), location: '/home/somebody/orgsweep-out/executions/x' };
  await on(summary, 1400, async (page) => {
    const [footer = ''] = await textOf(page, 'footer');
    expect(footer).toContain(`Made by orgsweep ${packageJson.version}.`);
    expect(footer).toContain('Docs: ');
    expect(await page.content()).not.toContain('/home/somebody');
  });
});

it('the list of contents stays at hand and marks what is being read', async () => {
  await on(completeReport(), 1400, async (page) => {
    await page.locator('#appendix').scrollIntoViewIfNeeded();
    await page.evaluate("document.getElementById('findings').scrollIntoView()");
    await page.locator('nav a[aria-current]', { hasText: 'Findings' }).waitFor();
    const box = await page.locator('nav').boundingBox();
    expect(box?.y).toBe(0);
  });
});

it('a plan that waits says so first, until when, and what to type', async () => {
  const waiting = {
    ...{ question: 'Delete 20 unused snapshots', until: '2026-11-24T06:00:00.000Z' },
    ...{ approve: 'orgsweep approve x', reject: 'orgsweep reject x' },
  };
  await on(
    { ...completeReport(), mode: 'delete' },
    1400,
    async (page) => {
      const [band = ''] = await textOf(page, '.band');
      expect(band).toMatch(/APPROVE\? Waiting for approval until 2026-11-24 06:00 UTC\./);
      expect(band).not.toContain('Saved by this run');
      expect(await page.locator('#to-decide code.command').count()).toBe(2);
      expect(await page.title()).toMatch(/^APPROVE\? Delete 20 unused snapshots\./);
    },
    { waiting },
  );
});

it('shows the trend in the band, and says why where there is none', async () => {
  const band = async (page: Page) => (await textOf(page, '.band'))[0] ?? '';
  const runs = completeReport().trend;
  expect(runs.length).toBeGreaterThan(1);
  await on(completeReport(), 1400, async (page) => {
    expect(await page.locator('.band .spark svg').count()).toBe(1);
    expect(await band(page)).toMatch(/Unused a month: \$[\d,]+ on \d+ \w+, \$[\d,]+ on \d+ \w+\./);
  });
  const first = { ...completeReport(), trend: runs.slice(-1) };
  expect(await on(first, 1400, band)).toContain('No trend yet');
});

it('no word of the first screen is broken', async () => {
  for (const width of [1400, 800, 400])
    await on(partialReport(), width, async (page) => {
      const box = await page.locator('.status strong').boundingBox();
      expect(box?.height).toBeLessThan(30);
    });
});
