import fc from 'fast-check';
import { next } from '../../../core/removal/next.ts';
import type { Seen } from '../../../core/removal/seen.ts';
import type { Allowed, Next, Removal } from '../../../core/removal/stage.ts';
import { mayBeOurs } from '../../../core/removal/tries.ts';
import { daysBefore } from '../../support/summaries/builders.ts';
import { allowed, look, onward, refused, removal, rulesSeen, seen } from './arbitrary-removal.ts';

const CHECK_IS_GOOD_FOR_MS = 12_000;

/** For each removal, whatever is seen of it and whatever is allowed. */
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

const actOf = (then: Next) => (then.next === 'GO_ON' ? then.act : null);
const endOf = (then: Next) => (then.next === 'END' ? then.ending : null);

it('the same question has the same answer, and is left as it was', () =>
  always((then, one, what, may) => {
    const before = structuredClone({ one, what, may });
    expect(next(one, what, may)).toEqual(then);
    expect({ one, what, may }).toEqual(before);
  }));

it('nothing is deleted but on a check that is fresh by a clock that was not set back', () =>
  always((then, _, __, { now }) => {
    if (then.next !== 'GO_ON' || then.act !== 'DELETE' || !('check' in then.stage)) return;
    expect(now.at - then.stage.check.at).toBeLessThanOrEqual(CHECK_IS_GOOD_FOR_MS);
    expect(now.setBacks).toBe(then.stage.check.setBacks);
  }));

it('nothing is deleted but with its request in the ledger', () =>
  always((then, one) => {
    if (actOf(then) === 'DELETE') expect(one.written).toBe('REQUEST');
  }));

it('nothing is marked or deleted after an interrupt or a stop, or with no intent written', () =>
  always((then, one, what, { isInterrupted, isStopped }) => {
    if (what.seen === 'TAGGED' && then.next === 'GO_ON') expect(one.written).not.toBe('NOTHING');
    const changes = ['DELETE', ...(what.seen === 'NOTHING' ? ['MARK', 'NOTE_REQUEST'] : [])];
    if (!changes.includes(actOf(then) ?? '')) return;
    expect([isInterrupted, isStopped]).toEqual([false, false]);
  }));

/** The only way to each stage. */
const WAY: Readonly<Record<string, { from: string[]; seen: string[] }>> = {
  STALE: { from: ['*'], seen: ['THERE'] },
  KEPT: { from: ['STALE'], seen: ['RULE', 'RULES_UNREADABLE'] },
  TAGGED: { from: ['KEPT'], seen: ['TAGGED'] },
  MARKED: { from: ['TAGGED'], seen: ['MARKER'] },
  READY: { from: ['MARKED', 'TAGGED'], seen: ['COPIES', 'MARKER'] },
  NOTED: { from: ['READY'], seen: ['REQUEST_NOTED'] },
  ACCEPTED: { from: ['NOTED'], seen: ['ACCEPTED'] },
};

it('no stage is reached but from the one before it, by what is to be seen there', () =>
  always(
    (then, { stage }, what, { policy }) => {
      if (then.next !== 'GO_ON' || then.stage === stage || then.stage.at === stage.at) return;
      const way = WAY[then.stage.at]!;
      expect(way.seen).toContain(what.seen);
      if (way.from[0] !== '*') expect(way.from).toContain(stage.at);
      if (stage.at === 'TAGGED' && then.stage.at === 'READY')
        expect(policy.allowLastCopy).toBe(true);
    },
    fc.oneof(seen, onward),
  ));

it('nothing is marked, and no request noted, on a check that is too old', () =>
  fc.assert(
    fc.property(removal, allowed, (one, given) => {
      const may = { ...given, isInterrupted: false, isStopped: false };
      const then = next(one, { seen: 'NOTHING' }, may);
      if (then.next !== 'GO_ON' || !['MARK', 'NOTE_REQUEST'].includes(then.act)) return;
      const check = 'check' in then.stage ? then.stage.check : undefined;
      expect(may.now.at - check!.at).toBeLessThanOrEqual(CHECK_IS_GOOD_FOR_MS);
      expect(may.now.setBacks).toBe(check!.setBacks);
    }),
    { numRuns: 2_000 },
  ));

it('what failed, was refused, or is not known, leads to nothing but waiting, its end, or a look', () =>
  always((then, _, what) => {
    const failed = ['FAILED', 'REFUSED', 'TOO_OLD', 'END_OF_WORK', 'NO_PROGRESS'];
    const isUnknown = what.seen === 'THERE' && what.verdict.verdict !== 'STALE';
    if (!isUnknown && !failed.includes(what.seen)) return;
    expect([null, 'LOOK_INTO_BIN']).toContain(actOf(then));
    if (actOf(then) !== null) expect(what.seen).toBe('REFUSED');
  }));

it('nothing is told as gone but what a look did not show, or AWS said it removed', () =>
  always((then, _, what) => {
    const outcome = endOf(then)?.outcome;
    if (outcome === 'ALREADY_GONE') expect(what.seen).toBe('GONE');
    if (outcome === 'REMOVED') expect(['GONE', 'ACCEPTED', 'BIN']).toContain(what.seen);
  }));

it('what may have been carried out is told as removed once it is gone, never as gone before', () =>
  always((then, { tries }, what) => {
    if (what.seen !== 'GONE') return;
    const wasSeen = what.bin.entry !== undefined || mayBeOurs(tries);
    expect(endOf(then)?.outcome).toBe(wasSeen ? 'REMOVED' : 'ALREADY_GONE');
  }));

it('what may be gone is left open where work ends, and is never taken back in the ledger', () =>
  always((then, one, what) => {
    if (what.seen === 'END_OF_WORK' && one.written === 'REQUEST') expect(then.next).toBe('LEAVE');
    if (then.next === 'GO_ON' || !then.takesBack) return;
    expect(one.written).toBe('REQUEST');
    expect(mayBeOurs(one.tries)).toBe(false);
    if (what.seen === 'REFUSED' && what.refused.means === 'RETRY')
      expect(what.refused.isThrottled).toBe(true);
  }));

it('what is given up after a request that may have been carried out is not told as not attempted', () =>
  always((then, { tries }, what) => {
    if (!mayBeOurs(tries) || !['FAILED', 'NO_PROGRESS'].includes(what.seen)) return;
    expect(endOf(then)?.outcome).not.toBe('NOT_ATTEMPTED');
  }));

it('where the bin is required, what it does not show is told as not seen there', () =>
  always((then, one, what, { policy }) => {
    const isSight = what.seen === 'BIN' || (what.seen === 'GONE' && mayBeOurs(one.tries));
    if (!isSight || then.next !== 'END' || what.bin.entry !== undefined) return;
    const isExpected = policy.requireUndo && one.step.undo === 'RECYCLE_BIN';
    const isProved = isExpected && what.bin.ended === 'WAITED';
    expect(then.ending.reasons.includes('NOT_SEEN_IN_RECYCLE_BIN')).toBe(isProved);
    expect(then.ending.restorableUntil).toBeUndefined();
  }));

it('without a rule that keeps it nothing goes on where one is required', () =>
  always((then, { step }, what, { policy }) => {
    const isWithout = what.seen === 'RULES_UNREADABLE' || (what.seen === 'RULE' && !what.rule);
    if (isWithout && policy.requireUndo && step.undo === 'RECYCLE_BIN')
      expect(then.next).not.toBe('GO_ON');
  }));

it('no step is taken without a way back for sure but where the policy names it', () => {
  const counts = { kept: 0, taken: 0 };
  always((then, { step }, _, { policy }) => {
    if (['RECYCLE_BIN', 'REVERSE'].includes(step.undo)) return;
    const named = step.undo === 'RECREATION' ? policy.allowRecreation : policy.allowIrreversible;
    if (named.includes(`ebs-snapshot:${step.name}`)) {
      if (then.next === 'GO_ON') counts.taken += 1;
      return;
    }
    expect(then.next).not.toBe('GO_ON');
    if (endOf(then)?.outcome === 'PROTECTED') counts.kept += 1;
  }, rulesSeen);
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(5);
});

it('a step that another one takes back needs neither a rule nor anybody to allow it', () =>
  always((then, { step, stage }) => {
    if (step.undo === 'REVERSE' && stage.at === 'STALE') expect(then.next).toBe('GO_ON');
  }, rulesSeen));

it('a step that is undone by what was made goes on where that is known, else by its next way', () => {
  const made = fc.option(fc.constant('copy-1'), { nil: undefined });
  const unmade = fc.constantFrom(undefined, 'REVERSE' as const, 'ATTEMPT' as const);
  fc.assert(
    fc.property(removal, rulesSeen, allowed, made, unmade, (given, what, may, known, other) => {
      const follows = { step: 'copy', at: daysBefore(9), executionId: 'e-1' };
      const one: Removal = {
        ...{ ...given, stage: { at: 'STALE', check: may.now } },
        step: { name: 'go', undo: 'MADE', ...(other && { undoElse: [other] }) },
        planned: { ...given.planned, follows: { ...follows, ...(known && { made: known }) } },
      };
      const then = next(one, what, { ...may, policy: { ...may.policy, allowIrreversible: [] } });
      if (known !== undefined || other === 'REVERSE') expect(then.next).toBe('GO_ON');
      else expect(endOf(then)?.reasons).toEqual(['IRREVERSIBLE_NOT_ALLOWED']);
    }),
  );
});

it('a set of which a member stays, stays; one of which a member waits, waits', () =>
  always((then, _, what) => {
    if (what.seen !== 'SET' || what.others === 'GO') return;
    if (what.others === 'WAIT') expect(then).toEqual({ next: 'LEAVE', takesBack: false });
    else expect(endOf(then)).toEqual({ outcome: 'PROTECTED', reasons: ['SET_NOT_WHOLE'] });
  }));

it('a second look ends what is kept, held, in grace, a last copy, or stopped', () =>
  fc.assert(
    fc.property(removal, look, allowed, (one, what, may) => {
      const then = next(one, what, may);
      const outcome = endOf(then)?.outcome;
      const isStale = what.verdict.verdict === 'STALE';
      if (what.verdict.verdict === 'KEEP') expect(outcome).toBe('NO_LONGER_STALE');
      if (isStale && may.hold !== null) expect(outcome).toBe('PROTECTED');
      const isFree = may.hold === null && (may.policy.graceDays === 0 || !inGrace(one));
      if (isStale && isFree && one.graceBeganAnew) expect(outcome).toBe('NO_LONGER_STALE');
      if (isStale && isFree && !one.graceBeganAnew && what.groupHold !== null)
        expect(endOf(then)?.reasons).toEqual([what.groupHold]);
      const goesOn =
        isStale && isFree && !one.graceBeganAnew && what.groupHold === null && !may.isStopped;
      // What is marked has its rule, and is looked at for what it relies on alone.
      const act = one.stage.at === 'MARKED' ? 'LOOK_FOR_COPIES' : 'FIND_RULE';
      expect(actOf(then)).toBe(goesOn && one.tries.count < 6 ? act : null);
    }),
    { numRuns: 2_000 },
  ));

const inGrace = ({ planned }: Removal) => planned.staleSince > '2026-11-10';

it('what is the last copy once it is marked, stays', () =>
  always((then, _, what) => {
    if (what.seen !== 'COPIES' || what.groupHold === null) return;
    expect(endOf(then)).toEqual({ outcome: 'PROTECTED', reasons: [what.groupHold] });
  }));

it('what the bin was not asked for to the end, because of an error, is left open', () =>
  always((then, { stage }, what) => {
    if (what.seen !== 'BIN' || stage.at !== 'ACCEPTED') return;
    const isOpen = what.bin.ended === 'ERROR' && what.bin.entry === undefined;
    expect(then.next).toBe(isOpen ? 'LEAVE' : 'END');
  }));

it('after a stop, what may have been requested has failed, and all else was not attempted', () =>
  fc.assert(
    fc.property(removal, look, allowed, (given, what, may) => {
      const one = { ...given, graceBeganAnew: false };
      const verdict = { verdict: 'STALE' as const, reasons: [] };
      const policy = { ...may.policy, graceDays: 0 };
      const stopped = { ...may, policy, hold: null, isStopped: true };
      const then = next(one, { ...what, verdict, groupHold: null }, stopped);
      expect(endOf(then)).toMatchObject({
        outcome: mayBeOurs(one.tries) ? 'FAILED' : 'NOT_ATTEMPTED',
        reasons: ['NOT_SEEN_IN_RECYCLE_BIN'],
      });
    }),
  ));

it('a denial is tried again only for a minute after marking, and not where all are denied', () =>
  fc.assert(
    fc.property(removal, refused, allowed, fc.nat(60_000), (one, given, soon, later) => {
      const may = { ...soon, now: { ...soon.now, at: soon.now.at + later } };
      const then = next(one, { seen: 'REFUSED', refused: { ...given, means: 'DENIED' } }, may);
      const { markedAt } = one.tries;
      const mayBeTheMarker = markedAt !== null && may.now.at - markedAt < 60_000;
      expect(then.next).toBe(mayBeTheMarker && !may.isDeniedThroughout ? 'WAIT' : 'END');
    }),
  ));

it('every answer of AWS ends it, or puts it off to a later time', () =>
  fc.assert(
    fc.property(removal, refused, allowed, (one, what, may) => {
      const then = next(one, { seen: 'REFUSED', refused: what }, may);
      if (then.next === 'WAIT') expect(then.tries.notBefore).toBeGreaterThan(may.now.at);
      else expect(['END', 'GO_ON']).toContain(then.next);
    }),
    { numRuns: 2_000 },
  ));
