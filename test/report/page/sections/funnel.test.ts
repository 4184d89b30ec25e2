import type { Funnel, Stage } from '../../../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import { funnel } from '../../../../report/page/funnel/funnel.ts';
import { funnelRows } from '../../../../report/ci/funnel-rows.ts';
import { flowsOf } from '../../../../report/funnel/flows.ts';
import { funnelSection } from '../../../../report/sections/funnel-section.ts';
import { filterInLink, findingsLink } from '../../../../report/page/findings/filter-link.ts';
import { allRemoved, completeReport, mixedRemovals } from '../../../support/summaries/summaries.ts';
import { twoKinds } from '../../../support/summaries/two-kinds.ts';

const stage = (resources: number, sizeGiB = 0, usd = 0, unpricedGiB = 0): Stage => ({
  ...{ resources, sizeGiB, monthlyCostUsdUpTo: usd, unpricedGiB, unpricedUnsized: 0 },
});

const FUNNEL: Funnel = {
  stale: stage(1_806, 974_000, 10_351, 580),
  inGrace: {
    ...stage(1_000, 400_000, 3_100.2),
    ...{ firstUntil: '2026-12-11T06:00:00.000Z', lastUntil: '2026-12-11T08:00:00.000Z' },
  },
  waiting: { ...stage(5, 50, 2), byReason: { SHARING_NOT_CHECKED: stage(5, 50, 2) } },
  needsDecision: {
    ...stage(721, 763_000, 7_000, 580),
    byReason: { NO_RECYCLE_BIN_RULE: stage(63, 700, 30), LAST_COPY: stage(658, 700_000, 0, 580) },
  },
  removable: stage(80, 900, 45),
  obtainable: { ...stage(1_085, 450_000, 4_106), from: null },
  removed: stage(0),
  saved: null,
};

function rowsOf(given: Partial<Funnel>, of: Partial<Summary> = {}, isWaiting = false): string[] {
  const summary = { ...completeReport(), funnel: { ...FUNNEL, ...given }, ...of };
  const { text } = funnel(summary, isWaiting);
  return text
    .split('<tr')
    .slice(2)
    .map(inText)
    .filter((row) => row !== '');
}

const inText = (markup: string) =>
  markup
    .replace(/^[^>]*>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('the funnel on the page', () => {
  it('has a row for each stage with its count, size and money, by reason what is worth most first', () => {
    expect(rowsOf({}).slice(0, 7)).toEqual([
      'Unused 1,806 951.2 TiB $10,351 580 GiB unpriced',
      'In grace until 11 December 1,000 390.6 TiB $3,101',
      expect.stringMatching(/^Left to later runs: .* SHARING_NOT_CHECKED 5 50 GiB \$2$/),
      'A person must decide 721 745.1 TiB $7,000 580 GiB unpriced',
      expect.stringMatching(/ NO_RECYCLE_BIN_RULE 63 700 GiB \$30$/),
      expect.stringMatching(/ LAST_COPY 658 683.6 TiB no known price$/),
      expect.stringMatching(/^Deletable now 80 900 GiB \$45/),
    ]);
  });

  it('shows a kind as one bar of its stages, and each leads to its findings', () => {
    const { text } = funnel({ ...completeReport(), funnel: FUNNEL });
    const [bar = ''] = /<svg class="bar".*?<\/svg>/s.exec(text) ?? [];
    const colors = [...bar.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name);
    expect(colors).toEqual(['c-accepted', 'c-excluded', 'c-kept', 'c-stale']);
    for (const next of ['IN_GRACE', 'LAST_COPY', 'NO_RECYCLE_BIN_RULE', 'PLANNED'])
      expect(text).toContain(`href="${findingsLink({ next })}"`);
  });

  it('adds no dollars and GiB in one figure', () => {
    for (const row of rowsOf({})) expect(row).not.toMatch(/\$[\d,.]+ ?\+/);
  });

  it('tells what was saved, and what is still billed in the Recycle Bin and until when', () => {
    const saved: Funnel['saved'] = {
      since: '2026-10-03T06:00:00.000Z',
      gone: stage(40, 4_096, 190),
      inRecycleBin: { ...stage(20, 30, 1.5), lastUntil: '2026-12-05T06:00:00.000Z' },
    };
    expect(rowsOf({ saved }).slice(7)).toEqual([
      'Saved since 3 October 40 4 TiB $190',
      expect.stringMatching(/^In the Recycle Bin and billed until 5 December 20 30 GiB \$1.50/),
    ]);
  });

  it('tells in a delete run what was deleted, and nothing of it before anybody decided', () => {
    const { mode, removals } = allRemoved();
    const of = { mode, removals };
    const removed = stage(20, 96);
    expect(rowsOf({ removed }, of).some((row) => /^Deleted 20 /.test(row))).toBe(true);
    expect(rowsOf({ removed }, of)[0]).toMatch(/^Unused when scanned/);
    expect(rowsOf({}, { mode }, true).join('\n')).not.toMatch(/^Deleted/m);
    expect(rowsOf({}, { mode }, true).join('\n')).toMatch(/^Planned to delete 80/m);
  });

  it('says that nothing of it is known without a plan, and why what was saved is not known', () => {
    const summary = completeReport();
    expect(inText(funnel({ ...summary, funnel: null }).text)).toContain(
      'There is no plan, so what can be deleted is not known.',
    );
    const unknown = funnel({ ...summary, funnel: FUNNEL, pastFailure: 'timeline.json is broken' });
    expect(inText(unknown.text)).toContain('What was saved by all runs so far is not known.');
  });
});

it('is told by the message, the page and the table for CI with the same labels and counts', () => {
  const saved: Funnel['saved'] = {
    since: '2026-10-03T06:00:00.000Z',
    gone: stage(40, 4_096, 190),
    inRecycleBin: { ...stage(20, 30, 1.5), lastUntil: '2026-12-05T06:00:00.000Z' },
  };
  const summary = { ...completeReport(), funnel: { ...FUNNEL, saved } };
  const page = inText(funnel(summary).text);
  const message = funnelSection(summary)
    .lines.map(({ text }) => text)
    .join('\n');
  const told = flowsOf(summary).flatMap(({ stages }) => stages);
  expect(told.length).toBeGreaterThan(5);
  for (const { label, of } of told) {
    expect(page).toContain(label);
    expect(message).toMatch(new RegExp(`${label}.*: ${of.resources.toLocaleString('en-US')} `));
  }
  const inCi = funnelRows(summary).map(([label]) => label);
  expect(inCi).toEqual(['Unused', ...told.map(({ label }) => label)]);
});

/** The link of the row that begins so, and what it says. */
function rowOfPage(summary: Summary, begins: RegExp): { text: string; next: string[] } {
  const rows = funnel(summary)
    .text.split('<tr')
    .map((row) => `<tr${row}`);
  const row = rows.find((one) => begins.test(inText(one))) ?? '';
  const [, href = ''] = /href="([^"]+)"/.exec(row) ?? [];
  const link = filterInLink(href.replaceAll('&amp;', '&'));
  return { text: inText(row), next: [...(link?.filter.next ?? [])] };
}

const colorsOf = (summary: Summary) => {
  const [bar = ''] = /<svg class="bar".*?<\/svg>/s.exec(funnel(summary).text) ?? [];
  return [...bar.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name);
};

describe('the bar of a delete run', () => {
  it('has what was planned and is not deleted, which leads to how it ended', () => {
    const summary = mixedRemovals();
    expect(colorsOf(summary)).toEqual(expect.arrayContaining(['c-stale', 'c-removed']));
    const { text, next } = rowOfPage(summary, /^Planned to delete/);
    expect(text).toMatch(/^Planned to delete 10 not known to be deleted 20 /);
    expect(next).toEqual(expect.arrayContaining(['REMOVED', 'FAILED', 'DENIED', 'PROTECTED']));
    expect(colorsOf(allRemoved())).not.toContain('c-stale');
  });

  it('is not empty where nobody approved', () => {
    const { funnel: of, ...summary } = allRemoved();
    if (of === null) throw new Error('the example has no funnel');
    const { removals } = summary;
    const { planned, byOutcome } = removals;
    const untouched: Summary = {
      ...{ ...summary, status: 'NOT_APPROVED', funnel: { ...of, removed: stage(0) } },
      removals: { ...removals, byOutcome: { ...byOutcome, REMOVED: 0, NOT_ATTEMPTED: planned } },
    };
    expect(colorsOf(untouched)).toContain('c-stale');
    expect(rowOfPage(untouched, /^Planned to delete/).next).toContain('NOT_ATTEMPTED');
  });
});

it('leads what is copied first elsewhere than what is deletable now', () => {
  const summary = twoKinds('report');
  expect(rowOfPage(summary, /^To copy first/).next).toEqual(['TO_STEP']);
  expect(rowOfPage(summary, /^Deletable now/).next).toEqual(['PLANNED']);
});
