/** Ascending by code unit: the same order on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Aged {
  readonly startedAt: string | null;
  readonly resourceId: string;
}

/** Oldest first, then by id. What has no known start comes last: unknown is never old. */
export function oldestFirst(a: Aged, b: Aged): number {
  const [startOfA, startOfB] = [startOf(a), startOf(b)];
  if (startOfA !== startOfB) return startOfA < startOfB ? -1 : 1;
  return compare(a.resourceId, b.resourceId);
}

/** The same order; each start is read once, and not in every comparison. */
export function toOldestFirst<T extends Aged>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, start: startOf(item) }))
    .sort((a, b) =>
      a.start === b.start
        ? compare(a.item.resourceId, b.item.resourceId)
        : a.start < b.start
          ? -1
          : 1,
    )
    .map(({ item }) => item);
}

function startOf({ startedAt }: Aged): number {
  const start = startedAt === null ? Number.NaN : Date.parse(startedAt);
  return Number.isNaN(start) ? Number.POSITIVE_INFINITY : start;
}

/** The smallest; Infinity of none. `Math.min(...)` takes some 120,000 values, and an account has more. */
export function leastOf(values: Iterable<number>): number {
  let least = Infinity;
  for (const value of values) least = Math.min(least, value);
  return least;
}

/** The largest; -Infinity of none. As `leastOf`. */
export function mostOf(values: Iterable<number>): number {
  let most = -Infinity;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** Each value once, ascending. */
export function sortedUnique(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].toSorted(compare);
}
