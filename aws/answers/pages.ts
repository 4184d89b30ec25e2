import { noteOperation } from './aws-error.ts';

/** A listing that AWS cut short, or that goes in circles: nothing may be concluded from it. */
export class BrokenListing extends Error {
  override readonly name = 'BrokenListing';
}

/** JSON of somebody else's, with status 200, reads like an answer that has nothing in it. */
const WITHOUT_ITS_LIST =
  "a page came without its list: something else may answer in AWS's place (a proxy, a login page, another endpoint)";

/**
 * The items of a paginated listing, to its end.
 *
 * @param operation `service:Operation`, for the errors
 * @param pages an SDK paginator's pages
 * @param tokenOf where the page has its token, unless in NextToken
 * @param itemsOf the page's list. EC2 answers an empty list as an empty element, which the SDK gives
 *   as []; where it gives undefined, the answer wasn't AWS's (a proxy's HTML with status 200 parses
 *   without an error), and reading it as "nothing there" would make everything stale
 * @throws {BrokenListing} for a page without a list, and for a NextToken that came before
 */
export async function* itemsOfPages<P extends object, T>(
  operation: string,
  pages: AsyncIterable<P>,
  itemsOf: (page: P) => readonly T[] | undefined,
  tokenOf: (page: P) => string | undefined = nextToken,
): AsyncGenerator<T> {
  const seen = new Set<string>();
  for await (const page of pages) {
    const items = itemsOf(page);
    if (items === undefined) throw brokenListing(operation, WITHOUT_ITS_LIST);
    yield* items;
    const token = tokenOf(page);
    if (!token) continue;
    if (seen.has(token)) throw brokenListing(operation, 'a NextToken came a second time');
    seen.add(token);
  }
}

/** The pages of a listing that the SDK has no paginator for. */
export async function* pagesByToken<P extends { NextToken?: string | undefined }>(
  send: (NextToken: string | undefined) => Promise<P>,
): AsyncGenerator<P> {
  let token: string | undefined;
  do {
    const page = await send(token);
    yield page;
    token = page.NextToken;
  } while (token);
}

function nextToken(page: { NextToken?: string | undefined }): string | undefined {
  return page.NextToken;
}

/** The id that every item of a listing has. @throws {BrokenListing} for one without */
export function idOf(id: string | undefined, operation: string): string {
  if (id === undefined) throw brokenListing(operation, 'an item came without its id');
  return id;
}

/** @throws {BrokenListing} unless an item has its id under this key */
export function checkId<T, K extends keyof T>(
  item: T,
  key: K,
  operation: string,
): asserts item is T & Readonly<Record<K, string>> {
  const id = item[key];
  idOf(typeof id === 'string' ? id : undefined, operation);
}

export function brokenListing(operation: string, what: string): BrokenListing {
  const error = new BrokenListing(`${operation}: ${what}`);
  noteOperation(error, operation);
  return error;
}
