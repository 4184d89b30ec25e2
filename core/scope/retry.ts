import type { Scope } from '../input/input.ts';
import { isGap, type TargetOutcome } from '../outcome/outcome.ts';

/**
 * What a retry looks at: the Regions by account id. An empty list: every Region the account has
 * enabled, as an empty list in a scope.
 */
export type Retried = Record<string, string[]>;

/** What a retry looks at, and what it leaves out. */
export interface ToRetry {
  readonly retried: Retried;
  /** Of accounts that are looked at as a whole: the Regions that were seen completely before. */
  readonly seenBefore: Retried;
}

/** What an execution was to look at, as far as a retry of it needs to know. */
export interface Earlier {
  readonly scope: Scope;
  readonly retried?: Retried | undefined;
  readonly seenBefore?: Retried | undefined;
}

/**
 * Exactly what an execution was to see and didn't see completely: its gaps. Of an account whose
 * Regions it never got to know these are the Regions that it would have looked at, but for those
 * that it saw all the same. What was accepted as a gap, or excluded, isn't tried again.
 *
 * @param outcomes the lines of its `targets.jsonl`
 */
export function toRetried(outcomes: Iterable<TargetOutcome>, earlier: Earlier): ToRetry {
  const whole = new Map<string, string[]>();
  const single = new Map<string, string[]>();
  const complete = new Map<string, string[]>();
  for (const outcome of outcomes) {
    const { accountId, region } = outcome;
    if (region !== null && outcome.status === 'COMPLETE') add(complete, accountId, region);
    if (!isGap(outcome)) continue;
    if (region === null) whole.set(accountId, regionsAskedFor(earlier, accountId));
    else add(single, accountId, region);
  }
  const seenBefore = [...whole.keys()].flatMap((accountId) => {
    const seen = [...(earlier.seenBefore?.[accountId] ?? []), ...(complete.get(accountId) ?? [])];
    return seen.length === 0 ? [] : [[accountId, seen] as const];
  });
  return {
    retried: Object.fromEntries([...single, ...whole]),
    seenBefore: Object.fromEntries(seenBefore),
  };
}

function add(regions: Map<string, string[]>, accountId: string, region: string): void {
  regions.set(accountId, [...(regions.get(accountId) ?? []), region]);
}

function regionsAskedFor({ scope, retried }: Earlier, accountId: string): string[] {
  return retried?.[accountId] ?? scope.regions;
}

/**
 * The scope of a retry: what the first execution left out on purpose is still left out, and what it
 * accepted is still accepted.
 */
export function scopeOfRetry(scope: Scope, earlier: Earlier): Scope {
  return {
    ...scope,
    excludeRegions: [...new Set([...scope.excludeRegions, ...earlier.scope.excludeRegions])],
    accepted: [...scope.accepted, ...earlier.scope.accepted],
  };
}

/** The scope as it holds in one account. */
export function scopeIn({ scope, retried }: Earlier, accountId: string): Scope {
  const regions = retried?.[accountId] ?? [];
  return regions.length === 0 ? scope : { ...scope, regions };
}
