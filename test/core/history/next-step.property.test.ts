import fc from 'fast-check';
import { DAY_MS } from '../../../core/model/age.ts';
import type { NextStep } from '../../../core/model/verdict.ts';
import type { DoneStep } from '../../../core/history/history-entry.ts';
import { stepToTake } from '../../../core/history/next-step.ts';
import { emptyHistory, updateHistory } from '../../../core/history/history.ts';
import { aFinding, NOW, SEEN } from '../../support/summaries/builders.ts';
import { keyInTarget } from '../../../core/model/ids.ts';

const STEPS = [
  { name: 'disable', undo: 'REVERSE' },
  { name: 'archive', undo: 'REVERSE', waitDays: 7 },
  { name: 'delete', undo: 'NONE', waitDays: 30 },
] as const;
const INDEX = { disable: 0, archive: 1, delete: 2 };
const name = fc.constantFrom('disable', 'archive', 'delete');
const daysAgo = fc
  .integer({ min: -60, max: 60 })
  .map((days) => new Date(NOW.getTime() - days * DAY_MS).toISOString());
const done: fc.Arbitrary<DoneStep> = fc.record({
  step: name,
  at: daysAgo,
  executionId: fc.constantFrom('e-1', 'e-2'),
});
const nextStep: fc.Arbitrary<NextStep> = fc.record(
  { name, notBefore: fc.option(daysAgo), byItself: fc.constant(true) },
  { requiredKeys: ['name', 'notBefore'] },
);

/** Whatever the step is, and whatever the history says. */
function always(
  law: (step: NextStep, history: readonly DoneStep[], then: ReturnType<typeof stepToTake>) => void,
) {
  fc.assert(
    fc.property(nextStep, fc.array(done, { maxLength: 4 }), (step, history) =>
      law(step, history, stepToTake(step, STEPS, history, NOW)),
    ),
    { numRuns: 2_000 },
  );
}
const before = ({ name: of }: NextStep) => STEPS[INDEX[of as keyof typeof INDEX] - 1]?.name;

it('a step that is not the first follows one that orgsweep itself took', () =>
  always((step, history, { hold, follows }) => {
    const needed = step.byItself ? undefined : before(step);
    if (needed === undefined) return expect(follows).toBeUndefined();
    if (!history.some((one) => one.step === needed)) return expect(hold).toBe('STEP_NOT_OURS');
    expect(hold).not.toBe('STEP_NOT_OURS');
    expect(follows?.step).toBe(needed);
  }));

it('nothing is due before AWS says so, nor before the wait by our own record is over', () =>
  always((step, _, { hold, follows, notBefore }) => {
    if (hold === 'STEP_NOT_OURS') return;
    const { waitDays = 0 } = STEPS[INDEX[step.name as keyof typeof INDEX]] as { waitDays?: number };
    const ours = follows === undefined ? -Infinity : Date.parse(follows.at) + waitDays * DAY_MS;
    const theirs = step.notBefore === null ? -Infinity : Date.parse(step.notBefore);
    const isDue = NOW.getTime() >= ours && NOW.getTime() >= theirs;
    expect(hold).toBe(isDue ? null : 'STEP_NOT_DUE');
    if (!isDue) expect(Date.parse(notBefore ?? '')).toBe(Math.max(ours, theirs));
  }));

it('what was done last counts: a step that was taken again begins its wait again', () => {
  const at = (days: number) => new Date(NOW.getTime() - days * DAY_MS).toISOString();
  const history = [
    { step: 'archive', at: at(60), executionId: 'e-1' },
    { step: 'archive', at: at(3), executionId: 'e-2' },
  ];
  const then = stepToTake({ name: 'delete', notBefore: null }, STEPS, history, NOW);
  expect(then).toMatchObject({ hold: 'STEP_NOT_DUE', notBefore: at(-27) });
});

it('after each look all that was done before it comes before the step that is next: else it was taken back', () => {
  const ended = { back: 0, on: 0 };
  always((step, steps) => {
    const finding = aFinding({ nextStep: step });
    const since = new Date(NOW.getTime() - 90 * DAY_MS).toISOString();
    const now = NOW.toISOString();
    const entry = { staleSince: since, lastSeen: now, steps: [...steps] };
    const previous = { ...emptyHistory(), entries: { [keyInTarget(finding)]: entry } };
    const { next } = updateHistory({
      ...{ target: finding, previous, findings: [finding], now: NOW, minReferencePercent: 50 },
      kinds: [{ ...SEEN, steps: STEPS }],
    });
    const after = next.entries[keyInTarget(finding)];
    const place = (of: string) => INDEX[of as keyof typeof INDEX];
    const isBack = steps.some((one) => one.at < now && place(one.step) >= place(step.name));
    ended[isBack ? 'back' : 'on'] += 1;
    // Of what was done after the look it says nothing.
    const later = steps.filter(({ at }) => at > now);
    expect(after?.steps ?? []).toEqual(isBack ? later : steps);
    expect(after?.staleSince).toBe(isBack ? now : since);
  });
  expect(Math.min(ended.back, ended.on)).toBeGreaterThan(100);
});

it('a kind of one step names none, and is held for none', () => {
  const one = [{ name: 'delete', undo: 'RECYCLE_BIN' }] as const;
  expect(stepToTake(undefined, one, [], NOW)).toEqual({ step: one[0], hold: null });
});

it('where nobody said which of several steps is next, or one that there is not, none is taken', () => {
  expect(stepToTake(undefined, STEPS, [], NOW).hold).toBe('STEP_NOT_OURS');
  const other = { name: 'burn', notBefore: null, byItself: true } as const;
  expect(stepToTake(other, STEPS, [], NOW).hold).toBe('STEP_NOT_OURS');
});

it('a time that cannot be read is still to come', () => {
  const then = stepToTake({ name: 'disable', notBefore: 'soon' }, STEPS, [], NOW);
  expect(then.hold).toBe('STEP_NOT_DUE');
});
