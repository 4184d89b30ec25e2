import { Policy } from '../../../core/input/input.ts';
import { emptyHistory } from '../../../core/history/history.ts';
import { planDigest } from '../../../core/plan/digest.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { planTarget } from '../../../core/plan/target/plan-target.ts';
import type { TargetToPlan } from '../../../core/plan/target/target-to-plan.ts';
import type { NextStep } from '../../../core/model/verdict.ts';
import {
  aFinding,
  anOutcome,
  aRemoval,
  daysBefore,
  KIND,
  NOW,
  someLimits,
} from '../../support/summaries/builders.ts';

const POLICY = Policy.parse({ graceDays: 0, requireRecycleBin: false });
const TWO_STEPS = new Map([
  [
    KIND,
    {
      watched: [],
      steps: [
        { name: 'archive', undo: 'REVERSE' },
        { name: 'delete', undo: 'REVERSE', waitDays: 30 },
      ],
    },
  ],
] as const);
const ARCHIVE: NextStep = { name: 'archive', notBefore: null };
const DELETE: NextStep = { name: 'delete', notBefore: null };

function planned(nextStep: NextStep, given: Partial<TargetToPlan> = {}) {
  return planTarget({
    outcome: anOutcome(),
    accountOutcomes: [],
    staleFindings: [aFinding({ nextStep })],
    history: emptyHistory(),
    policy: POLICY,
    limits: someLimits(),
    rules: TWO_STEPS,
    remove: [KIND],
    now: NOW,
    ...given,
  });
}

/** Archived so many days ago by an earlier execution. */
function archived(days: number): Partial<TargetToPlan> {
  const at = daysBefore(days);
  const steps = [{ step: 'archive', at, executionId: 'e-1', made: 'copy-1' }];
  const entry = { staleSince: daysBefore(90), lastSeen: at, steps };
  return { history: { ...emptyHistory(), entries: { [`${KIND}:snap-1`]: entry } } };
}

it('the step is part of what is planned, with the step that it goes on from', () => {
  expect(planned(ARCHIVE).removals).toMatchObject([{ step: 'archive' }]);
  expect(planned(ARCHIVE).removals[0]).not.toHaveProperty('follows');
  expect(planned(DELETE, archived(31)).removals).toMatchObject([
    { step: 'delete', follows: { step: 'archive', executionId: 'e-1', made: 'copy-1' } },
  ]);
});

it('what goes by another thing than the one that we made is not our step', () => {
  const by = (...goesBy: string[]) => planned({ ...DELETE, goesBy }, archived(31));
  expect(by('copy-2').removals).toEqual([]);
  expect(by('copy-2').held).toMatchObject([{ held: ['STEP_NOT_OURS'], step: 'delete' }]);
  expect(by('copy-2', 'copy-1').removals).toMatchObject([{ follows: { made: 'copy-1' } }]);
});

it('what waits is held with the day on which it may go on', () => {
  expect(planned(DELETE, archived(10)).held).toMatchObject([
    { held: ['STEP_NOT_DUE'], step: 'delete', notBefore: daysBefore(-20) },
  ]);
});

it('what others archived is held, and so is all of a history that says nothing of it', () => {
  expect(planned(DELETE).held).toMatchObject([{ held: ['STEP_NOT_OURS'], step: 'delete' }]);
});

it('what was not asked about yet may be at the step that the named plan has, and is held for that', () => {
  const open = aFinding({ nextStep: ARCHIVE, evidence: { unanswered: ['copies'] } });
  const named = { namedRemovals: [aRemoval({ step: 'delete' })], staleFindings: [open] };
  expect(planned(ARCHIVE, named)).toMatchObject({
    removals: [],
    held: [{ held: ['NOT_CHECKED'] }],
  });
});

it('what the kind itself holds back at its step is held, whatever was approved', () => {
  const step: NextStep = { ...DELETE, byItself: true, hold: 'NO_COPY' };
  expect(planned(step).held).toMatchObject([{ held: ['NO_COPY'], step: 'delete' }]);
  const named = { namedRemovals: [aRemoval({ step: 'delete' })] };
  expect(planned(step, named).held).toMatchObject([{ held: ['NO_COPY'] }]);
});

it('a named plan that archives is no plan to delete', () => {
  const named = (step: string) => ({ namedRemovals: [aRemoval({ step })] });
  const held = planned(DELETE, { ...archived(31), ...named('archive') }).held;
  expect(held).toMatchObject([{ held: ['NOT_IN_NAMED_PLAN'], step: 'delete' }]);
  expect(planned(DELETE, { ...archived(31), ...named('delete') }).removals).toHaveLength(1);
});

it('the digest is of the step too', () => {
  const plan = makePlan({
    ...{ executionId: 'e-2', mode: 'delete', approval: 'none', now: NOW, namedPlan: null },
    ...{ policy: POLICY, policies: {}, limits: someLimits(), kinds: [KIND], outcomes: [] },
    targets: [planned(ARCHIVE)],
  });
  const removals = plan.removals.map((one) => ({ ...one, step: 'delete' }));
  expect(planDigest({ ...plan, removals })).not.toBe(plan.digest);
});

it('of a kind with one step nothing is said of steps', () => {
  const steps = [{ name: 'delete', undo: 'REVERSE' }] as const;
  const { removals } = planned(ARCHIVE, {
    staleFindings: [aFinding()],
    rules: new Map([[KIND, { watched: [], steps }]]),
  });
  expect(Object.keys(removals[0] ?? {})).not.toEqual(expect.arrayContaining(['step']));
});
