import { renderText } from '../../../report/message/text.ts';
import { Summary } from '../../../core/summary/summary.ts';
import { toldOf, totalsOf } from '../../../functions/runtime/totals.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const stored = Summary.parse(JSON.parse(JSON.stringify(completeReport())));
const published = renderText(completeReport()).body;

it('are those of the summary that was published, once it is read from the store', () => {
  expect(totalsOf(stored, published)).toMatchObject({ status: stored.status });
});

it('are none where the summary is another by now', () => {
  const { counts } = stored;
  const verdicts = { ...counts.verdicts, STALE: counts.verdicts.STALE + 1 };
  const other = { ...stored, counts: { ...counts, verdicts, resources: counts.resources + 1 } };
  expect(() => totalsOf(other, published)).toThrow('not the one that was published');
});

it('are put once, at the end: not of a plan that is shown before people are asked', async () => {
  const neverRead = async () => Promise.reject(new Error('read a summary'));
  const shown = { pageFailure: null, csvFailure: null, accounts: [], resources: [] };
  expect(await toldOf(shown, neverRead)).toEqual({ status: 'SHOWN', counts: {} });
  const { subject } = renderText(stored);
  const { executionId, status } = stored;
  const ended = { executionId, status, subject, message: published, summaryKey: 'summary.json' };
  const { metrics } = await toldOf(ended, async () => stored);
  expect(metrics).toMatchObject({ TargetsComplete: stored.coverage.complete });
});
