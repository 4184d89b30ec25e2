/** The seed of one stream of values: two 32-bit words. */
export interface HashKey {
  readonly a: number;
  readonly b: number;
}

/** Spreads every bit of a 32-bit integer over all of them (xor-shift and multiply, invertible). */
function scramble(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A key that depends on every part, and on where one part ends and the next begins. */
export function hashKey(...parts: readonly (string | number)[]): HashKey {
  let a = 0x2545f491;
  let b = 0x1b873593;
  for (const unit of JSON.stringify(parts)) {
    const code = unit.codePointAt(0) ?? 0;
    a = scramble(a ^ code);
    b = scramble(b + Math.imul(code, 0x9e3779b1) + a);
  }
  return { a, b };
}

/** The value at `index` of the stream `key`: 0 to 2^32 - 1. */
export function hash32(key: HashKey, index: number, salt = 0): number {
  const mixed = scramble(key.a ^ scramble((index | 0) + Math.imul(salt, 0x9e3779b1)));
  return scramble(mixed + key.b + Math.floor(index / 2 ** 32));
}

/** As `hash32`, scaled to 0 (included) to 1 (excluded). */
export function fraction(key: HashKey, index: number, salt = 0): number {
  return hash32(key, index, salt) / 2 ** 32;
}

/** As `hash32`, one of a list. */
export function choose<T>(list: readonly [T, ...T[]], key: HashKey, index: number, salt = 0): T {
  return list[hash32(key, index, salt) % list.length] ?? list[0];
}

/** The same items in an order that depends on `key` alone. */
export function shuffled<T>(items: readonly T[], key: HashKey): T[] {
  return items
    .map((item, index) => ({ item, rank: hash32(key, index) }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ item }) => item);
}
