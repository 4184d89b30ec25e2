/** The first ones; one more than there is room for needs no line that says so. */
export function firstOf<T>(
  all: readonly T[],
  most: number,
): { first: readonly T[]; rest: readonly T[] } {
  const named = all.length === most + 1 ? all.length : most;
  return { first: all.slice(0, named), rest: all.slice(named) };
}
