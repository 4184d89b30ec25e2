import {
  decideBringingBack,
  decideRestore,
  isBroughtBack,
  type LedgerSays,
  mayHaveRemoved,
  restoredOf,
  type RestoreLine,
} from '../../../core/removal/restore.ts';
import type { SeenNow } from '../../../core/removal/restore.ts';
import {
  ACCOUNT,
  aRemovalOutcome,
  daysBefore,
  KIND,
  NOW,
  REGION,
} from '../../support/summaries/builders.ts';
import { resourceKey } from '../../../core/model/ids.ts';

const nowhere: SeenNow = { inBin: null, tags: null };
const inBin = (enteredAt = daysBefore(1)): SeenNow => ({ inBin: { enteredAt }, tags: null });
const there = (tags: Record<string, string> = {}): SeenNow => ({ inBin: null, tags });

/** Removed a day ago, restorable for 13 more. */
function removed(given: Parameters<typeof aRemovalOutcome>[0] = {}): LedgerSays {
  const outcome = aRemovalOutcome({
    at: daysBefore(1),
    restorableUntil: daysBefore(-13),
    ...given,
  });
  return { intentAt: daysBefore(1), outcome };
}
const open: LedgerSays = { intentAt: daysBefore(1), outcome: null };
const nothing = (result: string) => ({ act: 'NOTHING', result });
const decide = (says: LedgerSays, seen: SeenNow) => decideRestore(says, seen, NOW);

describe('what an execution removed', () => {
  it('is restored when the bin has it', () =>
    expect(decide(removed(), inBin())).toEqual({ act: 'RESTORE' }));

  it('is restored also when nobody came to write down how it ended', () =>
    expect(decide(open, inBin())).toEqual({ act: 'RESTORE' }));

  it('and others removed again later is left where they put it', () =>
    expect(decide(removed({ at: daysBefore(5) }), inBin(daysBefore(1)))).toEqual(
      nothing('NOT_REMOVED'),
    ));

  it('is only tagged when it is there again without a tag', () =>
    expect(decide(removed(), there({ team: 'a' }))).toEqual({ act: 'PROTECT' }));

  it('is left alone when it is there again and protected', () =>
    expect(decide(removed(), there({ 'orgsweep:protect': '' }))).toEqual(
      nothing('ALREADY_RESTORED'),
    ));

  it('is expired once its time in the bin is over, and else not in the bin', () => {
    expect(decide(removed({ restorableUntil: daysBefore(0) }), nowhere)).toEqual(
      nothing('EXPIRED'),
    );
    expect(decide(removed(), nowhere)).toEqual(nothing('NOT_IN_RECYCLE_BIN'));
    expect(decide(removed({ restorableUntil: null }), nowhere)).toEqual(
      nothing('NOT_IN_RECYCLE_BIN'),
    );
  });
});

describe('what an execution did not remove', () => {
  it.each(['NO_LONGER_STALE', 'PROTECTED', 'DENIED', 'NOT_ATTEMPTED'] as const)(
    'as it is %s, is never touched, wherever it is now',
    (outcome) => {
      expect(mayHaveRemoved(removed({ outcome }))).toBe(false);
      for (const seen of [inBin(), there(), nowhere])
        expect(decide(removed({ outcome }), seen)).toEqual(nothing('NOT_REMOVED'));
    },
  );

  it('as it never began to, is never touched', () =>
    expect(decide({ ...removed(), intentAt: null }, inBin())).toEqual(nothing('NOT_REMOVED')));

  it('though it began to, is not tagged where it still is', () => {
    expect(decide(open, there())).toEqual(nothing('NOT_REMOVED'));
    expect(decide(removed({ outcome: 'FAILED' }), there())).toEqual(nothing('NOT_REMOVED'));
  });

  it('and is gone by the hands of others, is not missing from the bin', () =>
    expect(decide(removed({ outcome: 'ALREADY_GONE' }), nowhere)).toEqual(nothing('NOT_REMOVED')));
});

it('what failed and was there then is not made again after others deleted it', () => {
  const gone = { isBack: false, isSuperseded: false, wasBack: false, isUntouched: false };
  const requested = { ...removed({ outcome: 'FAILED' }), requestedAt: daysBefore(1) };
  expect(decideBringingBack(requested, gone)).toEqual(nothing('NOT_REMOVED'));
  expect(decideBringingBack(removed(), gone)).toEqual({ act: 'RESTORE' });
  expect(decideBringingBack(open, gone)).toEqual({ act: 'RESTORE' });
});

it('what a step changed nothing of, and is gone, was taken away by others', () => {
  const seen = { isBack: false, isSuperseded: false, wasBack: false, isUntouched: true };
  expect(decideBringingBack(removed(), seen)).toEqual(nothing('NOT_REMOVED'));
  expect(decideBringingBack(removed(), { ...seen, isBack: true })).toEqual({ act: 'PROTECT' });
  expect(decideBringingBack(removed(), { ...seen, isSuperseded: true })).toEqual(
    nothing('SUPERSEDED'),
  );
});

describe('an intent that nobody settled', () => {
  const seconds = (from: string, count: number) =>
    new Date(Date.parse(from) + count * 1000).toISOString();
  const intentAt = daysBefore(1);
  const requested: LedgerSays = {
    ...{ intentAt, requestedAt: seconds(intentAt, 5), leaseUntil: seconds(intentAt, 125) },
    outcome: null,
  };

  it('counts for nothing where no removal was requested: what is in the bin others put there', () =>
    expect(decide({ ...requested, requestedAt: null }, inBin(seconds(intentAt, 6)))).toEqual(
      nothing('NOT_REMOVED'),
    ));

  it('counts until the lease of its request ran out, and not a second longer', () => {
    expect(decide(requested, inBin(seconds(intentAt, 6)))).toEqual({ act: 'RESTORE' });
    expect(decide(requested, inBin(seconds(intentAt, 126)))).toEqual(nothing('NOT_REMOVED'));
  });

  it('of an older version counts for as long as its lease may have lasted', () => {
    expect(decide({ intentAt, outcome: null }, inBin(seconds(intentAt, 119)))).toEqual({
      act: 'RESTORE',
    });
    expect(decide({ intentAt, outcome: null }, inBin(seconds(intentAt, 121)))).toEqual(
      nothing('NOT_REMOVED'),
    );
  });

  it('or ended as FAILED counts until it was settled; as gone already, not at all', () => {
    const at = seconds(intentAt, 60);
    const ended = (outcome: 'FAILED' | 'ALREADY_GONE'): LedgerSays => ({
      ...requested,
      outcome: aRemovalOutcome({ outcome, at }),
    });
    expect(decide(ended('FAILED'), inBin(seconds(intentAt, 6)))).toEqual({ act: 'RESTORE' });
    expect(decide(ended('FAILED'), inBin(seconds(intentAt, 61)))).toEqual(nothing('NOT_REMOVED'));
    expect(decide(ended('ALREADY_GONE'), inBin(seconds(intentAt, 6)))).toEqual(
      nothing('NOT_REMOVED'),
    );
  });
});

it('only what was asked for by its id has to have been removed', () => {
  expect(isBroughtBack('NOT_REMOVED', false)).toBe(true);
  expect(isBroughtBack('NOT_REMOVED', true)).toBe(false);
  for (const result of ['EXPIRED', 'DENIED', 'NOT_PROTECTED', 'FAILED'] as const)
    expect(isBroughtBack(result, false)).toBe(false);
});

describe('what is there again', () => {
  const line = (resourceId: string, outcome: RestoreLine['outcome']): RestoreLine => ({
    ...{ kind: KIND, accountId: ACCOUNT, region: REGION, resourceId, outcome },
    at: daysBefore(1),
  });
  const backAfter = (...outcomes: readonly RestoreLine['outcome'][]) =>
    restoredOf(outcomes.map((outcome) => line('snap-1', outcome))).size > 0;

  it.each(['RESTORED', 'ALREADY_RESTORED', 'NOT_PROTECTED'] as const)(
    'is what ended as %s, whatever became of it later',
    (outcome) => expect(backAfter(null, outcome, null, 'EXPIRED')).toBe(true),
  );

  it('may be what was begun, or failed, and is known no better', () => {
    expect(backAfter(null)).toBe(true);
    expect(backAfter(null, 'FAILED')).toBe(true);
    expect(backAfter(null, 'FAILED', 'EXPIRED')).toBe(false);
  });

  it.each(['EXPIRED', 'NOT_IN_RECYCLE_BIN', 'NOT_REMOVED', 'DENIED'] as const)(
    'is nothing that ended as %s',
    (outcome) => expect(backAfter(null, outcome)).toBe(false),
  );

  it('is told of each resource by itself', () =>
    expect(restoredOf([line('snap-1', 'RESTORED'), line('snap-2', 'DENIED')])).toEqual(
      new Set([resourceKey(line('snap-1', null))]),
    ));
});
