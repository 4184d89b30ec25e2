import {
  type Filterable,
  type FilterKey,
  type FindingFilter,
  hidesKept,
  testsOf,
  type ValueKey,
  VALUES,
} from './finding-filter.ts';

/** What people choose from a list. */
export const CHOICE_KEYS = [
  'verdict',
  'next',
  'kind',
  'account',
  'unit',
  'region',
  'reason',
] as const satisfies readonly ValueKey[];
export type ChoiceKey = (typeof CHOICE_KEYS)[number];

export interface Chosen<T> {
  /** In the order they were given. */
  readonly found: readonly T[];
  /** How many there would be of a key's value, were nothing else asked of that key. */
  readonly counts: Readonly<Record<ChoiceKey, ReadonlyMap<string, number>>>;
  /** How many more there would be without one of the keys. */
  readonly without: ReadonlyMap<FilterKey, number>;
  /** How many are left out for being kept on purpose, and nothing else. */
  readonly keptHidden: number;
}

/** Choosing a reason or what happens shows what is kept, too. */
const KEYS_THAT_SHOW_KEPT: readonly ChoiceKey[] = ['verdict', 'reason', 'next'];

/** All that a filter says of findings, in one pass over them. */
export function chooseFindings<T extends Filterable>(
  all: readonly T[],
  filter: FindingFilter,
): Chosen<T> {
  const tests = [...testsOf(filter)];
  const hides = hidesKept(filter);
  const found: T[] = [];
  const counts = Object.fromEntries(
    CHOICE_KEYS.map((key) => [key, new Map<string, number>()]),
  ) as Record<ChoiceKey, Map<string, number>>;
  const without = new Map<FilterKey, number>();
  let keptHidden = 0;
  for (const one of all) {
    const missed = keysMissed(one, tests);
    if (missed === 'several') continue;
    if (missed === null) found.push(one);
    const isHidden = missed === 'verdict' && hides;
    if (isHidden) keptHidden += 1;
    else if (missed !== null) without.set(missed, (without.get(missed) ?? 0) + 1);
    const counting = missed === null ? CHOICE_KEYS : isHidden ? KEYS_THAT_SHOW_KEPT : [missed];
    for (const key of counting) if (isChoice(key)) countValues(counts[key], VALUES[key](one));
  }
  return { found, counts, without, keptHidden };
}

/** null: none; the one; or more than one, which is all that anybody wants to know. */
function keysMissed(
  one: Filterable,
  tests: readonly (readonly [FilterKey, (of: Filterable) => boolean])[],
): FilterKey | 'several' | null {
  let missed: FilterKey | null = null;
  for (const [key, test] of tests) {
    if (test(one)) continue;
    if (missed !== null) return 'several';
    missed = key;
  }
  return missed;
}

function isChoice(key: FilterKey): key is ChoiceKey {
  return (CHOICE_KEYS as readonly string[]).includes(key);
}

function countValues(counts: Map<string, number>, values: readonly string[]): void {
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
}
