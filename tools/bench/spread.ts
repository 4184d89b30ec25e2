/** A figure that differs from run to run. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** To two decimals. @throws RangeError when there is nothing to tell of */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.map((value) => Math.round(value * 100) / 100).toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    throw new RangeError('no values to tell the median of');
  }
  return { median: (low + high) / 2, min, max };
}
