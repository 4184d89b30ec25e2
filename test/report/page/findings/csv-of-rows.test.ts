import { csvLine, CSV_HEADER } from '../../../../report/page/findings/csv/of-finding.ts';
import { csvOfRows } from '../../../../report/page/findings/csv/of-rows.ts';
import { fateOf } from '../../../../report/page/findings/fate.ts';
import { rowAlone, withFate } from '../../../../report/page/findings/finding-row.ts';
import { aFinding } from '../../../support/summaries/builders.ts';
import { completeReport } from '../../../support/summaries/summaries.ts';

it.each([
  ['one with a price', aFinding({ monthlyCostUsdUpTo: 1.25, tags: { Name: '=x', team: 'a,b' } })],
  ['one without', aFinding({ monthlyCostUsdUpTo: null, startedAt: null, ageDays: null })],
  [
    'one that frees others',
    aFinding({
      monthlyCostUsdUpTo: 0,
      frees: [
        {
          ...{ kind: 'ebs-snapshot', resourceId: 'snap-2', holders: ['ami-1'] },
          monthlyCostUsdUpTo: 3,
        },
      ],
    }),
  ],
])('an exported selection has the lines of findings.csv: %s', (_of, finding) => {
  const beside = { accountName: 'prod', words: ['It is unused.'] };
  const unit = { id: 'ou-1', path: 'Root / Shop' };
  const fate = fateOf(finding, undefined, undefined, completeReport());
  const row = withFate(rowAlone(finding, { ...beside, unit }), fate);
  const [header, line] = [...csvOfRows([row])];
  const inFile = csvLine(finding, { accountName: 'prod', unit, inWords: beside.words, fate });
  expect([header, line]).toEqual([`${CSV_HEADER}\n`, `${inFile}\n`]);
  expect(line).toContain(`,${cell(fate.short)},,,,\r`);
});

function cell(text: string): string {
  return text.includes(',') ? `"${text}"` : text;
}
