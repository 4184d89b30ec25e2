import type { Filter } from '@aws-sdk/client-ec2';

/** EC2 takes at most this many values in one filter. */
export const MAX_FILTER_VALUES = 200;

/**
 * A filter on up to 200 ids. Always the filter form: an id list fails as a whole for one id that is
 * gone, and an empty one means everything.
 */
export function filterOn(name: string, values: readonly string[]): Filter {
  if (values.length === 0 || values.length > MAX_FILTER_VALUES) {
    throw new RangeError(`${name}: a filter takes 1 to ${MAX_FILTER_VALUES} values`);
  }
  return { Name: name, Values: [...values] };
}

/** One listing per 200 ids, one after the other. */
export async function* byFilter<T>(
  name: string,
  ids: Iterable<string>,
  list: (filters: Filter[]) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const some of chunksOf([...ids], MAX_FILTER_VALUES)) yield* list([filterOn(name, some)]);
}

/** The same items in their order, at most `size` at a time. */
export function* chunksOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
