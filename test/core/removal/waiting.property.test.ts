import fc from 'fast-check';
import { next } from '../../../core/removal/next.ts';
import type { Refused, Seen } from '../../../core/removal/seen.ts';
import type { Allowed, Next, Removal } from '../../../core/removal/stage.ts';
import { allowed, look, refused, removal, seen } from './arbitrary-removal.ts';

function always(
  law: (then: Next, one: Removal, what: Seen, may: Allowed) => void,
  things: fc.Arbitrary<Seen> = seen,
) {
  fc.assert(
    fc.property(removal, things, allowed, (one, what, may) =>
      law(next(one, what, may), one, what, may),
    ),
    { numRuns: 3_000 },
  );
}
/** Of the Recycle Bin its own look tells. */
const undoOf = ({ undo }: Removal['step']) =>
  undo === 'RECYCLE_BIN' ? {} : { undo: undo === 'MADE' ? ('NONE' as const) : undo };
const endOf = (then: Next) => (then.next === 'END' ? then.ending : null);
const refusal = refused.map((one): Seen => ({ seen: 'REFUSED', refused: one }));
const isDenial = (what: Seen) => what.seen === 'REFUSED' && what.refused.means === 'DENIED';
const isRetry = (what: Seen) => what.seen === 'REFUSED' && what.refused.means === 'RETRY';

it('each time it is put off it waits twice as long as before', () =>
  always(
    (then, { tries }, what, { now }) => {
      if (then.next !== 'WAIT' || isDenial(what)) return;
      expect(then.tries.count).toBe(tries.count + 1);
      expect(then.tries.notBefore).toBe(now.at + 1000 * 2 ** then.tries.count);
    },
    fc.oneof(seen, refusal),
  ));

it('it is put off five times, and once more where a request may have been carried out', () =>
  always(
    (then, { tries }, what) => {
      if (what.seen !== 'FAILED' && !isRetry(what)) return;
      const isUnanswered =
        tries.unanswered !== null || (what.seen === 'REFUSED' && !what.refused.isThrottled);
      const mayWait = tries.count + 1 < 6 || (tries.count + 1 === 6 && isUnanswered);
      expect(then.next).toBe(mayWait ? 'WAIT' : 'END');
    },
    fc.oneof(seen, refusal),
  ));

it('a denial that may be the marker costs no try, and is what it ends with at last', () =>
  always((then, { tries }, what, { now }) => {
    if (then.next !== 'WAIT' || what.seen !== 'REFUSED' || !isDenial(what)) return;
    expect(then.tries).toEqual({
      ...tries,
      notBefore: now.at + 5_000,
      waiting: { outcome: 'DENIED', reasons: [], failure: what.refused.failure },
    });
  }, refusal));

it('no answer is remembered, throttling is not: it may have been carried out', () =>
  always(
    (then, { tries }, what) => {
      if (then.next !== 'WAIT') return;
      const isLost = isRetry(what) && !refusedIn(what).isThrottled;
      expect(then.tries.unanswered).toEqual(isLost ? refusedIn(what).failure : tries.unanswered);
    },
    fc.oneof(seen, refusal),
  ));

const refusedIn = (what: Seen): Refused => (what as Seen & { refused: Refused }).refused;

/** Whether this one's request surely was not carried out, without asking `mayBeOurs`. */
const isSurelyNotDone = ({ written, tries }: Removal) =>
  written === 'REQUEST' && !tries.isInherited && tries.unanswered === null;

it('a request that surely was not carried out is taken back, whether it waits or is given up', () =>
  always((then, one, what) => {
    if (what.seen !== 'REFUSED' || then.next === 'GO_ON') return;
    const mayTakeBack = isSurelyNotDone(one) && (isDenial(what) || what.refused.isThrottled);
    const isSettled = !isRetry(what) && then.next === 'END';
    expect(then.takesBack).toBe(mayTakeBack && !isSettled);
  }, refusal));

it('what was noted and may not be sent now is left, and its note taken back', () =>
  fc.assert(
    fc.property(removal, allowed, (one, may) => {
      if (one.stage.at !== 'NOTED') return;
      const then = next(one, { seen: 'NOTHING' }, may);
      if (then.next === 'GO_ON') return;
      expect(then).toEqual({ next: 'LEAVE', takesBack: isSurelyNotDone(one) });
    }),
    { numRuns: 3_000 },
  ));

it('no request is noted for what has no intent', () =>
  fc.assert(
    fc.property(removal, allowed, (given, may) => {
      const one = { ...given, written: 'NOTHING' as const };
      const then = next(one, { seen: 'NOTHING' }, may);
      expect(then.next === 'GO_ON' ? then.act : '').not.toBe('NOTE_REQUEST');
    }),
    { numRuns: 2_000 },
  ));

it('what is gone has the endings of its request, of the bin, and of the target', () =>
  always((then, { tries, step }, what, { policy }) => {
    if (what.seen !== 'GONE') return;
    const { bin } = what;
    const isOurs = tries.isInherited || tries.unanswered !== null;
    const isExpected = policy.requireUndo && step.undo === 'RECYCLE_BIN';
    const isMissed = isExpected && bin.ended === 'WAITED';
    const failure = (isOurs ? tries.unanswered : null) ?? what.refusal ?? bin.failure;
    if (bin.entry !== undefined) {
      const { restorableUntil } = bin.entry;
      expect(endOf(then)).toEqual({ outcome: 'REMOVED', reasons: [], restorableUntil });
    } else if (isOurs) {
      const reasons = ['ANSWER_LOST', ...(isMissed ? ['NOT_SEEN_IN_RECYCLE_BIN'] : [])];
      expect(endOf(then)).toEqual({ outcome: 'REMOVED', reasons, failure, ...undoOf(step) });
    } else expect(endOf(then)).toEqual({ outcome: 'ALREADY_GONE', reasons: [], failure });
  }));

it('what AWS carried out is looked for in the bin, and has ended where no rule keeps it', () =>
  always(
    (then, { stage, step }) => {
      if (stage.at !== 'NOTED') return;
      const { rule } = stage;
      if (rule === null)
        expect(endOf(then)).toEqual({ outcome: 'REMOVED', reasons: [], ...undoOf(step) });
      else
        expect(then).toEqual({
          next: 'GO_ON',
          act: 'LOOK_INTO_BIN',
          stage: { at: 'ACCEPTED', rule },
        });
    },
    fc.constant({ seen: 'ACCEPTED' }),
  ));

it('a refusal is told as AWS and its kind gave it; no answer for long, as FAILED', () =>
  always((then, _, what) => {
    if (what.seen !== 'REFUSED' || then.next !== 'END') return;
    const { means, reason, failure } = what.refused;
    const told = { outcome: means, reasons: reason === undefined ? [] : [reason], failure };
    const lost = { outcome: 'FAILED', reasons: ['RETRIES_EXHAUSTED'], failure };
    expect(then.ending).toEqual(means === 'RETRY' ? lost : told);
  }, refusal));

it('a set all of which may go keeps its place; of what is noted, only where it may be sent', () =>
  always(
    (then, one, _, may) => {
      if (one.stage.at === 'NOTED') expect(then).toEqual(next(one, { seen: 'NOTHING' }, may));
      else expect(then).toMatchObject({ next: 'GO_ON', stage: one.stage });
    },
    fc.constant({ seen: 'SET', others: 'GO' }),
  ));

it('rules that cannot be read are asked for again, unless that is denied', () =>
  always((then, { tries, step }, what, { policy }) => {
    if (what.seen !== 'RULES_UNREADABLE' || !policy.requireUndo) return;
    if (step.undo !== 'RECYCLE_BIN') return;
    const { failure } = what;
    const ending = { outcome: 'NOT_ATTEMPTED', reasons: ['NO_RECYCLE_BIN_RULE'], failure };
    if (what.isDenied) expect(endOf(then)).toEqual(ending);
    else if (tries.count < 5)
      expect(then).toMatchObject({ next: 'WAIT', tries: { waiting: ending } });
  }));

it('a check that is too old costs a try only where none of its batch was managed', () =>
  always((then, { tries }, what) => {
    if (what.seen !== 'TOO_OLD') return;
    if (what.managed > 0) expect(then).toEqual({ next: 'LEAVE', takesBack: false });
    else if (tries.count < 5) expect(then).toMatchObject({ next: 'WAIT' });
  }));

it('what ends untouched has the reason of that, and what it had waited for', () =>
  always((then, { tries, written }, what) => {
    if (what.seen !== 'END_OF_WORK' || written === 'REQUEST') return;
    const failure = tries.waiting?.failure;
    expect(endOf(then)).toEqual({ outcome: 'NOT_ATTEMPTED', reasons: ['INTERRUPTED'], failure });
  }));

it('what a look cannot tell is looked at again, and at last told with the reasons of that', () =>
  fc.assert(
    fc.property(removal, look, allowed, (one, given, may) => {
      const verdict = { verdict: 'UNKNOWN' as const, reasons: ['SOURCE_MISSING'] };
      const then = next(one, { ...given, verdict }, may);
      const { failure } = given;
      const ending = { outcome: 'NOT_ATTEMPTED', reasons: verdict.reasons, failure };
      if (one.tries.count < 5)
        expect(then).toMatchObject({ next: 'WAIT', tries: { waiting: ending } });
      else if (then.next === 'END') expect(then.ending.reasons).toEqual(verdict.reasons);
    }),
  ));

it('a grace goes by the time of the look, not by the time of its answer', () =>
  fc.assert(
    fc.property(removal, look, allowed, (given, what, may) => {
      const lookedAt = new Date('2026-11-15T05:59:59.000Z');
      const planned = { ...given.planned, staleSince: '2026-11-01T06:00:00.000Z' };
      const verdict = { verdict: 'STALE' as const, reasons: [] };
      const policy = { ...may.policy, graceDays: 14 };
      const then = next(
        { ...given, planned },
        { ...what, verdict, lookedAt },
        { ...may, policy, hold: null },
      );
      expect(endOf(then)).toEqual({ outcome: 'PROTECTED', reasons: ['IN_GRACE'] });
    }),
  ));
