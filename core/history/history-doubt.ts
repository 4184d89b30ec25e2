import { z } from 'zod';
import { MOST_CLOCK_DIFFERENCE_MS } from '../model/clock-difference.ts';
import type { History } from './history.ts';
import type { HistoryEntry } from './history-entry.ts';
import { AccountId, Region, resourceOf, Timestamp } from '../model/ids.ts';
import type { TargetRef } from '../model/target.ts';
import type { UsualReferences } from '../outcome/sanity-floor.ts';

const MOST_NAMED = 10;

export const DoubtReason = z.enum([
  /** Empty, cut short, or not a history of this version. */
  'UNREADABLE',
  /** It tells of what hasn't been yet: a clock was wrong. */
  'FROM_THE_FUTURE',
  /** Stale before the resource itself was there. */
  'BEFORE_ITS_START',
  /** Seen for the last time before the first, or after the target's last look. */
  'OUT_OF_ORDER',
]);
export type DoubtReason = z.infer<typeof DoubtReason>;

/** What of a target's history was not gone by: the grace of it begins anew. */
export const HistoryDoubt = z.strictObject({
  accountId: AccountId,
  region: Region,
  reason: DoubtReason,
  /** How many resources; null: all that the history may have had. */
  resources: z.int().min(0).nullable(),
  /** The first ten. */
  resourceIds: z.array(z.string()).max(MOST_NAMED),
  /** The time of the whole history, where that is what was wrong. */
  lookedAt: Timestamp.optional(),
  /** Where what couldn't be read is kept, for somebody to look at. */
  keptAs: z.string().optional(),
});
export type HistoryDoubt = z.infer<typeof HistoryDoubt>;

export type DoubtOfTarget = Omit<HistoryDoubt, keyof TargetRef>;

export interface Believed {
  readonly history: History;
  readonly doubts: readonly DoubtOfTarget[];
}

/**
 * A history without what can't be: times that are still to come, a staleness older than its
 * resource, times in the wrong order. A clock was wrong, or somebody made it up; either way it must
 * not shorten a grace, and not keep others from being written down.
 *
 * @param now the time as AWS has it, give or take `MOST_CLOCK_DIFFERENCE_MS`
 * @param startedAt when resources began, by their `keyInTarget`; what isn't there isn't known
 */
export function believe(
  history: History,
  now: Date,
  startedAt: ReadonlyMap<string, string | null> = new Map(),
): Believed {
  const latest = now.getTime() + MOST_CLOCK_DIFFERENCE_MS;
  const isToCome = (time: string | undefined) => time !== undefined && Date.parse(time) > latest;
  const { lookedAt, observed: _observed, ...others } = history;
  const isLookToCome = isToCome(lookedAt);
  const doubted = new Map<DoubtReason, string[]>();
  const entries: [string, HistoryEntry][] = [];
  for (const [key, entry] of Object.entries(history.entries)) {
    const of = { entry, isToCome, startedAt: startedAt.get(key) ?? undefined };
    const reason = doubtOf({ ...of, lookedAt: isLookToCome ? undefined : lookedAt });
    if (reason === null) entries.push([key, entry]);
    else doubted.set(reason, [...(doubted.get(reason) ?? []), resourceOf(key).resourceId]);
  }
  const observed = observedUntilNow(history, isToCome, (reason, resourceId) => {
    const ids = doubted.get(reason) ?? [];
    if (!ids.includes(resourceId)) doubted.set(reason, [...ids, resourceId]);
  });
  const doubts = [...doubted].map(([reason, ids]): DoubtOfTarget => {
    return { reason, resources: ids.length, resourceIds: ids.slice(0, MOST_NAMED) };
  });
  const isKnown = lookedAt !== undefined && !isLookToCome;
  return {
    history: {
      ...others,
      entries: Object.fromEntries(entries),
      ...(isKnown && { lookedAt }),
      ...observed,
      usual: mapValues(others.usual, (ofKind) => lowUntilNow(ofKind, isToCome)),
    },
    doubts: isLookToCome ? withLook(doubts, lookedAt) : doubts,
  };
}

function doubtOf(of: {
  readonly entry: HistoryEntry;
  readonly isToCome: (time: string | undefined) => boolean;
  readonly startedAt: string | undefined;
  readonly lookedAt: string | undefined;
}): DoubtReason | null {
  const { staleSince, lastSeen, goneAt, steps = [] } = of.entry;
  const times = [staleSince, lastSeen, goneAt, ...steps.map(({ at }) => at)];
  if (times.some(of.isToCome)) return 'FROM_THE_FUTURE';
  if (isWellBefore(staleSince, of.startedAt)) return 'BEFORE_ITS_START';
  const isOutOfOrder = isWellBefore(lastSeen, staleSince) || isWellBefore(of.lookedAt, lastSeen);
  return isOutOfOrder ? 'OUT_OF_ORDER' : null;
}

/** A state that was seen at a time to come, or last before it began, wasn't seen. */
function observedUntilNow(
  { observed }: History,
  isToCome: (time: string | undefined) => boolean,
  doubt: (reason: DoubtReason, resourceId: string) => void,
): Pick<History, 'observed'> {
  if (observed === undefined) return {};
  const believed = Object.entries(observed).flatMap(([key, states]) => {
    const left = Object.entries(states).filter(([, { since, lastSeen }]) => {
      const isFuture = isToCome(since) || isToCome(lastSeen);
      const isBelieved = !isFuture && !isWellBefore(lastSeen, since);
      if (!isBelieved)
        doubt(isFuture ? 'FROM_THE_FUTURE' : 'OUT_OF_ORDER', resourceOf(key).resourceId);
      return isBelieved;
    });
    return left.length === 0 ? [] : [[key, Object.fromEntries(left)] as const];
  });
  return believed.length === 0 ? {} : { observed: Object.fromEntries(believed) };
}

function isWellBefore(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return Date.parse(one) < Date.parse(other) - MOST_CLOCK_DIFFERENCE_MS;
}

/** A low count becomes usual after a time, and would never, counted from a day to come. */
function lowUntilNow(
  usual: UsualReferences,
  isToCome: (time: string | undefined) => boolean,
): UsualReferences {
  return mapValues(usual, ({ lowSince, ...one }) =>
    lowSince === undefined || isToCome(lowSince) ? one : { ...one, lowSince },
  );
}

function mapValues<T, U>(of: Readonly<Record<string, T>>, change: (value: T) => U) {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]));
}

function withLook(doubts: readonly DoubtOfTarget[], lookedAt: string | undefined): DoubtOfTarget[] {
  const reason = 'FROM_THE_FUTURE';
  const own = doubts.find((one) => one.reason === reason) ?? {
    reason,
    resources: 0,
    resourceIds: [],
  };
  return [...doubts.filter((one) => one.reason !== reason), { ...own, lookedAt }];
}
