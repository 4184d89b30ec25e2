import type { Summary } from '../../../core/summary/summary.ts';
import { band } from '../../../report/page/frame/band.ts';
import { keyFigures } from '../../../report/page/frame/key-figures.ts';
import {
  allRemoved,
  completeReport,
  mixedRemovals,
  nothingInScope,
} from '../../support/summaries/summaries.ts';

const figure = (summary: Summary, label: string) =>
  keyFigures(summary).find((one) => one.label === label);
const lead = (summary: Summary) => /<p class="lead">(.*?)<\/p>/s.exec(band(summary).text)?.[1];

/** As if each planned removal had ended so. */
function allEnded(outcome: 'FAILED' | 'DENIED', count?: number): Summary {
  const summary = allRemoved();
  const { removals, funnel } = summary;
  if (funnel === null) throw new Error('the example has no funnel');
  const byOutcome = { ...removals.byOutcome, REMOVED: 0, [outcome]: count ?? removals.planned };
  return {
    ...{ ...summary, status: 'REMOVALS_INCOMPLETE' },
    removals: { ...removals, byOutcome, removedGiB: 0, removedMonthlyCostUsdUpTo: 0 },
  };
}

it('asks for a decision only where there is one to make', () => {
  expect(figure(nothingInScope(), 'Can be saved')).toBeUndefined();
  const summary = completeReport();
  const { funnel } = summary;
  if (funnel === null) throw new Error('the example has no funnel');
  const none = { ...funnel.removable, resources: 0, sizeGiB: 0, monthlyCostUsdUpTo: 0 };
  const nothing = {
    ...{ ...funnel, removable: none, inGrace: { ...funnel.inGrace, ...none } },
    ...{ obtainable: { ...none, from: null }, needsDecision: { ...none, byReason: {} } },
    waiting: { ...none, byReason: {} },
  };
  const small = (given: Partial<typeof nothing>) =>
    figure({ ...summary, funnel: { ...nothing, ...given } }, 'Can be saved')?.small;
  const some = { ...none, resources: 3, byReason: {} };
  expect(small({ needsDecision: some })).toBe('needs a decision');
  expect(small({ waiting: some })).toBe('waits for other runs');
  expect(small({})).toBe('nothing is left');
  const all = { ...allRemoved(), funnel: nothing };
  expect(figure(all, 'Can be saved next')?.small).toBe('nothing is left');
});

it('never says that nothing was deleted where that is not known', () => {
  const saved = (summary: Summary) => figure(summary, 'Saved by this run');
  const planned = allRemoved().removals.planned;
  for (const unclear of [allEnded('FAILED'), allEnded('DENIED', 0)])
    expect(saved(unclear)).toMatchObject({
      ...{ value: 'not known', small: `${planned} may be deleted` },
    });
  expect(saved(allEnded('DENIED'))).toMatchObject({ value: '$0', small: 'nothing was deleted' });
  expect(saved({ ...allEnded('DENIED', 0), status: 'NOT_APPROVED' })?.small).toBe(
    'nothing was deleted',
  );
});

it('has how much was scanned, whatever else there is no room for', () => {
  for (const summary of [completeReport(), allRemoved(), mixedRemovals()]) {
    const { funnel } = summary;
    if (funnel === null) throw new Error('the example has no funnel');
    const saved = {
      since: null,
      gone: funnel.stale,
      inRecycleBin: { ...funnel.stale, lastUntil: null },
    };
    const needsDecision = { ...funnel.stale, byReason: {} };
    const full = { ...summary, funnel: { ...funnel, saved, needsDecision } };
    expect(keyFigures(full)).toHaveLength(5);
    expect(figure(full, 'Scanned')).toBeDefined();
  }
});

it('takes no history that could not be read for a first run', () => {
  const summary = completeReport();
  const alone = { ...summary, trend: summary.trend.slice(-1) };
  const first = { ...alone, change: { ...alone.change, previousExecutionId: null } };
  expect(lead(first)).toContain('No trend yet: this is the first run of this scope.');
  expect(lead(alone)).toContain('No trend yet.');
  const unread = { ...first, pastFailure: 'AccessDenied' };
  expect(lead(unread)).toContain('No trend: earlier runs could not be read.');
  expect(lead(unread)).not.toContain('first run');
});

it('sends nobody to accounts for what is gone, or goes by a delete run alone', () => {
  expect(lead(completeReport())).toContain('4 accounts to ask.');
  expect(lead(allRemoved())).not.toContain('to ask');
  const { funnel, ...report } = completeReport();
  if (funnel === null) throw new Error('the example has no funnel');
  const summary = { ...report, funnel: { ...funnel, removable: funnel.stale } };
  expect(lead(summary)).not.toContain('to ask');
});
