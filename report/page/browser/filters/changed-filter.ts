import {
  type FilterKey,
  type FindingFilter,
  LEAST_KEYS,
  VALUE_KEYS,
} from '../../../findings/finding-filter.ts';

const KEYS: readonly FilterKey[] = [...VALUE_KEYS, ...LEAST_KEYS];

/** The filter without one value of a key, or without the key. */
export function withoutValue(filter: FindingFilter, key: FilterKey, value?: string): FindingFilter {
  const { [key]: before, ...others } = filter;
  if (value === undefined || !Array.isArray(before)) return others;
  const left = before.filter((one) => one !== value);
  return left.length === 0 ? others : { ...others, [key]: left };
}

export function isEmpty(filter: FindingFilter): boolean {
  return KEYS.every((key) => filter[key] === undefined);
}

/** Whether two filters ask for the same, in whatever order. */
export function isSameFilter(a: FindingFilter, b: FindingFilter): boolean {
  return KEYS.every((key) => textOf(a[key]) === textOf(b[key]));
}

function textOf(value: FindingFilter[FilterKey]): string {
  return JSON.stringify(typeof value === 'object' ? value.toSorted() : (value ?? null));
}
