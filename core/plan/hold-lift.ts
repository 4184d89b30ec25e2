import { HoldReason } from '../model/hold-reason.ts';
import type { HeldRemoval, LimitName, StayingMember } from './plan.ts';

/** What ends a hold: later executions without anybody's doing, or something that a person decides. */
export type LiftedBy = 'LATER_EXECUTIONS' | 'PERSON';

/**
 * Every reason, the hardest to lift first: what is held for several is counted under the first of
 * them, so that lifting what stands further down frees all that is counted there.
 */
const LIFTED_BY: Readonly<Record<HoldReason, LiftedBy>> = {
  KIND_NOT_TO_REMOVE: 'PERSON',
  LAST_COPY: 'PERSON',
  NO_COPY: 'PERSON',
  NEWEST_OF_FAMILY: 'PERSON',
  REMOVAL_NOT_ALLOWED: 'PERSON',
  USED_BY_ANOTHER_ACCOUNT: 'PERSON',
  OTHERS_NOT_SEEN: 'PERSON',
  SET_NOT_WHOLE: 'PERSON',
  WHOLE_STAYS: 'PERSON',
  TARGET_NOT_COMPLETE: 'PERSON',
  SANITY_FLOOR: 'PERSON',
  OVER_LIMIT: 'PERSON',
  TAG_LIMIT_REACHED: 'PERSON',
  IRREVERSIBLE_NOT_ALLOWED: 'PERSON',
  RECREATION_NOT_ALLOWED: 'PERSON',
  NO_RECYCLE_BIN_RULE: 'PERSON',
  STEP_NOT_OURS: 'PERSON',
  LAST_COPY_OF_REMOVED_VOLUME: 'LATER_EXECUTIONS',
  STEP_NOT_DUE: 'LATER_EXECUTIONS',
  IN_GRACE: 'LATER_EXECUTIONS',
  SHARING_NOT_CHECKED: 'LATER_EXECUTIONS',
  NOT_CHECKED: 'LATER_EXECUTIONS',
  OTHERS_USE_UNKNOWN: 'LATER_EXECUTIONS',
  NOT_IN_NAMED_PLAN: 'LATER_EXECUTIONS',
  NOT_STALE_NOW: 'LATER_EXECUTIONS',
};

const HARDEST_FIRST = Object.keys(LIFTED_BY) as readonly HoldReason[];

/** What is over these goes with later executions, the oldest first, as many as the limit allows. */
const LIMITS_ON_NUMBERS: readonly (LimitName | undefined)[] = [
  'maxRemovalsPerTarget',
  'maxRemovalsPerAccount',
];

/**
 * @param limit the one behind OVER_LIMIT
 *
 * @internal A test holds it against the words for each reason.
 */
export function liftedBy(reason: HoldReason, limit?: LimitName): LiftedBy {
  return reason === 'OVER_LIMIT' && LIMITS_ON_NUMBERS.includes(limit)
    ? 'LATER_EXECUTIONS'
    : LIFTED_BY[reason];
}

/** What waiting lifts, and when: the next execution, a later one, or whichever comes after something else went. */
export type LiftedWhen = 'NEXT' | 'LATER' | 'AFTER_OTHERS';

const LIFTED_WHEN: Readonly<Partial<Record<HoldReason, LiftedWhen>>> = {
  LAST_COPY_OF_REMOVED_VOLUME: 'AFTER_OTHERS',
  STEP_NOT_DUE: 'LATER',
  IN_GRACE: 'LATER',
};

/** @param reason one that later executions lift */
export function liftedWhen(reason: HoldReason): LiftedWhen {
  return LIFTED_WHEN[reason] ?? 'NEXT';
}

/**
 * Of what holds a resource back, what is hardest to lift: a person's decision before waiting. A part
 * goes when what it is a part of does.
 */
export function hardestOf(one: Pick<HeldRemoval, 'held' | 'limit' | 'notWhole'>): {
  readonly reason: HoldReason;
  readonly liftedBy: LiftedBy;
} {
  const { limit } = one;
  const ofWhole = one.held.includes('SET_NOT_WHOLE') ? [] : holdsOfStaying(one.notWhole);
  const held =
    ofWhole.length === 0
      ? one.held
      : [...one.held.filter((reason) => reason !== 'WHOLE_STAYS'), ...ofWhole];
  const reasons = HARDEST_FIRST.filter((reason) => held.includes(reason));
  const [first = 'NOT_STALE_NOW'] = reasons;
  const decision = reasons.find((reason) => liftedBy(reason, limit) === 'PERSON');
  if (decision !== undefined) return { reason: decision, liftedBy: 'PERSON' };
  return { reason: held.includes('IN_GRACE') ? 'IN_GRACE' : first, liftedBy: 'LATER_EXECUTIONS' };
}

/** Whether somebody has to decide before what stays goes: also where it isn't stale at all. */
export function isForPerson(staying: StayingMember): boolean {
  const held = holdsOfStaying(staying);
  return held.length === 0 || hardestOf({ held }).liftedBy === 'PERSON';
}

/** None where it isn't stale at all, or nobody knows. */
export function holdsOfStaying(staying: StayingMember | undefined): HoldReason[] {
  const holds = HoldReason.array().safeParse(staying?.reasons);
  return holds.data ?? [];
}
