import { makeSummary } from '../../../core/summary/make-summary.ts';
import { headOf } from '../../../report/message/mail.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import { anEndedExecution } from '../../support/summaries/summaries.ts';
import { anInput, anOutcome, aPolicy, KIND, someCounts } from '../../support/summaries/builders.ts';

function protectedOf(resources: number, kept: number) {
  const counts = someCounts({
    ...{ resources, verdicts: { STALE: 0, KEEP: resources, UNKNOWN: 0 } },
    reasons: { PROTECTED_BY_TAG: kept },
  });
  const summary = makeSummary(
    anEndedExecution({
      outcomes: [anOutcome({ kinds: { [KIND]: counts } })],
      input: anInput({
        policy: aPolicy({ protectTags: ['Name'] }),
        policyOverrides: [{ accounts: ['111122223333'], policy: { protectTags: ['Team=*'] } }],
      }),
    }),
  );
  return { ...summary, plan: null };
}

it('says so where a tag that everything has protects everything', () => {
  const summary = protectedOf(60, 58);
  const steps = nextSteps(summary);
  expect(steps).toEqual([
    {
      title: 'Nearly everything is protected',
      what: 'Check that tags are meant to protect 58 of 60 snapshots (PROTECTED_BY_TAG).',
      why: 'While they do, orgsweep finds none of these unused. What protects: orgsweep:protect, orgsweep:keep-until, Name, Team=*.',
    },
  ]);
  expect(headOf(summary, steps).join(' ')).not.toContain('Nothing to do');
});

it.each([
  [60, 53],
  [19, 19],
  [0, 0],
])('says nothing of it where of %s resources %s are protected', (resources, kept) =>
  expect(nextSteps(protectedOf(resources, kept))).toEqual([]),
);
