import { z } from 'zod';
import { Timestamp } from './ids.ts';
import type { TargetStatus } from './outcome.ts';
import type { Finding } from './verdict.ts';

/** Since when a resource has been seen stale without a break, and when last. */
const HistoryEntry = z.strictObject({
  staleSince: Timestamp,
  lastSeen: Timestamp,
  /** Reference sources that the look at `staleSince` left out; absent: none. */
  notLookedAt: z.array(z.string()).optional(),
});
type HistoryEntry = z.infer<typeof HistoryEntry>;

/** What earlier executions saw stale in one target, by `historyKey`. The grace is counted from it. */
export const History = z.strictObject({
  schemaVersion: z.literal(1),
  entries: z.record(z.string(), HistoryEntry),
});
export type History = z.infer<typeof History>;

/** How the stale resources of a target, or of many, differ from the last execution's. */
export const StaleChange = z.strictObject({
  newlyStale: z.int().min(0),
  stillStale: z.int().min(0),
  /** Stale then, and now in use, protected or gone. */
  noLongerStale: z.int().min(0),
});
export type StaleChange = z.infer<typeof StaleChange>;

export const NO_CHANGE: StaleChange = { newlyStale: 0, stillStale: 0, noLongerStale: 0 };

export function emptyHistory(): History {
  return { schemaVersion: 1, entries: {} };
}

export function historyKey(resource: { kind: string; resourceId: string }): string {
  return `${resource.kind}:${resource.resourceId}`;
}

type Seen = Pick<Finding, 'kind' | 'resourceId' | 'verdict' | 'reasons' | 'evidence'>;

/**
 * The history of a target after an execution has looked at it.
 *
 * Only what was seen ends a staleness: a target that isn't complete, an UNKNOWN, or an age limit
 * raised since (TOO_YOUNG alone) says nothing about use and leaves the entry as it is. Anything
 * else that isn't STALE, or isn't listed any more, is dropped: should it become stale again, its
 * grace starts anew. So does the grace of what was only seen stale without looking at a reference
 * that is looked at now: it may have been in use all the time.
 *
 * @param kinds the kinds that were looked at; entries of others stay as they are
 * @param findings all listed findings of the target, whatever their verdict
 * @param now when the execution looked
 */
export function updateHistory(seen: {
  previous: History;
  status: TargetStatus;
  kinds: readonly string[];
  findings: Iterable<Seen>;
  now: Date;
}): { next: History; change: StaleChange } {
  if (seen.status !== 'COMPLETE') return { next: seen.previous, change: NO_CHANGE };
  const before = new Map(Object.entries(seen.previous.entries));
  const after = new Map([...before].filter(([key]) => !seen.kinds.includes(kindOf(key))));
  const change = { ...NO_CHANGE };
  const now = seen.now.toISOString();
  for (const finding of seen.findings) {
    const key = historyKey(finding);
    const entry = before.get(key);
    if (finding.verdict === 'STALE') {
      if (after.has(key)) continue; // a listing may show a resource twice
      after.set(key, stillStale(entry, finding, now));
      change[entry === undefined ? 'newlyStale' : 'stillStale'] += 1;
    } else if (entry !== undefined && saysNothingAboutUse(finding)) after.set(key, entry);
  }
  change.noLongerStale = [...before.keys()].filter((key) => !after.has(key)).length;
  return { next: { schemaVersion: 1, entries: Object.fromEntries(after) }, change };
}

export function mergeChanges(a: StaleChange, b: StaleChange): StaleChange {
  return {
    newlyStale: a.newlyStale + b.newlyStale,
    stillStale: a.stillStale + b.stillStale,
    noLongerStale: a.noLongerStale + b.noLongerStale,
  };
}

// Two executions may end in another order than they looked: the earliest and the latest sight count.
function stillStale(
  entry: HistoryEntry | undefined,
  { evidence }: Seen,
  now: string,
): HistoryEntry {
  const notLookedAt = evidence.notLookedAt ?? [];
  const isProved = entry?.notLookedAt?.every((source) => notLookedAt.includes(source)) ?? true;
  const { lastSeen = now } = entry ?? {};
  const seen = { lastSeen: Date.parse(lastSeen) > Date.parse(now) ? lastSeen : now };
  if (entry !== undefined && isProved && Date.parse(entry.staleSince) < Date.parse(now))
    return { ...entry, ...seen };
  return { staleSince: now, ...seen, ...(notLookedAt.length > 0 && { notLookedAt }) };
}

function saysNothingAboutUse(finding: Seen): boolean {
  if (finding.verdict === 'UNKNOWN') return true;
  return finding.verdict === 'KEEP' && finding.reasons.every((reason) => reason === 'TOO_YOUNG');
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}
