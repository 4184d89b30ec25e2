import { z } from 'zod';
import { defineKind, type Kind, type Look } from '../../../../kinds/kind.ts';
import { Gathering } from '../../../../kinds/listings/gathering.ts';
import type { Source } from '../../../../kinds/listings/listing.ts';
import type { BringingBack, Step, Taken } from '../../../../kinds/removal.ts';
import { type Book, type Library, refused, type World } from './library.ts';

export const BOOK = 'book';
/** Days since the step before. */
export const WAIT_DAYS = { 'set-aside': 0, copy: 7, remove: 1 } as const;
export type BookStep = keyof typeof WAIT_DAYS;
export const STEP_AT = { SHELVED: 'set-aside', ASIDE: 'copy', COPIED: 'remove' } as const;
export const REQUEST_OF = {
  'set-aside': 'SetAsideBooks',
  copy: 'CopyBooks',
  remove: 'RemoveBooks',
} as const;
export const MOST_TOGETHER = 3;

const Facts = z.strictObject({
  id: z.string(),
  shelf: z.string(),
  state: z.enum(['SHELVED', 'ASIDE', 'COPIED']),
  isRead: z.boolean(),
  listedIn: z.array(z.string()),
  isIncomplete: z.boolean(),
});
type Facts = z.infer<typeof Facts>;

/** How a removed book may come back, the best way first. */
export type WayOfBooks = 'MADE' | 'RECREATION' | 'NONE';

/**
 * A kind that is made up: regional, without tags, size, price or bin, some thousands on a shelf. It is
 * removed in three steps over three executions, several of one shelf at once, each with an answer of
 * its own. What a catalogue lists is kept, also one that lies in the bin.
 */
export function bookKind<T>(
  world: World,
  catalogues: Source<T, 'catalogues'>,
  ways: readonly WayOfBooks[] = ['MADE'],
): Kind {
  const look = async (at: Look, wanted?: readonly string[]) => {
    const books = await world.look(at, 'ListBooks', ({ books: all, copies }) =>
      (wanted ?? [...all.keys()]).flatMap((id) => withItsCopy(all.get(id), copies)),
    );
    const ids = new Set(books.map(({ id }) => id));
    const gathered = new Gathering<'catalogues'>(at);
    const own = (id: string) => (ids.has(id) ? [id] : []);
    await gathered.addSource(catalogues, at.read(catalogues), own, wanted !== undefined);
    const isIncomplete = gathered.incomplete.length > 0;
    return {
      resources: books.map(({ madeFrom: _from, copy: _copy, ...book }): Facts => {
        const listedIn = gathered.usedBy.get(book.id)?.catalogues ?? [];
        return { ...book, listedIn, isIncomplete };
      }),
      incomplete: gathered.incomplete,
      counts: { ...gathered.counts },
      foreignReferences: gathered.foreign,
    };
  };
  const step = (
    name: BookStep,
    change: (library: Library, book: Book) => { made?: string },
    undo: Step<Facts>['undo'],
  ): Step<Facts> => ({
    name,
    ...(WAIT_DAYS[name] > 0 && { waitDays: WAIT_DAYS[name] }),
    fence: { by: 'EXACT_ARNS', says: 'The session names the shelf.', arnOf },
    run: {
      most: MOST_TOGETHER,
      parentOf: ({ shelf }) => shelf,
      many: async (clients, things) => {
        const ids = things.map(({ resourceId }) => resourceId);
        return world.each(clients, REQUEST_OF[name], ids, (library, id) => {
          const book = library.books.get(id);
          if (book === undefined) return refused('BookNotFound');
          return STEP_AT[book.state] === name ? change(library, book) : refused('WrongState');
        });
      },
    },
    undo,
  });
  const [best = 'NONE', ...others] = ways;
  return defineKind<Facts>({
    kind: BOOK,
    reach: 'regional',
    facts: Facts,
    iam: IAM,
    reads: [catalogues],
    references: [
      { ...catalogues, ...{ reason: 'BOOK_LISTED', iam: [], cost: 'none', awsRefuses: 'no' } },
    ],
    discover: look,
    assess: ({ isRead, listedIn, isIncomplete }) => {
      const reasons = [
        ...(isRead ? ['BOOK_READ'] : []),
        ...(listedIn.length > 0 ? ['BOOK_LISTED'] : []),
      ];
      if (reasons.length > 0) return { verdict: 'KEEP', reasons };
      return isIncomplete
        ? { verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] }
        : { verdict: 'STALE', reasons: ['BOOK_UNREAD'] };
    },
    describe: ({ id, shelf, listedIn }) => ({
      ...{ resourceId: id, startedAt: null, ageDays: null },
      ...{ sizeGiB: null, monthlyCostUsdUpTo: null, tags: {}, evidence: { shelf, listedIn } },
    }),
    words: {
      ...{ one: 'book', many: 'books' },
      reasons: {
        STALE: { BOOK_UNREAD: 'nobody reads it' },
        KEEP: { BOOK_READ: 'somebody reads it', BOOK_LISTED: 'a catalogue lists it' },
      },
    },
    removal: {
      // What a catalogue that goes lists is stale only afterwards.
      after: ['catalogue'],
      recheck: look,
      classifyRefusal: ({ code }) => {
        if (code === 'ThrottlingException') return { outcome: 'RETRY' };
        if (code === 'BookNotFound') return { outcome: 'ALREADY_GONE' };
        return { outcome: 'FAILED', reason: 'BOOK_REFUSED' };
      },
      next: ({ state }) => ({ name: STEP_AT[state], notBefore: null }),
      steps: [
        step('set-aside', (library, { id }) => moved(library, id, 'ASIDE'), [
          takenBack(world, 'PutBackBook', { from: 'ASIDE', to: 'SHELVED' }),
        ]),
        step('copy', (library, book) => copied(library, book), [
          takenBack(world, 'DiscardCopy', { from: 'COPIED', to: 'ASIDE' }),
        ]),
        step(
          'remove',
          (library, { id }) => {
            library.books.delete(id);
            return {};
          },
          [wayBack(world, best), ...others.map((way) => wayBack(world, way))],
        ),
      ],
    },
  });
}

/** Of a shelf: all that a request is about. */
export function arnOf(
  { shelf }: Pick<Book, 'shelf'>,
  { accountId, region }: Pick<Look, 'accountId' | 'region'>,
): string {
  return `ecr:${region}:${accountId}:repository/${shelf}`;
}

/** As real actions, so that the policies that are folded of it can be tried. */
const IAM = {
  discover: [{ does: 'READ', actions: ['ecr:DescribeImages'] }],
  remove: [
    {
      does: 'REMOVE',
      actions: ['ecr:BatchDeleteImage'],
      resource: 'ecr:*:*:repository/*',
    },
  ],
  restore: [{ does: 'READ', actions: ['ecr:DescribeImages'] }],
} as const satisfies Kind['iam'];

/** What has lost its copy is at the step before. */
function withItsCopy(book: Book | undefined, copies: Library['copies']): Book[] {
  if (book === undefined) return [];
  const isCopied = book.copy !== null && copies.has(book.copy);
  return [book.state === 'COPIED' && !isCopied ? { ...book, state: 'ASIDE' } : book];
}

function moved(library: Library, id: string, state: Book['state']) {
  library.change(id, { state });
  return {};
}

function copied(library: Library, book: Book) {
  let copy = `copy-of-${book.id}`;
  while (library.copies.has(copy)) copy += '+';
  library.copies.set(copy, book);
  library.change(book.id, { state: 'COPIED', copy });
  return { made: copy };
}

const ORDER = ['SHELVED', 'ASIDE', 'COPIED'];

function takenBack(
  world: World,
  name: string,
  { from, to }: { readonly from: Book['state']; readonly to: Book['state'] },
): BringingBack<Facts> {
  return {
    way: 'REVERSE',
    find: async (clients, { resourceId }) =>
      world.look(
        clients,
        'FindBook',
        ({ books }) => {
          const state = books.get(resourceId)?.state;
          return state !== undefined && ORDER.indexOf(state) <= ORDER.indexOf(to)
            ? resourceId
            : null;
        },
        [resourceId],
      ),
    bringBack: async (clients, { resourceId }) => {
      await world.one(clients, name, resourceId, (library, id) => {
        const book = library.books.get(id);
        if (book === undefined) return refused('BookNotFound');
        if (book.state !== from) return refused('WrongState');
        if (from === 'COPIED') library.copies.delete(book.copy ?? '');
        library.change(id, { state: to, ...(from === 'COPIED' && { copy: null }) });
        return {};
      });
      return resourceId;
    },
  };
}

function wayBack(world: World, way: WayOfBooks): Step<Facts>['undo'][number] {
  if (way === 'NONE') return { way, says: 'Nothing brings a book back.' };
  const again = (library: Library, { resourceId, record, made }: Taken) => {
    const copy = library.copies.get(made ?? '');
    if (way === 'MADE' && copy === undefined) return refused('CopyNotFound');
    const { shelf } = z.looseObject({ shelf: z.string() }).parse(way === 'MADE' ? copy : record);
    return { made: library.make(resourceId, { shelf }) };
  };
  return {
    way,
    whatIsNew: 'Its number is another one.',
    ...(way === 'RECREATION' && { record: ({ shelf }: Facts) => ({ shelf }) }),
    findWhole: async ({ clients }: Look, made: readonly string[]) =>
      world.look(
        clients,
        'FindCopies',
        ({ copies }) => new Set(made.filter((copy) => copies.has(copy))),
      ),
    find: async (clients, { resourceId }) =>
      world.look(
        clients,
        'FindBook',
        ({ books }) => {
          const isIt = ({ id, madeFrom }: Book) => [id, madeFrom].includes(resourceId);
          return [...books.values()].find(isIt)?.id ?? null;
        },
        [resourceId],
      ),
    bringBack: async (clients, taken) => {
      const name = way === 'MADE' ? 'MakeBookOfCopy' : 'MakeBookAnew';
      const { made } = await world.one(clients, name, taken.resourceId, (library) =>
        again(library, taken),
      );
      return made ?? taken.resourceId;
    },
  };
}
