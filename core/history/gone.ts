import { type DoneStep, type HistoryEntry, isForgotten } from './history-entry.ts';

/** What a history knows of what went, or is about to, by `keyInTarget`. */
interface Known {
  readonly entries: Readonly<Record<string, HistoryEntry>>;
  /** As in the history. */
  readonly gone?: Readonly<Record<string, string>> | undefined;
}

/**
 * What is gone and wasn't seen again since, or was taken a step towards it, by orgsweep's own record: as
 * `keyInTarget`s. What was so long ago, and wasn't seen since, says nothing any more.
 */
export function leavingOf({ entries, gone = {} }: Known, now: Date): Set<string> {
  const isLeaving = (entry: HistoryEntry) =>
    (entry.goneAt !== undefined || entry.steps !== undefined) && isRecent(entry, now);
  const leaving = Object.entries(entries).filter(([, entry]) => isLeaving(entry));
  const left = Object.entries(gone).filter(([, at]) => !isLongAgo(at, now));
  return new Set([...leaving, ...left].map(([key]) => key));
}

/** An approval may come long after the look that it is for. */
function isRecent({ lastSeen, goneAt = lastSeen, steps = [] }: HistoryEntry, now: Date): boolean {
  return [lastSeen, goneAt, ...steps.map(({ at }) => at)].some((at) => !isLongAgo(at, now));
}

function isLongAgo(at: string, now: Date): boolean {
  return isForgotten({ lastSeen: at }, now.toISOString());
}

/**
 * What a look leaves of what is gone. A look that doesn't show it says no more than the removal did, so
 * it is kept until it is listed again, or for as long as a grace would be.
 *
 * @param seen.isOrigin whether it is of a kind that was seen to its end, and that others are copies of
 * @param seen.listed what was seen to be there
 * @param seen.from when the look began
 */
export function goneAfter(
  { entries, gone = {} }: Known,
  seen: {
    readonly isOrigin: (key: string) => boolean;
    readonly listed: ReadonlySet<string>;
    readonly from: Date;
    readonly now: Date;
  },
): { gone?: Record<string, string> } {
  const left = Object.entries(entries).flatMap(([key, { goneAt }]) =>
    goneAt !== undefined && seen.isOrigin(key) ? [[key, goneAt] as const] : [],
  );
  const after = [...Object.entries(gone), ...left].filter(
    ([key, at]) => !isLongAgo(at, seen.now) && !(seen.listed.has(key) && !isAfter(at, seen.from)),
  );
  return after.length === 0 ? {} : { gone: Object.fromEntries(after) };
}

/** What orgsweep did with it after a look had begun: that look says nothing of it. */
export function doneSince(
  { goneAt, removed, steps = [] }: HistoryEntry,
  from: Date,
): Pick<HistoryEntry, 'goneAt' | 'removed' | 'steps'> {
  const later: DoneStep[] = steps.filter(({ at }) => isAfter(at, from));
  return {
    ...(goneAt !== undefined && isAfter(goneAt, from) && { goneAt, ...(removed && { removed }) }),
    ...(later.length > 0 && { steps: later }),
  };
}

function isAfter(at: string, from: Date): boolean {
  return Date.parse(at) > from.getTime();
}
