import stringWidth from 'string-width';
import { renderTable } from '../../../report/terminal/terminal-table.ts';
import { renderText } from '../../../report/message/text.ts';
import { makeSummary } from '../../../core/summary/make-summary.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { anOutcome, KIND, someCounts } from '../../support/summaries/builders.ts';
import { expectGolden } from '../../support/golden.ts';
import {
  anEndedExecution,
  completeReport,
  everythingHeld,
  failedStep,
  mixedRemovals,
  nothingInScope,
  partialReport,
  refusedPlan,
  tooMuchStale,
} from '../../support/summaries/summaries.ts';

const summaries: [string, () => Summary][] = [
  ['complete-report', completeReport],
  ['partial-report', partialReport],
  ['mixed-removals', mixedRemovals],
  ['refused-plan', refusedPlan],
  ['too-much-stale', tooMuchStale],
  ['everything-held', everythingHeld],
  ['failed-step', failedStep],
  ['nothing-in-scope', nothingInScope],
  ['very-much', veryMuch],
];

/** Every status of a gap in thousands, names in Chinese, and words that would move a cursor. */
function veryMuch(): Summary {
  const evil = `漢字\u001b[2J\r\n${'字'.repeat(100)}`;
  const statuses = ['ROLE_UNAVAILABLE', 'ACCESS_DENIED', 'DENIED_BY_SCP', 'THROTTLED', 'FAILED'];
  const ended = anEndedExecution();
  const outcomes = Array.from({ length: 3_000 }, (_, i) =>
    anOutcome({
      accountId: String(100_000_000_000 + i),
      accountName: evil,
      region: `eu-west-${(i % 60) + 1}`,
      status: i % 2 === 0 ? 'COMPLETE' : (statuses[i % 5] as 'FAILED'),
      ...(i % 2 === 1 && { failure: { code: evil, message: evil } }),
      kinds: { [KIND]: someCounts({ resources: i, verdicts: { STALE: i, KEEP: 0, UNKNOWN: i } }) },
    }),
  );
  return makeSummary({ ...ended, outcomes: [...outcomes, ...ended.outcomes] });
}

it.each(['complete-report', 'partial-report', 'mixed-removals'])(
  'reads as the golden file of %s',
  (name) => {
    const [, summary] = summaries.find(([of]) => of === name) ?? [];
    const table = summary === undefined ? [] : renderTable(summary(), 100);
    expectGolden(`${name}.table.golden.txt`, `${table.join('\n')}\n`);
  },
);

describe.each(summaries)('the table of %s', (_, summary) => {
  it.each([200, 100, 79, 60, 40])('fits a terminal of %i columns, in 33 lines at most', (width) => {
    const lines = renderTable(summary(), width);
    expect(lines.length).toBeLessThanOrEqual(33);
    // A path and a command are there to be copied.
    const wide = lines.filter((line) => stringWidth(line) > Math.min(width, 100));
    expect(wide.filter((line) => !/^(files | {7}\S)/.test(line))).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/[\u001b\r\u0007]/);
  });

  it('says the status first, where the files are, and what to do next', () => {
    const lines = renderTable(summary(), 100);
    expect(lines[0]).toMatch(/^(COMPLETE|PARTIAL|INCOMPLETE|REFUSED|FAILED) /);
    expect(lines).toContain(`files      ${summary().location}`);
    expect(lines).toContain('WHAT TO DO (the whole report: summary.txt)');
  });
});

it('counts the steps that it has no room for', () => {
  const lines = renderTable(veryMuch(), 100);
  expect(lines.join('\n')).toMatch(/^ {2}\d+ more on the page$/m);
});

it('shows the command of a step whole, whatever the width', () => {
  for (const width of [100, 40])
    expect(renderTable(everythingHeld(), width)).toContain(
      '       orgsweep start --mode delete --plan weekly-2026-11-21 --hub',
    );
});

it('begins with the words of the mail', () => {
  const [first = ''] = renderText(partialReport()).body.split('\n\n');
  const table = renderTable(partialReport(), 78).join('\n');
  expect(table.startsWith(`${first}\n\n`)).toBe(true);
});
