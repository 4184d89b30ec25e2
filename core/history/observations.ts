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
 * was away meanwhile, was made anew under the same name, or wasn't looked at for too long.
 *
 * @param key its `keyInTarget`
 */
export function observedNow(
  { entries, observed = {} }: Known = NOTHING,
  key: string,
  states: readonly string[],
  { now, startedAt }: { readonly now: Date } & Pick<Finding, 'startedAt'>,
): Observations {
  const at = now.toISOString();
  const isNew = entries[key]?.goneAt !== undefined;
  const isMadeSince = ({ since }: Observations[string]) =>
    Date.parse(since) < Date.parse(startedAt ?? '');
  return Object.fromEntries(
    states.map((state) => {
      const before = isNew ? undefined : observed[key]?.[state];
      if (before === undefined || isForgotten(before, at) || isMadeSince(before))
        return [state, { since: at, lastSeen: at, looks: 1 }];
      // The same look may be taken in again.
      const looks = before.lastSeen === at ? before.looks : before.looks + 1;
      return [state, { since: before.since, lastSeen: at, looks }];
    }),
  );
}

/**
 * What is known of states after a look. Of the kinds that were seen to their end, what wasn't
 * observed again has ended; of the others everything stays as it was. So it is after a look that is
 * older than the last one, which begins and counts nothing: what began since then goes on.
 */
export function observedAfter(
  previous: Known,
  seen: {
    readonly isComplete: (key: string) => boolean;
    readonly findings: Iterable<Pick<Finding, 'kind' | 'resourceId' | 'startedAt' | 'evidence'>>;
    readonly now: Date;
    readonly isLate: boolean;
  },
): { observed?: Record<string, Observations> } {
  const before = Object.entries(previous.observed ?? {});
  const after = new Map(before.filter(([key]) => !seen.isComplete(key)));
  const statesNow = new Map<string, readonly string[]>();
  for (const finding of seen.findings) {
    const states = Object.keys(finding.evidence.observed ?? {});
    const key = keyInTarget(finding);
    if (states.length === 0 || !seen.isComplete(key)) continue;
    statesNow.set(key, states);
    const { startedAt } = finding;
    if (!seen.isLate)
      after.set(key, observedNow(previous, key, states, { now: seen.now, startedAt }));
  }
  for (const [key, states] of seen.isLate ? before : []) {
    const goOn = Object.entries(states).filter(
      ([state, { since }]) =>
        statesNow.get(key)?.includes(state) === true || Date.parse(since) > seen.now.getTime(),
    );
    if (seen.isComplete(key) && goOn.length > 0) after.set(key, Object.fromEntries(goOn));
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
