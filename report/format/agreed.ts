import type { KindWords, WordsByKind } from '../../core/words/kind-words.ts';

/** What the kinds that have such words agree on; undefined: none has any, or they differ. */
export function agreed<T>(
  words: WordsByKind,
  of: (kind: KindWords) => T | undefined,
): Exclude<T, '' | undefined> | undefined {
  const all = Object.values(words).map(of).filter(Boolean);
  const [first] = all;
  const isOne = all.every((one) => JSON.stringify(one) === JSON.stringify(first));
  return isOne ? (first as Exclude<T, '' | undefined> | undefined) : undefined;
}
