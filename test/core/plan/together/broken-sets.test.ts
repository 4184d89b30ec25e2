import {
  brokenSets,
  SET_BROKEN,
  tellBrokenSets,
} from '../../../../core/plan/together/broken-sets.ts';
import type { RemovalResult } from '../../../../core/outcome/outcome.ts';
import { makePlan } from '../../../../core/plan/make-plan.ts';
import { nextSteps } from '../../../../report/what-to-do/next-steps.ts';
import {
  aPolicy,
  aRemoval,
  aRemovalOutcome,
  KIND,
  NOW,
  OTHER_REGION,
  someLimits,
} from '../../../support/summaries/builders.ts';
import { completeReport } from '../../../support/summaries/summaries.ts';

const set = { id: 'snap-a', size: 2 };

function told(...ends: [RemovalResult, RemovalResult]) {
  const ids = ['snap-a', 'snap-b'];
  const policy = aPolicy();
  const plan = makePlan({
    ...{ executionId: 'e', mode: 'delete', approval: 'none', now: NOW, namedPlan: null },
    ...{ policy, policies: {}, limits: someLimits(), kinds: [KIND], outcomes: [] },
    targets: [
      {
        removals: [
          ...ids.map((resourceId) => aRemoval({ resourceId, set })),
          aRemoval({ resourceId: 'snap-a', region: OTHER_REGION }),
        ],
        held: [],
      },
    ],
  });
  const outcomes = [
    ...ids.map((resourceId, i) => aRemovalOutcome({ resourceId, outcome: ends[i]! })),
    aRemovalOutcome({ resourceId: 'snap-a', region: OTHER_REGION, outcome: 'REMOVED' }),
  ];
  return tellBrokenSets(plan, outcomes);
}

it.each<[RemovalResult, RemovalResult]>([
  ['REMOVED', 'PROTECTED'],
  ['NO_LONGER_STALE', 'REMOVED'],
  ['REMOVED', 'DENIED'],
  ['FAILED', 'REMOVED'],
  ['REMOVED', 'NOT_ATTEMPTED'],
])('a set that ends %s and %s is told as broken, all of it and nothing else', (...ends) => {
  const outcomes = told(...ends);
  expect(outcomes.map(({ reasons }) => reasons)).toEqual([[SET_BROKEN], [SET_BROKEN], []]);
  expect(brokenSets(outcomes.filter(({ outcome }) => outcome === 'REMOVED'))).toHaveLength(1);
});

it.each<[RemovalResult, RemovalResult]>([
  ['REMOVED', 'REMOVED'],
  ['REMOVED', 'ALREADY_GONE'],
  ['PROTECTED', 'NOT_ATTEMPTED'],
  ['ALREADY_GONE', 'PROTECTED'],
])('a set that ends %s and %s is not', (...ends) => {
  expect(told(...ends).flatMap(({ reasons }) => reasons)).toEqual([]);
});

it('what brings back the removed part is among what to do next, as a command', () => {
  const summary = completeReport();
  const removedOfBrokenSets = brokenSets(told('REMOVED', 'PROTECTED').slice(0, 1));
  const steps = nextSteps({ ...summary, removals: { ...summary.removals, removedOfBrokenSets } });
  expect(steps[0]?.what).toContain('SET_BROKEN');
  expect(steps[0]?.command?.command).toContain('--resource snap-a');
});
