import { lookAt } from '../outcome/kind-look.ts';
import type { TargetOutcome } from '../outcome/outcome.ts';

/** Below this many resources of a kind, a high share of stale ones is no alarm. */
const FEWEST_FOR_STALE_PERCENT = 20;

/** How much of what was seen of one kind is stale. */
export interface StaleShare {
  readonly kind: string;
  readonly stale: number;
  readonly resources: number;
}

/**
 * The kind whose share of stale resources, over these targets together, is the highest and more
 * than `allowedPercent`; null when there is none. What wasn't seen completely doesn't count: there
 * UNKNOWN stands beside STALE and would make the share look smaller.
 */
export function findTooStale(
  outcomes: readonly TargetOutcome[],
  allowedPercent: number,
): StaleShare | null {
  const kinds = new Set(outcomes.flatMap((outcome) => Object.keys(outcome.kinds)));
  const over = [...kinds]
    .map((kind) => shareOfKind(outcomes, kind))
    .filter((share) => isTooStale(share, allowedPercent));
  return over.toSorted((a, b) => percentOf(b) - percentOf(a))[0] ?? null;
}

/** Whether so much of a kind is stale that something is probably wrong. */
export function isTooStale({ stale, resources }: StaleShare, allowedPercent: number): boolean {
  return resources >= FEWEST_FOR_STALE_PERCENT && stale * 100 > allowedPercent * resources;
}

/** Of one kind, over these targets together, as far as it was seen completely there. */
export function shareOfKind(outcomes: readonly TargetOutcome[], kind: string): StaleShare {
  let stale = 0;
  let resources = 0;
  for (const outcome of outcomes) {
    if (lookAt(outcome, kind).status !== 'COMPLETE') continue;
    stale += outcome.kinds[kind]?.verdicts.STALE ?? 0;
    resources += outcome.kinds[kind]?.resources ?? 0;
  }
  return { kind, stale, resources };
}

/** Rounded up to a tenth, so that what is over a limit also reads so. */
export function percentOf({ stale, resources }: Pick<StaleShare, 'stale' | 'resources'>): number {
  return Math.ceil((stale * 1000) / resources) / 10;
}
