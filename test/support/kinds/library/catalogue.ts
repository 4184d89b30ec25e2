import { z } from 'zod';
import { ageDaysAt } from '../../../../core/model/age.ts';
import { usdOf } from '../../../../core/prices/figures.ts';
import type { KindPrices } from '../../../../core/prices/kind-prices.ts';
import { MARKER } from '../../../../core/tags/marker.ts';
import { protectionTagsOf, protects } from '../../../../core/tags/protection.ts';
import { defineKind, type Kind, type Look } from '../../../../kinds/kind.ts';
import { Gathering } from '../../../../kinds/listings/gathering.ts';
import { BOOK } from './book.ts';
import { anew, binOf, tagged, tagsOf } from './catalogue-back.ts';
import {
  CatalogueFacts,
  type ListedCatalogue,
  type listingsOf,
  readersOf,
} from './catalogue-looks.ts';
import { DAY_MS, refused, type World } from './library.ts';

export const CATALOGUE = 'catalogue';
const PRICE = 'catalogueUsdPerMonth';
/** What keeping a book costs; a price of its own it has none. */
const USD_OF_BOOK = 2;

const KEYS = { idleDays: z.int().min(0).default(0) };

/**
 * A kind that is made up: global, with tags, a price and money in books, that other accounts may have
 * cards for, that has to be seen closed for some days and of which only metrics tell whether anybody
 * reads it. It goes into a bin.
 */
export function catalogueKind(
  world: World,
  { all, holding }: ReturnType<typeof listingsOf>,
  isRecreatable = false,
): Kind {
  const look = async (at: Look, wanted?: readonly string[]) => {
    const listed: ListedCatalogue[] = [];
    for await (const one of at.read(all)) listed.push(one);
    const own = listed.filter(({ id, isBinned }) => !isBinned && (wanted?.includes(id) ?? true));
    const ids = new Set(own.map(({ id }) => id));
    const gathered = new Gathering<'cards'>(at);
    const mine = (id: string) => (ids.has(id) ? [id] : []);
    await gathered.addSource(holding, at.read(holding), mine, wanted !== undefined);
    const holdersOf = (book: string) =>
      listed.filter(({ books }) => books.includes(book)).map(({ id }) => id);
    return {
      resources: own.map(({ id, startedAt, isOpen, isPrinted, tags, books }): CatalogueFacts => ({
        ...{ id, startedAt, isOpen, isPrinted, tags, hasReaders: null },
        holders: Object.fromEntries(books.map((book) => [book, holdersOf(book)])),
        cards: gathered.usedBy.get(id)?.cards ?? [],
        isIncomplete: gathered.incomplete.length > 0,
      })),
      incomplete: gathered.incomplete,
      counts: { catalogues: listed.length, ...gathered.counts },
      foreignReferences: gathered.foreign,
    };
  };
  return defineKind<CatalogueFacts>({
    kind: CATALOGUE,
    reach: 'global',
    facts: CatalogueFacts,
    iam: IAM,
    reads: [all, holding],
    references: [{ ...holding, ...{ reason: 'CARD', iam: [], cost: '1 call', awsRefuses: 'no' } }],
    policy: { keys: KEYS },
    prices: PRICES,
    questions: [readersOf(world)],
    discover: look,
    observe: ({ isOpen }) => (isOpen ? [] : ['closed']),
    assess: (facts, { own, protectTags }, now, { closed }) => {
      const { idleDays } = z.strictObject(KEYS).parse(own);
      const tags = protectionTagsOf(facts.tags, protectTags, now).filter(protects);
      const since = closed === undefined ? NaN : Date.parse(closed.since);
      const keeps = [
        facts.isOpen && 'CATALOGUE_OPEN',
        facts.cards.length > 0 && 'CARD',
        facts.hasReaders === true && 'HAS_READERS',
        tags.length > 0 && 'PROTECTED_BY_TAG',
        !facts.isOpen && !(now.getTime() - since >= idleDays * DAY_MS) && 'CLOSED_TOO_SHORT',
      ].filter((reason) => reason !== false);
      if (keeps.length > 0) return { verdict: 'KEEP', reasons: keeps };
      return facts.isIncomplete
        ? { verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] }
        : { verdict: 'STALE', reasons: ['CATALOGUE_CLOSED'] };
    },
    describe: (facts, { now, prices, region }) => ({
      ...{ resourceId: facts.id, startedAt: facts.startedAt },
      ageDays: ageDaysAt(facts.startedAt, now),
      ...{ sizeGiB: null, monthlyCostUsdUpTo: usdOf(prices, region, PRICE), tags: facts.tags },
      evidence: { cards: facts.cards },
      ...freesOf(facts),
      ...(facts.isPrinted && { advice: [{ code: 'PRINTED', monthlySavingUsdUpTo: 5 }] }),
    }),
    words: WORDS,
    removal: {
      after: [],
      recheck: look,
      classifyRefusal: ({ code }) => {
        if (code === 'ThrottlingException') return { outcome: 'RETRY' };
        if (code === 'CatalogueNotFound') return { outcome: 'ALREADY_GONE' };
        return { outcome: 'FAILED', reason: 'CATALOGUE_REFUSED' };
      },
      steps: [
        {
          name: 'delete',
          fence: {
            by: 'MARKER',
            mark: async (clients, ids) => {
              const tag = { [MARKER.key]: MARKER.value };
              for (const id of ids) await tagged(world, clients, 'MarkCatalogue', { id, tag });
            },
            findMarked: async (at, ids) => {
              const tags = await tagsOf(world, at, ids);
              return new Set([...tags].flatMap(([id, of]) => (MARKER.key in of ? [id] : [])));
            },
          },
          run: {
            one: async (clients, { resourceId }) =>
              world.one(clients, 'DeleteCatalogue', resourceId, (library, id) => {
                const marked = library.catalogues.get(id)?.tags[MARKER.key];
                if (!library.catalogues.has(id)) return refused('CatalogueNotFound');
                if (marked !== MARKER.value) return refused('AccessDenied');
                library.throwAway(id, world.now());
                return {};
              }),
          },
          undo: [binOf(world), ...(isRecreatable ? [anew(world)] : [])],
        },
      ],
    },
  });
}

const OF_IMAGES = 'ec2:*::image/*';

/** As real actions, so that the policies that are folded of it can be tried. */
const IAM = {
  discover: [{ does: 'READ', actions: ['ec2:DescribeImages', 'ec2:ListImagesInRecycleBin'] }],
  remove: [
    { does: 'MARK', actions: ['ec2:CreateTags'], resource: OF_IMAGES },
    { does: 'REMOVE', actions: ['ec2:DeregisterImage'], resource: OF_IMAGES },
  ],
  restore: [
    { does: 'READ', actions: ['ec2:DescribeImages', 'ec2:ListImagesInRecycleBin'] },
    { does: 'BRING_BACK', actions: ['ec2:RestoreImageFromRecycleBin'], resource: OF_IMAGES },
    { does: 'PROTECT', actions: ['ec2:CreateTags'], resource: OF_IMAGES },
  ],
} as const satisfies Kind['iam'];

const PRICES: KindPrices = {
  queries: [
    {
      ...{ about: 'catalogues', serviceCode: 'Library', filters: {}, unit: 'Months' },
      figures: { Catalogue: { name: PRICE, words: 'catalogue', per: 'month' } },
    },
  ],
  builtIn: [
    {
      ...{ asOf: '2026-11-01', source: 'https://prices.example.com/catalogues' },
      regions: { 'us-east-1': { [PRICE]: 3 } },
    },
  ],
};

const WORDS = {
  ...{ one: 'catalogue', many: 'catalogues' },
  reasons: {
    STALE: { CATALOGUE_CLOSED: 'it is closed and nobody reads it' },
    KEEP: {
      CATALOGUE_OPEN: 'it is open',
      CARD: 'somebody has a card for it',
      HAS_READERS: 'it has readers',
      CLOSED_TOO_SHORT: 'it was not closed for long enough',
    },
  },
  advice: { PRINTED: 'it is still printed' },
};

/** Its books go only after it: their money is told here until then. */
function freesOf({ holders }: CatalogueFacts) {
  const frees = Object.entries(holders).map(([resourceId, of]) => ({
    ...{ kind: BOOK, resourceId, monthlyCostUsdUpTo: USD_OF_BOOK, holders: of },
  }));
  return frees.length > 0 && { frees };
}
