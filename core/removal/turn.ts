import { keyInTarget } from '../model/ids.ts';
import { setKeyOf } from '../plan/together/broken-sets.ts';
import { leastOf, mostOf } from '../model/order.ts';
import type { PlannedRemoval } from '../plan/plan.ts';
import { groupBySet } from '../plan/together/sets.ts';
import { mayBeOurs, type Tries } from './tries.ts';
import type { RulesSeen } from './bin.ts';
import { fullBatchSize, nextCheckAt, type Pace } from './pace.ts';

/** A planned removal that hasn't ended. @internal Tests build them. */
export interface Open {
  readonly removal: PlannedRemoval;
  readonly tries: Tries;
}

/** What decides whose turn it is in one target. */
export interface Queue {
  /** In the plan's order. */
  readonly open: readonly Open[];
  /** In the order in which their removals must go. */
  readonly kinds: readonly string[];
  readonly pace: Pace;
  /** At most so many requests at once. */
  readonly batchSize: number;
  /** How many one request takes. */
  readonly perRequest: (removal: PlannedRemoval) => number;
  readonly requiresBin: boolean;
  readonly rulesSeen: RulesSeen;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The next removals, all of one kind and step, or how long all of them have to wait. */
export type Turn =
  | { readonly turn: 'REMOVE'; readonly kind: string; readonly removals: readonly PlannedRemoval[] }
  | { readonly turn: 'WAIT'; readonly milliseconds: number };

/** A second look takes so many. */
const MOST_LOOKED_AT = 200;

/** A removal that waits is looked at this often for an interrupt. */
const LONGEST_WAIT_MILLISECONDS = 1_000;

/**
 * Whose turn it is. Those that were put off come last. A set isn't cut in two where it fits into a
 * batch, and waits as a whole.
 *
 * @throws {Error} where nothing is open of any of the kinds: waiting would never end
 */
export function nextTurn(queue: Queue): Turn {
  const { pace, now } = queue;
  const open = withoutWaitingParts(queue.open);
  const readyAt = readyTimes(open);
  const first = mustComeFirst({ ...queue, open });
  const [kind, ofKind] = ofFirstKind(queue.kinds, first.length > 0 ? first : open);
  const isWaiting = isAnyWaiting(first, readyAt, now);
  const checkAt = nextCheckAt(pace, now);
  if (now >= checkAt && !isWaiting) {
    const ready = ofKind
      .filter((one) => readyAt(one) <= now)
      // While all are throttled, no single one uses up its tries.
      .toSorted((a, b) => a.tries.count - b.tries.count)
      .map(({ removal }) => removal);
    const ofStep = ready.filter(({ step }) => step === ready[0]?.step);
    const requests = Math.min(queue.batchSize, fullBatchSize(pace));
    const inEach = ready[0] === undefined ? 1 : queue.perRequest(ready[0]);
    const removals = withoutHalves(ofStep, Math.min(MOST_LOOKED_AT, requests * inEach));
    if (removals.length > 0) return { turn: 'REMOVE', kind, removals };
  }
  const ready = isWaiting ? mostOf(first.map(readyAt)) : leastOf(ofKind.map(readyAt));
  const wait = Math.max(1, Math.max(ready, checkAt) - now);
  return { turn: 'WAIT', milliseconds: Math.min(LONGEST_WAIT_MILLISECONDS, wait) };
}

function ofFirstKind(kinds: readonly string[], open: readonly Open[]): [string, readonly Open[]] {
  for (const kind of kinds) {
    const ofKind = open.filter(({ removal }) => removal.kind === kind);
    if (ofKind.length > 0) return [kind, ofKind];
  }
  throw new Error('Nothing is pending of any known kind');
}

/** While one of those that must come first waits for another look, everything waits. */
export function isUndecided(
  queue: Omit<Queue, 'kinds' | 'pace' | 'batchSize' | 'perRequest'>,
): boolean {
  return isAnyWaiting(mustComeFirst(queue), readyTimes(queue.open), queue.now);
}

function isAnyWaiting(
  first: readonly Open[],
  readyAt: (one: Open) => number,
  now: number,
): boolean {
  return first.some((one) => readyAt(one) > now);
}

/**
 * Those whose removal may have been carried out without an answer come before any other as long as
 * the bin wasn't seen to work: they tell whether it does.
 */
function mustComeFirst(queue: Pick<Queue, 'open' | 'requiresBin' | 'rulesSeen'>): readonly Open[] {
  if (!queue.requiresBin || [...queue.rulesSeen.values()].includes(true)) return [];
  return queue.open.filter(({ tries }) => mayBeOurs(tries));
}

/** Those that nothing open comes before: what it is a part of. */
function withoutWaitingParts(open: readonly Open[]): readonly Open[] {
  if (open.every(({ removal }) => removal.partOf === undefined)) return open;
  const ids = new Set(open.map(({ removal }) => keyInTarget(removal)));
  const isWaiting = ({ removal: { kind, partOf = [] } }: Open) =>
    partOf.some((resourceId) => ids.has(keyInTarget({ kind, resourceId })));
  return open.filter((one) => !isWaiting(one));
}

/** While one member of a set waits, all of them do. */
function readyTimes(open: readonly Open[]): (one: Open) => number {
  const ofSet = new Map<string, number>();
  for (const { removal, tries } of open) {
    const key = setKeyOf(removal);
    if (key !== undefined) ofSet.set(key, Math.max(ofSet.get(key) ?? 0, tries.notBefore));
  }
  return ({ removal, tries }) => ofSet.get(setKeyOf(removal) ?? '') ?? tries.notBefore;
}

/** At most so many, and a part of a set only where all of it is more. */
function withoutHalves(ready: readonly PlannedRemoval[], most: number): PlannedRemoval[] {
  const removals: PlannedRemoval[] = [];
  for (const unit of groupBySet(ready, setKeyOf)) {
    if (removals.length > 0 && removals.length + unit.length > most) break;
    removals.push(...unit.slice(0, most));
  }
  return removals;
}
