import type { Excerpt, Listing, Read, ReadBy, TakenAt } from './listing.ts';

type Taken = ReadonlyMap<AnyExcerpt, readonly unknown[]>;
type AnyExcerpt = Excerpt<unknown, unknown>;

/**
 * Reads each listing once, however many of these excerpts are of it: with the first of them that is
 * asked for, for all. How it ends is remembered too, so that each who asks gets the same failure. An
 * excerpt that is alone with its listing is passed on as it comes, and nothing of it is held.
 *
 * @param excerpts of all kinds that are looked at; none is read twice
 */
export function makeSharedReader(
  by: ReadBy & TakenAt,
  excerpts: readonly Excerpt<unknown, unknown>[],
): Read {
  const waiting = new Set<AnyExcerpt>(excerpts);
  const read = new Map<Listing<unknown>, Promise<Taken>>();
  return async function* <T, U>(excerpt: Excerpt<T, U>) {
    const { listing } = excerpt;
    if (!waiting.delete(excerpt as AnyExcerpt))
      throw new Error(`${listing.name} is read a second time, or by nobody that said so`);
    const ofListing = excerpts.filter((one) => one.listing === listing);
    if (ofListing.length === 1) {
      yield* afresh(by, excerpt);
      return;
    }
    const taking = read.get(listing) ?? takeAll(by, listing, ofListing);
    read.set(listing, taking);
    yield* ((await taking).get(excerpt as AnyExcerpt) ?? []) as readonly U[];
  };
}

/** Reads anew whenever it is asked: what is about to be removed is looked at as it is now. */
export function makeFreshReader(by: ReadBy & TakenAt): Read {
  return (excerpt) => afresh(by, excerpt);
}

function afresh<T, U>(by: ReadBy & TakenAt, excerpt: Excerpt<T, U>): AsyncGenerator<U> {
  return takenOf(excerpt, excerpt.listing.list(by), by);
}

/** What an excerpt takes of these items. */
export async function* takenOf<T, U>(
  excerpt: Excerpt<T, U>,
  items: AsyncIterable<T>,
  at: TakenAt,
): AsyncGenerator<U> {
  for await (const item of items) {
    const taken = excerpt.take(item, at);
    if (taken !== null) yield taken;
  }
}

async function takeAll(
  by: ReadBy & TakenAt,
  listing: Listing<unknown>,
  excerpts: readonly AnyExcerpt[],
): Promise<Taken> {
  const taken = new Map(excerpts.map((excerpt) => [excerpt, [] as unknown[]]));
  const all: Excerpt<unknown, null> = {
    listing,
    take: (item, at) => {
      for (const [excerpt, into] of taken) {
        const one = excerpt.take(item, at);
        if (one !== null) into.push(one);
      }
      return null;
    },
  };
  for await (const _ of afresh(by, all));
  return taken;
}
