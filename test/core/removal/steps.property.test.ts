import fc from 'fast-check';
import { next } from '../../../core/removal/next.ts';
import type { Seen } from '../../../core/removal/seen.ts';
import type { Allowed, Next, Removal } from '../../../core/removal/stage.ts';
import { mayBeOurs } from '../../../core/removal/tries.ts';
import { NOW } from '../../support/summaries/builders.ts';
import { allowed, lookAtStep, onward, removalOfStep, seen } from './arbitrary-removal.ts';

/** For each removal of one of three steps, whatever is seen of it and whatever is allowed. */
function always<S extends Seen>(
  law: (then: Next, one: Removal, what: S, may: Allowed) => void,
  things: fc.Arbitrary<S>,
) {
  fc.assert(
    fc.property(removalOfStep, things, allowed, (one, what, may) =>
      law(next(one, what, may), one, what, may),
    ),
    { numRuns: 10_000 },
  );
}
const anything = fc.oneof(seen, onward, lookAtStep);
const endOf = (then: Next) => (then.next === 'END' ? then.ending : null);

it('nothing goes on but with the very step that was planned, and that is next now', () => {
  let on = 0;
  always((then, { planned, before, isUnproved }, { nextStep, lookedAt }) => {
    if (then.next !== 'GO_ON') return;
    on += 1;
    expect(nextStep?.name).toBe(planned.step);
    expect(isUnproved).toBe(false);
    if (before !== null && planned.follows === undefined) expect(nextStep?.byItself).toBe(true);
    expect(Date.parse(nextStep?.notBefore ?? NOW.toISOString())).toBeLessThanOrEqual(+lookedAt);
  }, lookAtStep);
  expect(on).toBeGreaterThan(5);
});

it('who approved one step has not approved another: what has changed ends by that', () =>
  always((then, one, what, may) => {
    const isFree = may.hold === null && !one.graceBeganAnew && may.policy.graceDays === 0;
    const isStale = what.verdict.verdict === 'STALE';
    if (!isFree || !isStale || mayBeOurs(one.tries)) return;
    if (what.nextStep?.name === one.planned.step) return;
    expect(endOf(then)).toEqual({ outcome: 'NO_LONGER_STALE', reasons: ['STEP_CHANGED'] });
  }, lookAtStep));

it('what its kind holds back at its step now does not go on, whatever the plan knew of it', () => {
  const held = lookAtStep.map((look) => ({
    ...look,
    ...(look.nextStep && { nextStep: { ...look.nextStep, hold: 'NO_COPY' as const } }),
  }));
  let ended = 0;
  always((then, _one, { nextStep }) => {
    if (nextStep === undefined) return;
    expect(then.next).not.toBe('GO_ON');
    if (endOf(then)?.reasons?.includes('NO_COPY') === true) ended += 1;
  }, held);
  expect(ended).toBeGreaterThan(5);
});

it('what went on by itself when it was planned, and needs an earlier step now, has changed', () => {
  const changed = fc.record({ one: removalOfStep, look: lookAtStep, allowed });
  fc.assert(
    fc.property(changed, ({ one, look, allowed: may }) => {
      fc.pre(one.before !== null && one.planned.follows === undefined);
      const calm = { ...one, tries: { ...one.tries, isInherited: false, unanswered: null } };
      const what = {
        ...{ ...look, verdict: { verdict: 'STALE' as const, reasons: [] }, groupHold: null },
        nextStep: { name: one.step.name, notBefore: null },
      };
      const free = { ...may, hold: null, policy: { ...may.policy, graceDays: 0 } };
      const then = next({ ...calm, graceBeganAnew: false }, what, free);
      expect(endOf(then)).toEqual({ outcome: 'NO_LONGER_STALE', reasons: ['STEP_CHANGED'] });
    }),
  );
});

it('what the plan went by has to be what it goes by now, or the way back is another one', () => {
  const ends = { changed: 0, on: 0 };
  const goesBy = lookAtStep.chain((look) =>
    fc.subarray(['copy-1', 'copy-2']).map((by) => ({
      ...{ ...look, verdict: { verdict: 'STALE' as const, reasons: [] }, groupHold: null },
      ...(look.nextStep && {
        nextStep: {
          ...look.nextStep,
          notBefore: null,
          ...(by.length > 0 ? { goesBy: by } : { byItself: true }),
        },
      }),
    })),
  ) as typeof lookAtStep;
  const made = fc.constantFrom('copy-1', 'copy-2', undefined);
  const one = fc.tuple(removalOfStep, made).map(([of, by]) => ({
    ...{ ...of, graceBeganAnew: false },
    tries: { ...of.tries, isInherited: false, unanswered: null },
    planned: {
      ...of.planned,
      ...(of.planned.follows && { follows: { ...of.planned.follows, ...(by && { made: by }) } }),
    },
  }));
  fc.assert(
    fc.property(one, goesBy, allowed, (of, look, may) => {
      const { follows } = of.planned;
      if (follows === undefined || of.before === null || look.nextStep === undefined) return;
      const free = { ...may, hold: null, policy: { ...may.policy, graceDays: 0 } };
      const then = next(of, look, free);
      const isIn = look.nextStep.goesBy?.includes(follows.made ?? '') === true;
      if (then.next === 'GO_ON') {
        if (isIn) ends.on += 1;
        expect(isIn || follows.made === undefined).toBe(true);
      }
      if (endOf(then)?.reasons?.includes('STEP_CHANGED') === true) ends.changed += 1;
    }),
    { numRuns: 10_000 },
  );
  expect(Math.min(ends.changed, ends.on)).toBeGreaterThan(5);
});

it('a step that is not the last is never told as the removal, and the last never as a step', () =>
  always((then, { goesOnTo }) => {
    const outcome = endOf(then)?.outcome;
    if (outcome === 'REMOVED') expect(goesOnTo).toBeNull();
    if (outcome === 'STEP_DONE') expect(goesOnTo).not.toBeNull();
  }, anything));

it('a step is told as done on AWS own word, or where a look finds it done after our request', () => {
  const told = { accepted: 0, lost: 0 };
  always((then, one, what) => {
    const { goesOnTo, tries, stage } = one;
    const ending = endOf(then);
    if (ending?.outcome !== 'STEP_DONE') return;
    expect(ending.nextAt).toBeDefined();
    if (what.seen === 'ACCEPTED') {
      told.accepted += 1;
      return expect(stage.at).toBe('NOTED');
    }
    told.lost += 1;
    expect(what.seen).toBe('THERE');
    if (what.seen !== 'THERE') return;
    if (what.made === undefined) expect(what.nextStep?.name).toBe(goesOnTo?.name);
    expect(mayBeOurs(tries)).toBe(true);
    expect(ending.reasons).toEqual(['ANSWER_LOST']);
    expect(ending.made).toBe(what.made ?? one.planned.follows?.made);
  }, anything);
  expect(Math.min(told.accepted, told.lost)).toBeGreaterThan(5);
});

it('what a lost request made is told as made, whatever has become of the resource since', () => {
  let lost = 0;
  always((then, { goesOnTo, tries }, { made }) => {
    if (made === undefined || goesOnTo === null || !mayBeOurs(tries)) return;
    lost += 1;
    expect(endOf(then)).toMatchObject({ outcome: 'STEP_DONE', made });
  }, lookAtStep);
  expect(lost).toBeGreaterThan(5);
});

it('what cannot be marked is begun all the same, and what can be is marked', () => {
  const acts = new Set<string>();
  always(
    (then, { step, written, stage }, what) => {
      if (then.next !== 'GO_ON') return;
      acts.add(then.act);
      if (then.act === 'BEGIN') expect(step.isUnmarked).toBe(true);
      if (then.act === 'MARK') expect(step.isUnmarked).toBeUndefined();
      if (then.stage.at === 'TAGGED' && then.stage !== stage)
        expect(step.isUnmarked).toBeUndefined();
      if (stage.at !== 'KEPT' || then.stage.at !== 'READY') return;
      expect([what.seen, step.isUnmarked]).toEqual(['BEGUN', true]);
      expect(written).not.toBe('NOTHING');
    },
    fc.oneof(anything, fc.constant({ seen: 'NOTHING' as const })),
  );
  expect([...acts]).toEqual(expect.arrayContaining(['BEGIN', 'MARK']));
});

it('what is gone before its last step was taken away by others', () =>
  always((then, { goesOnTo }, what) => {
    if (what.seen !== 'GONE' || goesOnTo === null) return;
    expect(endOf(then)).toMatchObject({ outcome: 'ALREADY_GONE', reasons: [] });
  }, anything));
