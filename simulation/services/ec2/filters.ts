import type { QueryParameters } from '../protocols/query-protocol.ts';
import { ServiceError } from '../call/service.ts';

export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** What a filter name means: the values an item has under it. */
export type FilterFields<T> = Readonly<Record<string, (item: T) => readonly string[]>>;

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
const MAX_FILTERS = 50;
const MAX_VALUES = 200;

/** @throws {ServiceError} for too many filters or values, and a filter without values */
export function parseFilters(parameters: QueryParameters): readonly Filter[] {
  const filters = parameters.indexes('Filter').map((index) => {
    const name = parameters.get(`Filter.${index}.Name`) ?? '';
    const values = parameters.list(`Filter.${index}.Value`);
    if (values.length > MAX_VALUES) {
      throw new ServiceError(
        'FilterLimitExceeded',
        `The maximum number of filter values specified on a single call is ${MAX_VALUES}`,
      );
    }
    if (values.length === 0) throw invalid(`The filter '${name}' must have values`);
    return { name, values };
  });
  if (filters.length > MAX_FILTERS) {
    throw new ServiceError(
      'FilterLimitExceeded',
      `The maximum number of filters is ${MAX_FILTERS}`,
    );
  }
  return filters;
}

/**
 * Whether an item passes all filters: filters are joined by AND, the values of one by OR.
 *
 * @throws {ServiceError} for a filter that the operation doesn't have
 */
export function toPredicate<T>(
  filters: readonly Filter[],
  fields: FilterFields<T>,
  tagsOf?: (item: T) => Readonly<Record<string, string>>,
): (item: T) => boolean {
  const tests = filters.map(({ name, values }) => {
    const field = fieldOf(name, fields, tagsOf);
    const matches = matcher(values);
    return (item: T) => field(item).some(matches);
  });
  return (item) => tests.every((test) => test(item));
}

/** The values of a filter when they are all plain, so that they can be looked up. */
export function plainValues(
  filters: readonly Filter[],
  name: string,
): readonly string[] | undefined {
  const filter = filters.find((candidate) => candidate.name === name);
  return filter?.values.some(hasWildcard) ? undefined : filter && [...new Set(filter.values)];
}

function fieldOf<T>(
  name: string,
  fields: FilterFields<T>,
  tagsOf: ((item: T) => Readonly<Record<string, string>>) | undefined,
): (item: T) => readonly string[] {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field !== undefined) return field;
  if (tagsOf !== undefined && name === 'tag-key') return (item) => Object.keys(tagsOf(item));
  if (tagsOf !== undefined && name.startsWith('tag:')) {
    const key = name.slice('tag:'.length);
    return (item) =>
      Object.entries(tagsOf(item)).flatMap(([k, value]) => (k === key ? [value] : []));
  }
  throw invalid(`The filter '${name}' is invalid`);
}

function matcher(values: readonly string[]): (text: string) => boolean {
  const plain = new Set(values.filter((value) => !hasWildcard(value)));
  const patterns = values.filter(hasWildcard).map(toPattern);
  return (text) => plain.has(text) || patterns.some((pattern) => pattern.test(text));
}

function hasWildcard(value: string): boolean {
  return /[*?\\]/.test(value);
}

/** `*` is any text, `?` any character; a backslash makes the next character plain. */
function toPattern(value: string): RegExp {
  const source = value.replace(/\\(.)|([*?])|([.+^${}()|[\]\\])/gs, (whole, escaped, wild) => {
    if (wild !== undefined) return wild === '*' ? '.*' : '.';
    return `\\u{${(escaped ?? whole).codePointAt(0)!.toString(16)}}`;
  });
  return new RegExp(`^${source}$`, 'su');
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}
