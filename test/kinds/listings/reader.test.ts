import type { Excerpt, Listing } from '../../../kinds/listings/listing.ts';
import { makeFreshReader, makeSharedReader } from '../../../kinds/listings/reader.ts';
import { aPolicy, NOW } from '../../support/organizations/snapshots.ts';

interface Item {
  readonly id: string;
  readonly text: string;
}

const BY = { clients: {} as never, clock: {} as never, policy: aPolicy(), now: NOW };

function aListing(ids: readonly string[], error?: Error) {
  const read: string[] = [];
  const listing: Listing<Item> = {
    name: 'things',
    reach: 'regional',
    iam: ['x:ListThings'],
    cost: '1 call',
    async *list() {
      for (const id of ids) {
        read.push(id);
        yield { id, text: `text of ${id}` };
      }
      await Promise.resolve();
      if (error !== undefined) throw error;
    },
  };
  const ofIds: Excerpt<Item, string> = { listing, take: ({ id }) => id };
  const ofTexts: Excerpt<Item, string> = { listing, take: ({ text }) => text };
  const ofSome: Excerpt<Item, string> = { listing, take: ({ id }) => (id === 'a' ? null : id) };
  return { read, ofIds, ofTexts, ofSome };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

it('a listing is read once, whoever asks, and each gets what it takes of it', async () => {
  const { read, ofIds, ofTexts, ofSome } = aListing(['a', 'b']);
  const reader = makeSharedReader(BY, [ofIds, ofTexts, ofSome]);
  expect(await all(reader(ofTexts))).toEqual(['text of a', 'text of b']);
  expect(await Promise.all([all(reader(ofIds)), all(reader(ofSome))])).toEqual([['a', 'b'], ['b']]);
  expect(read).toEqual(['a', 'b']);
});

it('two that ask at the same moment wait for one reading', async () => {
  const { read, ofIds, ofTexts } = aListing(['a']);
  const reader = makeSharedReader(BY, [ofIds, ofTexts]);
  await Promise.all([all(reader(ofIds)), all(reader(ofTexts))]);
  expect(read).toEqual(['a']);
});

it('a failure of a listing reaches each that asks, and nobody gets a part of it', async () => {
  const error = new Error('denied');
  const { read, ofIds, ofTexts } = aListing(['a'], error);
  const reader = makeSharedReader(BY, [ofIds, ofTexts]);
  for (const excerpt of [ofIds, ofTexts]) {
    const got: string[] = [];
    const reading = (async () => {
      for await (const one of reader(excerpt)) got.push(one);
    })();
    await expect(reading).rejects.toBe(error);
    expect(got).toEqual([]);
  }
  expect(read).toEqual(['a']);
});

it('an excerpt that is alone with its listing is passed on as it comes', async () => {
  const { read, ofIds } = aListing(['a', 'b']);
  const items = makeSharedReader(BY, [ofIds])(ofIds)[Symbol.asyncIterator]();
  expect((await items.next()).value).toBe('a');
  expect(read).toEqual(['a']);
});

it('refuses to read what was read already, and what no kind said that it reads', async () => {
  const { ofIds, ofTexts } = aListing(['a']);
  const reader = makeSharedReader(BY, [ofIds]);
  await all(reader(ofIds));
  await expect(all(reader(ofIds))).rejects.toThrow('things is read a second time');
  await expect(all(reader(ofTexts))).rejects.toThrow('by nobody that said so');
});

it('a second look reads anew each time', async () => {
  const { read, ofIds } = aListing(['a']);
  const reader = makeFreshReader(BY);
  await all(reader(ofIds));
  await all(reader(ofIds));
  expect(read).toEqual(['a', 'a']);
});
