import type { Clock } from '../../../clock/clock.ts';

export interface BucketSize {
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** Takes one token of the bucket named, and says whether there was one. */
export type TakeToken = (bucket: string, size: BucketSize) => boolean;

/**
 * AWS's token buckets, filled on the simulation's clock. A bucket is named by API, account and
 * Region, as EC2 meters them.
 */
export function makeTokenBuckets(clock: Clock): TakeToken {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (name, { capacity, refillPerSecond }) => {
    const at = clock.now().getTime();
    const before = buckets.get(name) ?? { tokens: capacity, at };
    const refilled = before.tokens + (Math.max(0, at - before.at) / 1000) * refillPerSecond;
    const tokens = Math.min(capacity, refilled);
    const granted = tokens >= 1;
    buckets.set(name, { tokens: granted ? tokens - 1 : tokens, at });
    return granted;
  };
}
