import type { TargetOutcome } from './outcome.ts';

/** Below this many resources of a kind, a high share of stale ones is no alarm. */
const FEWEST_FOR_STALE_PERCENT = 20;

/** How much of what was seen of one kind is stale. */
export interface StaleShare {
  readonly stale: number;
  readonly resources: number;
}

/**
 * The kind whose share of stale resources, over these targets together, is the highest and more
 * than `allowedPercent`; null when there is none. What wasn't seen completely doesn't count: there
 * UNKNOWN stands beside STALE and would make the share look smaller.
 */
export function findTooStale(
  outcomes: readonly Pick<TargetOutcome, 'status' | 'kinds'>[],
  allowedPercent: number,
): StaleShare | null {
  const shares = new Map<string, StaleShare>();
  for (const { status, kinds } of outcomes) {
    if (status !== 'COMPLETE') continue;
    for (const [kind, { resources, verdicts }] of Object.entries(kinds)) {
      const of = shares.get(kind) ?? { stale: 0, resources: 0 };
      shares.set(kind, {
        stale: of.stale + verdicts.STALE,
        resources: of.resources + resources,
      });
    }
  }
  const over = [...shares.values()].filter(
    ({ stale, resources }) =>
      resources >= FEWEST_FOR_STALE_PERCENT && stale * 100 > allowedPercent * resources,
  );
  return over.toSorted((a, b) => percentOf(b) - percentOf(a))[0] ?? null;
}

/** Rounded up to a tenth, so that what is over a limit also reads so. */
export function percentOf({ stale, resources }: StaleShare): number {
  return Math.ceil((stale * 1000) / resources) / 10;
}
