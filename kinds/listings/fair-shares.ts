/**
 * How much of the room each gets: all it wants, up to an equal share of what the more modest ones
 * leave. A flood takes the place of nobody else.
 *
 * @param wanted by name, how much each would take
 */
export function fairShares(
  wanted: ReadonlyMap<string, number>,
  room: number,
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const modestFirst = [...wanted].toSorted(([, a], [, b]) => a - b);
  let left = room;
  for (const [index, [name, count]] of modestFirst.entries()) {
    const share = Math.min(count, Math.floor(left / (modestFirst.length - index)));
    shares.set(name, share);
    left -= share;
  }
  return shares;
}
