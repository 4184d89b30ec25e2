import type { SimPage } from '../../model/page.ts';
import { makePageToken, readPageToken } from '../protocols/page-token.ts';
import { ServiceError } from '../call/service.ts';
import { element } from '../protocols/xml.ts';
import type { Ec2Call } from './operation.ts';

/** A listing that is made up on demand; positions are the source's own, 0 is the beginning. */
export type Source<T> = (from: number, limit: number) => SimPage<T>;

export interface PageLimits {
  readonly min: number;
  readonly max: number;
  /** Whether a MaxResults above `max` counts as `max`, or is refused. */
  readonly clamp: boolean;
  /** The list of ids that MaxResults can't be combined with; undefined: there is none. */
  readonly idParameter?: string;
  /** Whether a call without MaxResults gets `max` items instead of everything. */
  readonly alwaysPaged?: true;
}

export interface Listed<T> {
  readonly items: readonly T[];
  /** `<nextToken>`, or nothing. */
  readonly nextToken: string;
}

const ALL_AT_ONCE_CHUNK = 1000;
/** Room for the positions of one source within `concat`: more than any Region has resources. */
const STRIDE = 2 ** 33;

export function arraySource<T>(items: readonly T[]): Source<T> {
  return (from, limit) => {
    const end = from + limit;
    return { items: items.slice(from, end), next: end < items.length ? end : null };
  };
}

/**
 * What was looked up instead of searched for, if it fits the page that the call asks for. When it
 * doesn't, or on a later page, the listing has to go by positions that changes don't shift.
 */
export function onePage<T>({ parameters }: Ec2Call, items: readonly T[]): Source<T> | undefined {
  const pageSize = Number(parameters.get('MaxResults') ?? Infinity);
  const fits = items.length <= pageSize && parameters.get('NextToken') === undefined;
  return fits ? arraySource(items) : undefined;
}

/** One source after the other. */
export function concat<T>(sources: readonly Source<T>[]): Source<T> {
  return (from, limit) => {
    const index = Math.floor(from / STRIDE);
    const source = sources[index];
    if (source === undefined) return { items: [], next: null };
    const page = source(from % STRIDE, limit);
    const base = index * STRIDE;
    if (page.next !== null) return { items: page.items, next: base + page.next };
    return { items: page.items, next: index + 1 < sources.length ? base + STRIDE : null };
  };
}

/**
 * The page that the call asks for, or everything when it doesn't ask for pages. As with AWS, a
 * filtered page may be shorter than MaxResults though more follow.
 *
 * @throws {ServiceError} for a bad MaxResults or NextToken
 */
export function listPage<T>(
  call: Ec2Call,
  {
    source,
    matches,
    limits,
  }: { source: Source<T>; matches: (item: T) => boolean; limits: PageLimits },
): Listed<T> {
  const pageSize = findPageSize(call, limits);
  let from = parsePosition(call);
  const items: T[] = [];
  for (;;) {
    const page = source(from, pageSize ?? ALL_AT_ONCE_CHUNK);
    for (const item of page.items) if (matches(item)) items.push(item);
    if (page.next === null) return { items, nextToken: '' };
    from = page.next;
    if (pageSize !== undefined && items.length > 0) {
      return { items, nextToken: element('nextToken', makePageToken(from, listingOf(call))) };
    }
  }
}

function findPageSize({ parameters }: Ec2Call, limits: PageLimits): number | undefined {
  const text = parameters.get('MaxResults');
  if (text === undefined) {
    const isFirst = parameters.get('NextToken') === undefined;
    return isFirst && !limits.alwaysPaged ? undefined : limits.max;
  }
  const { idParameter } = limits;
  if (idParameter !== undefined && parameters.indexes(idParameter).length > 0) {
    const name = idParameter.charAt(0).toLowerCase() + idParameter.slice(1);
    throw new ServiceError(
      'InvalidParameterCombination',
      `The parameter ${name}s cannot be used with the parameter maxResults`,
    );
  }
  const size = Number(text);
  const expecting = `Value ( ${text} ) for parameter maxResults is invalid. Expecting a value`;
  if (!Number.isInteger(size) || size < limits.min) {
    throw invalid(`${expecting} greater than or equal to ${limits.min}.`);
  }
  if (size > limits.max && !limits.clamp) {
    throw invalid(`${expecting} less than or equal to ${limits.max}.`);
  }
  // Where 0 is accepted, it asks for no particular size.
  return size === 0 ? limits.max : Math.min(size, limits.max);
}

function parsePosition(call: Ec2Call): number {
  const token = call.parameters.get('NextToken');
  if (token === undefined) return 0;
  const position = readPageToken(token, listingOf(call));
  if (position !== undefined) return position;
  throw invalid(`Value ( ${token} ) for parameter NextToken is invalid. The token is invalid.`);
}

function listingOf({ parameters, caller, region }: Ec2Call): string {
  return `${caller.accountId} ${region} ${parameters.fingerprint()}`;
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}
