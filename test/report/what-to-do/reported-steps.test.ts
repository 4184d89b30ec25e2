import { makeSummary } from '../../../core/summary/make-summary.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { wordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import { madeUpKind } from '../../support/kinds/made-up-kind.ts';
import { anOutcome, KIND, someCounts } from '../../support/summaries/builders.ts';
import { anEndedExecution } from '../../support/summaries/summaries.ts';

const BEACONS = 'made-up';
const { removal: _none, ...onlyReported } = madeUpKind(new Map(), {
  words: {
    ...{ one: 'beacon', many: 'beacons', reasons: {} },
    commands: { tag: 'tag {at} {id} {key}={value}', untag: 'untag {at} {id} {key}', id: 'BEACON' },
  },
});

/** Snapshots, and dearer things of a kind that is only reported. */
function summaryOf(beacons: number, usd = 500): Summary {
  const stale = (count: number, staleMonthlyCostUsdUpTo: number) =>
    someCounts({
      ...{ resources: 9, verdicts: { STALE: count, KEEP: 9 - count, UNKNOWN: 0 } },
      ...{ staleGiB: 60, staleMonthlyCostUsdUpTo, unpricedGiB: 0, unpricedUnsized: 0 },
    });
  const kinds = { [KIND]: stale(6, 2), [BEACONS]: stale(beacons, beacons === 0 ? 0 : usd) };
  const summary = makeSummary(anEndedExecution({ outcomes: [anOutcome({ kinds })] }));
  return {
    ...summary,
    words: wordsOf([...KINDS.slice(0, 1), onlyReported]),
    input: { ...summary.input, kinds: [KIND, BEACONS] },
  };
}
const stepsOf = (summary: Summary) =>
  nextSteps(summary).filter(({ what }) => what.includes('beacons'));

it('owners are asked about what is only reported, with its money and how to keep one', () => {
  expect(stepsOf(summaryOf(4))).toEqual([
    {
      ownersDecide: true,
      staysInMessage: true,
      title: 'Ask owners about 4 unused beacons',
      what: 'Ask owners whether they need 4 unused beacons (60 GiB, up to $500 a month). No run deletes any of them.',
      short: 'Ask owners whether they need the unused beacons.',
      why: 'The most expensive come first, each with what was seen: Findings on the page.',
      command: {
        lead: 'To keep one',
        command: expect.stringMatching(/^tag .* BEACON orgsweep:protect=$/) as string,
      },
      worth: { sizeGiB: 60, monthlyCostUsdUpTo: 500, unpricedGiB: 0, unpricedUnsized: 0 },
    },
  ]);
});

it.each([
  [
    3,
    'Ask owners whether they need 1 of 4 unused beacons (60 GiB, up to $500 a month). Nobody can use the other 3 any more (BEACON_BROKEN). No run deletes any of them.',
  ],
  [
    4,
    'Nobody can use 4 unused beacons any more (60 GiB, up to $500 a month), BEACON_BROKEN. No run deletes any of them. To be rid of them, delete them yourself.',
  ],
])('of %d that nobody can use, no owner is asked', (broken, what) => {
  const summary = summaryOf(4);
  const own = { ...wordsOf([onlyReported])[BEACONS], one: 'beacon', many: 'beacons', reasons: {} };
  const of = summary.byKind[BEACONS];
  if (of === undefined) throw new Error('there are beacons');
  const reasonsByVerdict = { STALE: { BEACON_BROKEN: broken, BEACON_OFF: 4 - broken } };
  const [step] = stepsOf({
    ...summary,
    words: { ...summary.words, [BEACONS]: { ...own, unusable: ['BEACON_BROKEN'] } },
    byKind: { ...summary.byKind, [BEACONS]: { ...of, reasonsByVerdict } },
  });
  expect(step?.what).toBe(what);
});

it('nobody is asked where nothing of it is unused', () => {
  expect(stepsOf(summaryOf(0))).toEqual([]);
});

it('without a page, the file is named', () => {
  const [step] = stepsOf({ ...summaryOf(4), reportFailure: 'disk full' });
  expect(step?.why).toContain('findings.csv');
});

it('what a plan may delete is told without it: a dearer kind lends it neither noun nor command', () => {
  const steps = nextSteps(summaryOf(4)).filter(({ what }) => !what.includes('beacons'));
  expect(steps.length).toBeGreaterThan(0);
  for (const { what, command } of steps) {
    expect(what).not.toContain('resources');
    expect(command?.command ?? '').not.toContain('BEACON');
  }
});
