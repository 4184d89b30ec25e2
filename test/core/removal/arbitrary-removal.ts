import fc from 'fast-check';
import { type RemovalStep, UndoWay } from '../../../core/outcome/undo.ts';
import type { BinEntry } from '../../../core/removal/bin.ts';
import type { NextStep } from '../../../core/model/verdict.ts';
import type { Moment } from '../../../core/removal/moment.ts';
import type { BinSight, Refused, Seen } from '../../../core/removal/seen.ts';
import type { Allowed, Removal, Stage } from '../../../core/removal/stage.ts';
import type { Ending, Tries } from '../../../core/removal/tries.ts';
import {
  aPolicy,
  aRemoval,
  aRule,
  BIN_STEP,
  daysBefore,
  KIND,
  NOW,
} from '../../support/summaries/builders.ts';

type StepOf = Pick<Removal, 'step' | 'before' | 'goesOnTo'>;
const NEITHER = { before: null, goesOnTo: null };

/** Within half a minute, so that some checks are fresh and some aren't. */
const at = fc.integer({ min: 0, max: 30_000 }).map((ms) => NOW.getTime() + ms);
const moment: fc.Arbitrary<Moment> = fc.record({ at, setBacks: fc.nat(1) });

const failure = fc.constantFrom(
  { code: 'InternalError', message: 'x' },
  { code: 'RequestLimitExceeded', message: 'x' },
  { code: 'ECONNRESET', message: 'x' },
);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });
const entry: fc.Arbitrary<BinEntry> = fc.constant({
  enteredAt: NOW.toISOString(),
  restorableUntil: daysBefore(-7),
});
const bin: fc.Arbitrary<BinSight> = fc.record({
  entry: maybe(entry),
  failure: maybe(failure),
  ended: fc.constantFrom('WAITED', 'INTERRUPTED', 'ERROR', 'LEASE_LOST'),
});
export const refused: fc.Arbitrary<Refused> = fc.record({
  failure,
  means: fc.constantFrom('RETRY', 'ALREADY_GONE', 'PROTECTED', 'DENIED', 'FAILED'),
  reason: maybe(fc.constant('IN_USE')),
  isThrottled: fc.boolean(),
});
const waiting: fc.Arbitrary<Ending> = fc.record({
  outcome: fc.constantFrom('NOT_ATTEMPTED', 'FAILED', 'DENIED'),
  reasons: fc.constantFrom(['CHECK_FAILED'], ['RETRIES_EXHAUSTED'], []),
  failure: maybe(failure),
});
export const tries: fc.Arbitrary<Tries> = fc.record({
  isInherited: fc.boolean(),
  count: fc.nat(7),
  notBefore: at,
  markedAt: fc.option(at),
  unanswered: fc.option(failure),
  waiting: fc.option(waiting),
});
const rule = fc.option(fc.constantFrom(aRule(), aRule({ identifier: 'rule-2' })));
const checked = { check: moment, rule };
const stage: fc.Arbitrary<Stage> = fc.oneof(
  fc.constant({ at: 'DUE' as const }),
  fc.record({ at: fc.constant('STALE' as const), check: moment }),
  ...(['KEPT', 'TAGGED', 'MARKED', 'READY', 'NOTED'] as const).map((name) =>
    fc.record({ at: fc.constant(name), ...checked }),
  ),
  fc.record({ at: fc.constant('ACCEPTED' as const), rule: fc.constant(aRule()) }),
);
/** Mostly as snapshots are removed. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant(BIN_STEP) },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constant('go'), undo: fc.constantFrom(...UndoWay.options) }),
  },
);
/** Of a kind with one step, as snapshots are; and each of one with three. */
const ONE_STEP: StepOf = { step: BIN_STEP, ...NEITHER };
const THREE_STEPS: readonly RemovalStep[] = [
  { name: 'disable', undo: 'REVERSE' },
  { name: 'archive', undo: 'REVERSE', waitDays: 3, isUnmarked: true },
  { name: 'delete', undo: 'RECYCLE_BIN', waitDays: 30 },
];
export const FOLLOWS = { step: 'disable', at: daysBefore(40), executionId: 'e-1' };
const nextStep: fc.Arbitrary<NextStep | undefined> = fc.option(
  fc.record(
    {
      name: fc.constantFrom('disable', 'archive', 'delete'),
      notBefore: fc.constantFrom(null, null, daysBefore(1), daysBefore(-1)),
      byItself: fc.constant(true as const),
    },
    { requiredKeys: ['name', 'notBefore'] },
  ),
  { nil: undefined, freq: 3 },
);
export function stepOf(name: string | undefined): StepOf {
  const index = THREE_STEPS.findIndex((step) => step.name === name);
  const step = THREE_STEPS[index];
  if (step === undefined) return ONE_STEP;
  return { step, before: THREE_STEPS[index - 1] ?? null, goesOnTo: THREE_STEPS[index + 1] ?? null };
}
const rest = {
  written: fc.constantFrom<Removal['written'][]>('NOTHING', 'INTENT', 'REQUEST'),
  tries,
  stage,
  graceBeganAnew: fc.boolean(),
};
const staleSince = fc.constantFrom(daysBefore(20), daysBefore(1));
export const removal: fc.Arbitrary<Removal> = fc.record({
  planned: staleSince.map((since) => aRemoval({ staleSince: since })),
  ...{ step, before: fc.constant(null), goesOnTo: fc.constant(null) },
  isUnproved: fc.constant(false),
  ...rest,
});
/** Of one of three steps, after an earlier one or by itself. */
export const removalOfStep: fc.Arbitrary<Removal> = fc
  .record({
    staleSince,
    step: fc.constantFrom('disable', 'archive', 'delete'),
    follows: fc.option(fc.constant(FOLLOWS)),
    rest: fc.record({ ...rest, isUnproved: fc.boolean() }),
  })
  .map(({ follows, rest: others, ...given }) => ({
    planned: aRemoval({ ...given, ...(follows && { follows }) }),
    ...stepOf(given.step),
    ...others,
  }));
const seldom = fc.oneof(
  { weight: 4, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);
export const allowed: fc.Arbitrary<Allowed> = fc.record({
  now: moment,
  isInterrupted: seldom,
  policy: fc
    .record({
      requireUndo: fc.boolean(),
      allowRecreation: fc.subarray([`${KIND}:go`, 'other:go']),
      allowIrreversible: fc.subarray([`${KIND}:go`, `${KIND}:delete`, 'other:go']),
      allowLastCopy: fc.boolean(),
      graceDays: fc.constantFrom(0, 14),
    })
    .map(aPolicy),
  hold: fc.constantFrom(null, null, 'ACCOUNT_SUSPENDED' as const),
  isStopped: seldom,
  isDeniedThroughout: fc.boolean(),
});
const verdict = fc
  .constantFrom('STALE' as const, 'KEEP' as const, 'UNKNOWN' as const)
  .map((name) => ({ verdict: name, reasons: ['VOLUME_MISSING'] }));
const groupHold = fc.constantFrom(
  ...[null, null, null, 'LAST_COPY' as const],
  ...['LAST_COPY_OF_REMOVED_VOLUME' as const, 'NEWEST_OF_FAMILY' as const],
);
export const look = fc.record({
  seen: fc.constant('THERE' as const),
  verdict,
  check: moment,
  lookedAt: fc.constant(NOW),
  failure: maybe(failure),
  groupHold,
});
/** A look at something of a kind with three steps. */
export const lookAtStep = fc
  .record({ look, nextStep, made: fc.constantFrom(undefined, undefined, 'copy-1') })
  .map((of) => ({ ...of.look, nextStep: of.nextStep, made: of.made }));
/** What leads from one stage to the next. */
export const onward: fc.Arbitrary<Seen> = fc.oneof(
  fc.record({ seen: fc.constantFrom('TAGGED', 'BEGUN', 'MARKER', 'REQUEST_NOTED', 'ACCEPTED') }),
  fc.record({ seen: fc.constant('RULE' as const), rule }),
  fc.record({ seen: fc.constant('COPIES' as const), groupHold: fc.constant(null) }),
);
const just = <T extends string>(name: T) => fc.constant(name);
/** What was seen of the rules that would keep it. */
export const rulesSeen: fc.Arbitrary<Seen> = fc.oneof(
  fc.record({ seen: just('RULE'), rule }),
  fc.record({ seen: just('RULES_UNREADABLE'), failure, isDenied: fc.boolean() }),
);
export const seen: fc.Arbitrary<Seen> = fc.oneof(
  fc.record({
    seen: fc.constantFrom(
      ...([
        'NOTHING',
        'TAGGED',
        'BEGUN',
        'MARKER',
        'REQUEST_NOTED',
        'ACCEPTED',
        'NO_PROGRESS',
      ] as const),
    ),
  }),
  look,
  fc.record({
    seen: just('FAILED'),
    what: fc.constantFrom('CHECK_FAILED', 'MARKING_FAILED', 'MARKER_NOT_SEEN'),
    failure: maybe(failure),
  }),
  fc.record({ seen: just('GONE'), bin, refusal: maybe(failure) }),
  fc.record({ seen: just('SET'), others: fc.constantFrom('GO', 'WAIT', 'STAY') }),
  rulesSeen,
  fc.record({ seen: just('COPIES'), groupHold }),
  fc.record({ seen: just('TOO_OLD'), managed: fc.nat(2) }),
  fc.record({ seen: just('REFUSED'), refused }),
  fc.record({ seen: just('BIN'), bin }),
  fc.record({ seen: just('END_OF_WORK'), reason: fc.constant('INTERRUPTED') }),
);
