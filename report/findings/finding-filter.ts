import type { VerdictName } from '../../core/model/verdict.ts';

/** What is filtered by its very value, or by the words in it; several of one key mean either. */
export const VALUE_KEYS = [
  'account',
  'unit',
  'region',
  'kind',
  'reason',
  'next',
  'verdict',
  'tag',
  'text',
] as const;
/** What a finding has at least; what isn't known is never enough. */
export const LEAST_KEYS = ['minAgeDays', 'minSizeGiB', 'minUsd'] as const;

export type ValueKey = (typeof VALUE_KEYS)[number];
export type LeastKey = (typeof LEAST_KEYS)[number];
export type FilterKey = ValueKey | LeastKey;

/**
 * Which findings are wanted: those that every key lets through. `unit` is the id of the unit that an
 * account is directly in, `next` what happens by its code, `tag` a key or `key=value`.
 */
export type FindingFilter = {
  readonly [K in ValueKey]?: readonly string[];
} & {
  readonly [K in LeastKey]?: number;
};

/** What of a finding is filtered by, on the page and in a shell. */
export interface Filterable {
  readonly accountId: string;
  /** null: not known, or there is no organization. */
  readonly unitId: string | null;
  readonly region: string;
  readonly kind: string;
  readonly reasons: readonly string[];
  readonly next: readonly string[];
  readonly verdict: VerdictName;
  readonly tags: readonly (readonly [key: string, value: string])[];
  readonly ageDays: number | null;
  readonly sizeGiB: number | null;
  readonly usdUpTo: number | null;
  /** All that can be searched, in small letters. */
  readonly text: string;
}

export type Test = (of: Filterable) => boolean;

/**
 * The tests that a filter comes to, by key: a finding is wanted that passes all of them. Whoever asks
 * for no verdict, reason or next step gets what can be acted on, so nothing that is kept on purpose.
 */
export function testsOf(filter: FindingFilter): Map<FilterKey, Test> {
  const tests = new Map<FilterKey, Test>();
  for (const key of VALUE_KEYS) {
    const values = filter[key] ?? [];
    if (values.length > 0) tests.set(key, valueTest(key, values));
  }
  for (const key of LEAST_KEYS) {
    const least = filter[key];
    if (least !== undefined) tests.set(key, (of) => (FIGURES[key](of) ?? -Infinity) >= least);
  }
  if (hidesKept(filter)) tests.set('verdict', ({ verdict }) => verdict !== 'KEEP');
  return tests;
}

export function hidesKept({ verdict = [], reason = [], next = [] }: FindingFilter): boolean {
  return verdict.length + reason.length + next.length === 0;
}

/** Whether one finding is wanted. */
export function matcherOf(filter: FindingFilter): Test {
  const tests = [...testsOf(filter).values()];
  return (of) => tests.every((test) => test(of));
}

const FIGURES: Readonly<Record<LeastKey, (of: Filterable) => number | null>> = {
  minAgeDays: ({ ageDays }) => ageDays,
  minSizeGiB: ({ sizeGiB }) => sizeGiB,
  minUsd: ({ usdUpTo }) => usdUpTo,
};

function valueTest(key: ValueKey, values: readonly string[]): Test {
  if (key === 'text') {
    const alternatives = values.map(wordsOf);
    return ({ text }) => alternatives.some((words) => words.every((word) => text.includes(word)));
  }
  const wanted = new Set(values);
  const valuesOf = VALUES[key];
  return (of) => valuesOf(of).some((value) => wanted.has(value));
}

/** What of a finding has to be among the values of a key; of a tag its key is enough. */
export const VALUES: Readonly<
  Record<Exclude<ValueKey, 'text'>, (of: Filterable) => readonly string[]>
> = {
  account: ({ accountId }) => [accountId],
  unit: ({ unitId }) => (unitId === null ? [] : [unitId]),
  region: ({ region }) => [region],
  kind: ({ kind }) => [kind],
  reason: ({ reasons }) => reasons,
  next: ({ next }) => next,
  verdict: ({ verdict }) => [verdict],
  tag: ({ tags }) => tags.flatMap(([key, value]) => [key, `${key}=${value}`]),
};

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}
