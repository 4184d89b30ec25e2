/** What has the same key, together, in the order of the first of each. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): T[][] {
  return [...groupsByKey(items, keyOf).values()];
}

/** The same by its key; what has none is in no group. `Map.groupBy` is not in Node 20. */
export function groupsByKey<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string | undefined,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
