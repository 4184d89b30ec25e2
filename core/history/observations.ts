import type { Finding, Observations } from '../model/verdict.ts';
import { keyInTarget } from '../model/ids.ts';
import { type HistoryEntry, isForgotten } from './history-entry.ts';

/** What a history knows of states, by `keyInTarget`. */
interface Known {
  readonly entries: Readonly<Record<string, HistoryEntry>>;
  readonly observed?: Record<string, Observations> | undefined;
}

const NOTHING: Known = { entries: {} };

/**
 * The states that a resource is seen in now, and since when without a break. It begins anew for what
 * was away meanwhile, or not looked at for too long.
 *
 * @param key its `keyInTarget`
 */
export function observedNow(
  { entries, observed = {} }: Known = NOTHING,
  key: string,
  states: readonly string[],
  now: Date,
): Observations {
  const at = now.toISOString();
  const isNew = entries[key]?.goneAt !== undefined;
  return Object.fromEntries(
    states.map((state) => {
      const before = isNew ? undefined : observed[key]?.[state];
      if (before === undefined || isForgotten(before, at))
        return [state, { since: at, lastSeen: at, looks: 1 }];
      // The same look may be taken in again.
      const looks = before.lastSeen === at ? before.looks : before.looks + 1;
      return [state, { since: before.since, lastSeen: at, looks }];
    }),
  );
}

/**
 * What is known of states after a look. Of the kinds that were seen to their end, what wasn't
 * observed again has ended; of the others everything stays as it was.
 */
export function observedAfter(
  previous: Known,
  seen: {
    readonly isComplete: (key: string) => boolean;
    readonly findings: Iterable<Pick<Finding, 'kind' | 'resourceId' | 'evidence'>>;
    readonly now: Date;
  },
): { observed?: Record<string, Observations> } {
  const after = new Map(
    Object.entries(previous.observed ?? {}).filter(([key]) => !seen.isComplete(key)),
  );
  for (const finding of seen.findings) {
    const states = Object.keys(finding.evidence.observed ?? {});
    const key = keyInTarget(finding);
    if (states.length > 0 && seen.isComplete(key))
      after.set(key, observedNow(previous, key, states, seen.now));
  }
  return after.size === 0 ? {} : { observed: Object.fromEntries(after) };
}

/** A history without what was observed of these. */
export function withoutObserved<H extends Known>(
  history: H,
  isOf: (key: string) => boolean,
): Omit<H, 'observed'> & Pick<Known, 'observed'> {
  const { observed, ...rest } = history;
  if (observed === undefined) return rest;
  const left = Object.entries(observed).filter(([key]) => !isOf(key));
  return left.length === 0 ? rest : { ...rest, observed: Object.fromEntries(left) };
}
