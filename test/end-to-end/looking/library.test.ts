import { DAY_MS } from '../../../core/model/age.ts';
import { lookAt } from '../../../core/outcome/kind-look.ts';
import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';
import { BOOK, bookKind, type WayOfBooks } from '../../support/kinds/library/book.ts';
import { CATALOGUE, catalogueKind } from '../../support/kinds/library/catalogue.ts';
import { listingsOf } from '../../support/kinds/library/catalogue-looks.ts';
import { type Library, World } from '../../support/kinds/library/library.ts';
import { failureOf, type Request, UNWATCHED } from '../../support/kinds/library/requests.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const ORGANIZATION = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 });
const RULE = {
  ...{ identifier: 'rule-1', retentionDays: 20, status: 'available' },
  ...{ resourceTags: [], excludeResourceTags: [] },
};
const BOTH = { kinds: [BOOK, CATALOGUE], remove: [BOOK, CATALOGUE] };

let sweep: KindsSweep;
afterEach(async () => sweep.close());
let world: World;
let here: Library;
let elsewhere: Library;
let requests: Request[];

/** One account's library with an open catalogue, for metrics to show, and a rule for its bin. */
async function open(ways: readonly WayOfBooks[] = ['MADE']) {
  world = new World();
  requests = [];
  const listings = listingsOf(world);
  sweep = await openKindsSweep(
    [catalogueKind(world, listings), bookKind(world, listings.listing, ways)],
    undefined,
    { scenario: ORGANIZATION },
  );
  world.now = () => sweep.clock.now().getTime();
  world.watch = { ...UNWATCHED, saw: (request) => void requests.push(request) };
  const [own = '', other = ''] = sweep.ids.map((id) => id.split('/')[0] ?? '');
  here = world.of(own);
  elsewhere = world.of(other);
  here.addCatalogue('desk', { isOpen: true });
  here.rules = [RULE];
}

const run = async (
  executionId: string,
  { policy = {}, ...input }: Record<string, unknown> & { policy?: object } = {},
) =>
  runOf(sweep, executionId, {
    ...input,
    policy: { minAgeDays: 0, requireUndo: true, allowIrreversible: [], ...policy },
  });

const of = <T extends { kind: string }>(kind: string, all: readonly T[] = []) =>
  all.filter((one) => one.kind === kind);
const reasonsOf = (kind: string, { plan }: Awaited<ReturnType<typeof run>>) =>
  new Set(of(kind, plan?.held).flatMap(({ held }) => held));
const ends = (kind: string, { removals }: Awaited<ReturnType<typeof run>>) =>
  of(kind, removals).map(({ resourceId, outcome }) => `${resourceId} ${outcome}`);
const later = (days: number) => sweep.clock.advance(days * DAY_MS);
const restore = async (executionId: string) => {
  const request = { executionId, resourceIds: [], dryRun: false };
  const { resources } = await restoreExecution(sweep.opened(), request);
  return resources.map(({ place: _place, ...one }) => one);
};
/** What somebody who reads a message sees of it. */
const read = (text: string) => text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

it('E1: catalogues that cannot be listed leave books unknown, and snapshots as they were', async () => {
  await open();
  here.addBook('book-0');
  world.watch = {
    ...UNWATCHED,
    before: async ({ name }) => {
      if (name === 'ListCatalogues') throw failureOf('AccessDeniedException', 403);
    },
  };
  const { outcomes, findings, plan } = await run('first');
  const [outcome] = outcomes;
  const statusOf = (kind: string) => outcome && lookAt(outcome, kind).status;
  expect([SNAPSHOT, CATALOGUE, BOOK].map(statusOf)).toEqual([
    'COMPLETE',
    'ACCESS_DENIED',
    'ACCESS_DENIED',
  ]);
  expect(of(BOOK, findings)).toMatchObject([{ verdict: 'UNKNOWN' }]);
  expect(of(SNAPSHOT, findings).length).toBeGreaterThan(0);
  expect([...of(BOOK, plan?.removals), ...of(CATALOGUE, plan?.removals)]).toEqual([]);
});

it('E2: what has no bin is not held for want of one: by the ways of its own step', async () => {
  await open(['NONE']);
  here.addBook('book-0');
  here.addBook('book-1', { state: 'COPIED', copy: 'copy-1' });
  here.copies.set('copy-1', here.books.get('book-1')!);
  here.addCatalogue('closed');
  here.rules = [];
  const first = await run('first', BOTH);
  expect(ends(BOOK, first)).toEqual(['book-0 STEP_DONE']);
  expect(reasonsOf(CATALOGUE, first)).toEqual(new Set(['NO_RECYCLE_BIN_RULE']));
  expect(reasonsOf(BOOK, first)).toEqual(new Set(['STEP_NOT_OURS', 'IRREVERSIBLE_NOT_ALLOWED']));
});

it('E3: what nothing can serve in the place of has no last copy', async () => {
  await open();
  here.addBook('book-0');
  here.addCatalogue('closed');
  const ended = await run('first', BOTH);
  expect(ended.removals.map(({ outcome }) => outcome).toSorted()).toEqual(['REMOVED', 'STEP_DONE']);
  expect(ended.removals.flatMap(({ reasons }) => reasons)).toEqual([]);
});

it('E4: a floor on volumes holds snapshots, and nothing of the library', async () => {
  await open();
  here.addBook('book-0');
  here.addCatalogue('closed');
  for (const estate of sweep.estates)
    for (const { volumeId } of [...estate.volumes(0, 1_000).items]) estate.removeVolume(volumeId);
  const ended = await run('first');
  expect(reasonsOf(SNAPSHOT, ended)).toContain('SANITY_FLOOR');
  expect([...reasonsOf(BOOK, ended), ...reasonsOf(CATALOGUE, ended)]).toEqual([]);
});

it('E5: ten thousand books of one shelf take no room of what else is unused', async () => {
  await open();
  for (let at = 0; at < 10_000; at += 1) here.addBook(`book-${at}`);
  here.addCatalogue('closed');
  const ended = await run('first', {
    policy: { requireUndo: false },
    limits: {
      ...{ maxRemovalsPerTarget: 5, maxStalePercent: 100 },
      ...{ maxStalePercentPerAccount: 100, maxStalePercentOverall: 100 },
    },
  });
  expect(of(BOOK, ended.plan?.removals)).toHaveLength(5);
  expect(of(CATALOGUE, ended.plan?.removals)).toHaveLength(1);
  expect(of(SNAPSHOT, ended.plan?.removals).length).toBeGreaterThan(0);
  expect(reasonsOf(BOOK, ended)).toEqual(new Set(['OVER_LIMIT']));
  // The first of the shelf alone, and then three in a request.
  expect(ends(BOOK, ended)).toHaveLength(5);
  expect([...here.books.values()].filter(({ state }) => state === 'ASIDE')).toHaveLength(5);
});

it('E7: what is told of books and catalogues has no word of snapshots, and no size', async () => {
  await open();
  here.addBook('book-0');
  here.addBook('book-1', { isRead: true });
  here.addCatalogue('closed');
  here.changeCatalogue('desk', { isPrinted: true });
  const { texts } = await run('first', { ...BOTH, mode: 'report' });
  for (const text of [texts.mail, texts.summaryText, texts.page].map(read)) {
    expect(text).toContain('catalogue');
    expect(text).toContain('it is still printed');
    expect(text.split('Policy and limits')[0]).not.toMatch(/snapshot|\bvolumes?\b|GiB/i);
  }
});

it('E8: a source that two kinds call the same is counted for each, and listed once', async () => {
  await open();
  here.addBook('book-0');
  here.addCatalogue('closed', { books: ['book-0'] });
  const { outcomes } = await run('first', { ...BOTH, mode: 'report' });
  const counts = (kind: string) =>
    outcomes.map((outcome) => lookAt(outcome, kind).references?.['catalogues']);
  expect([counts(BOOK), counts(CATALOGUE)]).toEqual([
    [2, 0],
    [2, 0],
  ]);
  expect(requests.filter(({ name }) => name === 'ListCatalogues')).toHaveLength(2);
});

it('E9: a Region that is left out is left out for books, and catalogues are global', async () => {
  await open();
  here.addBook('book-0');
  const { findings, outcomes } = await run('first', {
    ...{ ...BOTH, mode: 'report', scope: { excludeRegions: ['us-east-1'] } },
  });
  expect([of(BOOK, findings).length, of(CATALOGUE, findings).length > 0]).toEqual([0, true]);
  const at = outcomes.find(({ region }) => region === 'us-east-1');
  expect(at && [BOOK, CATALOGUE].map((kind) => lookAt(at, kind).status)).toEqual([
    'EXCLUDED',
    'COMPLETE',
  ]);
});

it('E10: books without a price are counted, and their money is told at what lists them', async () => {
  await open();
  here.addBook('book-0');
  here.addBook('book-1');
  here.addCatalogue('closed', { books: ['book-1'] });
  const { summary, findings } = await run('first', { ...BOTH, mode: 'report' });
  expect(of(BOOK, findings)).toMatchObject([
    { verdict: 'STALE', sizeGiB: null, monthlyCostUsdUpTo: null },
    { verdict: 'KEEP', reasons: ['BOOK_LISTED'] },
  ]);
  expect(summary?.byKind[BOOK]).toMatchObject({ stale: 1, unpricedUnsized: 1 });
  expect(summary?.byKind[CATALOGUE]).toMatchObject({ stale: 1, staleMonthlyCostUsdUpTo: 3 + 2 });
  expect(summary?.counts.frees).toEqual({
    [BOOK]: { resources: 1, monthlyCostUsdUpTo: 2, unpriced: 0 },
  });
});

it('a catalogue goes before its books, which stay while it lies in the bin; and all of it comes back', async () => {
  await open();
  here.addBook('book-0');
  here.addCatalogue('closed', { books: ['book-0'] });
  expect(ends(CATALOGUE, await run('deleted', BOTH))).toEqual(['closed REMOVED']);
  // Whoever takes it out of the bin needs its books.
  expect((await run('binned', BOTH)).plan?.removals).toEqual([]);
  expect(await restore('deleted')).toMatchObject([{ resourceId: 'closed', result: 'RESTORED' }]);
  expect((await run('protected', BOTH)).plan?.removals).toEqual([]);
  here.changeCatalogue('closed', { tags: {} });
  await run('deleted-again', BOTH);
  later(21);
  const aside = await run('aside', BOTH);
  expect(ends(BOOK, aside)).toEqual(['book-0 STEP_DONE']);
  later(6);
  expect(reasonsOf(BOOK, await run('too-soon', BOTH))).toEqual(new Set(['STEP_NOT_DUE']));
  later(2);
  expect((await run('copied', BOTH)).removals).toMatchObject([{ made: 'copy-of-book-0' }]);
  later(2);
  const gone = await run('gone', BOTH);
  expect(gone.removals).toMatchObject([{ outcome: 'REMOVED', step: 'remove', undo: 'MADE' }]);
  expect(await restore('copied')).toMatchObject([{ result: 'SUPERSEDED', supersededBy: 'gone' }]);
  expect(await restore('gone')).toEqual([
    {
      ...{ resourceId: 'book-0', result: 'RESTORED', newId: 'book-0-again-1' },
      whatIsNew: 'Its number is another one.',
    },
  ]);
  expect(await restore('gone')).toMatchObject([{ result: 'ALREADY_RESTORED' }]);
  expect([...here.books.keys()]).toEqual(['book-0-again-1']);
  expect(await restore('deleted-again')).toMatchObject([{ result: 'EXPIRED' }]);
});

it('a card in another account keeps a catalogue, and metrics that are silent remove none', async () => {
  await open();
  for (const id of ['wanted', 'closed', 'read']) here.addCatalogue(id);
  here.changeCatalogue('read', { hasReaders: true });
  elsewhere.cards.set('card-1', 'wanted');
  const first = await run('first', BOTH);
  const held = of(CATALOGUE, first.plan?.held).map((one) => [one.resourceId, one.held]);
  expect(held).toEqual([['wanted', ['USED_BY_ANOTHER_ACCOUNT']]]);
  expect(ends(CATALOGUE, first)).toEqual(['closed REMOVED']);
  elsewhere.cards.clear();
  here.isSilent = true;
  const second = await run('second', BOTH);
  expect(second.plan?.removals).toEqual([]);
  expect(second.outcomes.map((outcome) => lookAt(outcome, CATALOGUE).failure?.code)).toEqual([
    'CONTROL_NOT_SEEN',
    undefined,
  ]);
});

it('a catalogue has to be seen closed for as long as its own policy says', async () => {
  await open();
  here.addCatalogue('closed');
  const policy = { kinds: { [CATALOGUE]: { idleDays: 3 } } };
  const first = await run('first', { ...BOTH, policy });
  expect(of(CATALOGUE, first.findings).flatMap(({ reasons }) => reasons)).toContain(
    'CLOSED_TOO_SHORT',
  );
  later(3);
  expect(ends(CATALOGUE, await run('second', { ...BOTH, policy }))).toEqual(['closed REMOVED']);
});
