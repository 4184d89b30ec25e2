import { z } from 'zod';
import { Timestamp } from './ids.ts';
import type { TargetStatus } from './outcome.ts';
import type { Finding } from './verdict.ts';

/** Since when a resource has been seen stale without a break, and when last. */
const HistoryEntry = z.strictObject({ staleSince: Timestamp, lastSeen: Timestamp });

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

/**
 * The history of a target after an execution has looked at it.
 *
 * Only what was seen ends a staleness: a target that isn't complete, an UNKNOWN, or an age limit
 * raised since (TOO_YOUNG alone) says nothing about use and leaves the entry as it is. Anything
 * else that isn't STALE, or isn't listed any more, is dropped: should it become stale again, its
 * grace starts anew.
 *
 * @param kinds the kinds that were looked at; entries of others stay as they are
 * @param findings all listed findings of the target, whatever their verdict
 * @param now when the execution looked
 */
export function updateHistory(seen: {
  previous: History;
  status: TargetStatus;
  kinds: readonly string[];
  findings: Iterable<Pick<Finding, 'kind' | 'resourceId' | 'verdict' | 'reasons'>>;
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
      after.set(key, stillStale(entry, now));
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
function stillStale(entry: z.infer<typeof HistoryEntry> | undefined, now: string) {
  if (entry === undefined) return { staleSince: now, lastSeen: now };
  return {
    staleSince: Date.parse(entry.staleSince) < Date.parse(now) ? entry.staleSince : now,
    lastSeen: Date.parse(entry.lastSeen) > Date.parse(now) ? entry.lastSeen : now,
  };
}

function saysNothingAboutUse(finding: Pick<Finding, 'verdict' | 'reasons'>): boolean {
  if (finding.verdict === 'UNKNOWN') return true;
  return finding.verdict === 'KEEP' && finding.reasons.every((reason) => reason === 'TOO_YOUNG');
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}
