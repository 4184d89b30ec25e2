import { HoldReason } from '../../../core/model/hold-reason.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import { liftedBy } from '../../../core/plan/hold-lift.ts';
import { LIFTED } from '../../../report/what-to-do/held-steps.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import { renderText } from '../../../report/message/text.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

/** A report that can remove nothing, because all is held for this one reason. */
function heldFor(reason: HoldReason, given: Partial<Summary['plan'] & object> = {}): Summary {
  const summary = completeReport();
  const { plan } = summary;
  if (plan === null) throw new Error('no plan');
  return {
    ...summary,
    counts: { ...summary.counts, unpricedGiB: 0, unpricedUnsized: 0, extraCharges: {} },
    // As of an earlier version: the plan alone tells what is held.
    funnel: null,
    plan: {
      ...plan,
      status: 'EMPTY',
      removals: 0,
      held: 12,
      heldByReason: { [reason]: 12 },
      heldGiBByReason: { [reason]: 96 },
      heldByLimit: reason === 'OVER_LIMIT' ? { maxRemovalsPerTarget: 12 } : {},
      withoutRecycleBinRule:
        reason === 'NO_RECYCLE_BIN_RULE'
          ? [
              {
                ...{
                  kind: 'ebs-snapshot',
                  accountId: '111122223333',
                  region: 'eu-west-1',
                  held: 12,
                },
                ...{ why: 'NO_RULE', failure: null },
              },
            ]
          : [],
      ...given,
    },
  };
}

const words = (summary: Summary) =>
  nextSteps(summary).map(({ what, why = '' }) => `${what} ${why}`);

it.each(HoldReason.options.filter((reason) => liftedBy(reason) === 'PERSON'))(
  'what is held as %s, which no waiting lifts, has a step with count and size',
  (reason) => {
    const lift = LIFTED[reason];
    // Its places are gaps, each of which has a step of its own.
    if ('stepFrom' in lift && lift.stepFrom === 'COVERAGE') return;
    const [step = ''] = words(heldFor(reason)).filter((one) => one.includes(reason));
    expect(step).toContain('12 snapshots, 96 GiB');
    expect(renderText(heldFor(reason)).body).not.toContain('Nothing to do');
  },
);

it.each(HoldReason.options)('what ends a hold as %s is the same as in the funnel', (reason) => {
  expect('because' in LIFTED[reason]).toBe(liftedBy(reason) === 'LATER_EXECUTIONS');
});

it.each(HoldReason.options.filter((reason) => liftedBy(reason) === 'LATER_EXECUTIONS'))(
  'what is held as %s, which later executions lift, asks nobody to decide anything',
  (reason) => {
    expect(words(heldFor(reason)).filter((one) => /^(Decide|Ask)/.test(one))).toEqual([]);
  },
);

it('a last copy is told of as something to decide, with how', () => {
  const text = renderText(heldFor('LAST_COPY')).body.replaceAll(/\s+/g, ' ');
  expect(text).toContain('12 snapshots, 96 GiB, LAST_COPY');
  expect(text).toContain('"policy":{"allowLastCopy":true}');
});

it('what a kind says of its last copies is told too', () => {
  const aboutLastCopies = 'What deleted AMIs left behind is among them.';
  const summary = heldFor('LAST_COPY');
  const own = wordsIn(summary)['ebs-snapshot'];
  const told = { ...summary, words: { 'ebs-snapshot': { ...own!, aboutLastCopies } } };
  expect(words(told).join()).toContain(`Waiting does not help. ${aboutLastCopies}`);
});

it('a summary of an earlier version tells the count alone', () => {
  const [step] = words(heldFor('LAST_COPY', { heldGiBByReason: {} })).filter((one) =>
    one.includes('LAST_COPY'),
  );
  expect(step).toContain('(12 snapshots, LAST_COPY)');
});

it('what is worth knowing of a reason is told once: each resource under what is hardest to lift', () => {
  const stage = {
    resources: 7,
    sizeGiB: 56,
    monthlyCostUsdUpTo: 2.8,
    unpricedGiB: 0,
    unpricedUnsized: 0,
  };
  const { funnel } = completeReport();
  const needsDecision = { ...stage, byReason: { LAST_COPY: stage } };
  const [step] = words({ ...heldFor('LAST_COPY'), funnel: { ...funnel!, needsDecision } });
  expect(step).toContain('(7 snapshots, 56 GiB, up to $2.80 a month, LAST_COPY)');
});
