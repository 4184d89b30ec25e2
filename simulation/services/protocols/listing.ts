import type { SimPage } from '../../model/page.ts';
import { makePageToken, readPageToken } from './page-token.ts';

interface Asked<T> {
  readonly source: (from: number, limit: number) => SimPage<T>;
  readonly size: number;
  /** The token of the page before, if there was one. */
  readonly token: string | undefined;
  /** All that tells this listing from others: caller, Region, operation, filters. */
  readonly listing: string;
  readonly matches?: (item: T) => boolean;
  /** The refusal of a token that isn't one of this listing. */
  readonly invalidToken: () => Error;
}

/** One full page of what matches, and the token of the next one, outside EC2. */
export function takePage<T>(asked: Asked<T>): {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
} {
  const { source, size, token, listing, matches = () => true } = asked;
  const start = token === undefined ? 0 : readPageToken(token, listing);
  if (start === undefined) throw asked.invalidToken();
  const items: T[] = [];
  let from: number | null = start;
  while (from !== null && items.length < size) {
    const page: SimPage<T> = source(from, size - items.length);
    items.push(...page.items.filter(matches));
    from = page.next;
  }
  return { items, nextToken: from === null ? undefined : makePageToken(from, listing) };
}
