import { PROTECT_TAG } from '../../../core/tags/protection.ts';
import { MARKER } from '../../../core/tags/marker.ts';
import {
  type BookStep,
  MOST_TOGETHER,
  REQUEST_OF,
  STEP_AT,
  WAIT_DAYS,
  type WayOfBooks,
} from '../../support/kinds/library/book.ts';
import { DAY_MS, type World } from '../../support/kinds/library/library.ts';
import type { Request } from '../../support/kinds/library/requests.ts';
import { type Acting, type Asked, isUnheard, type Record } from './record.ts';

/** What one execution was allowed. */
export interface Permit {
  readonly graceDays: number;
  readonly idleDays: number;
  readonly requireUndo: boolean;
  readonly allowsIrreversible: boolean;
  readonly allowsRecreation: boolean;
  readonly most: number;
}

export const STEP_OF: Readonly<Partial<{ [name: string]: BookStep }>> = Object.fromEntries(
  Object.entries(REQUEST_OF).map(([step, name]) => [name, step as BookStep]),
);
const BEFORE = { 'set-aside': null, copy: 'set-aside', remove: 'copy' } as const;
/** By whose doing it is before a step again. */
const BRINGING_BACK = /^(PutBack|Discard|Make|Restore)/;
/** As `isFresh`, with what a request may take. */
const CHECK_MILLISECONDS = 20_000;

/** Judges by the world's own record whether what orgsweep asks for was right to ask. */
export class StepJudge {
  readonly breaches: string[] = [];
  permit: Permit | undefined;
  /** Whether a person said yes, or nobody was to be asked. */
  isApproved = true;
  readonly #world: World;
  readonly #record: Record;
  readonly #ways: readonly WayOfBooks[];

  constructor(world: World, record: Record, ways: readonly WayOfBooks[]) {
    this.#world = world;
    this.#record = record;
    this.#ways = ways;
  }

  judge(request: Request, id: string, acting: Acting): void {
    const { accountId, name } = request;
    const say = (what: string) =>
      this.breaches.push(`${acting.executionId}: ${name} ${id} in ${accountId}: ${what}`);
    const step = STEP_OF[name];
    if (step === undefined && name !== 'DeleteCatalogue') return;
    if (acting.does !== 'RUN') say('by a restore');
    if (!this.isApproved) say('nobody approved it');
    if (step === undefined) this.#judgeCatalogue(request, id, { acting, say });
    else this.#judgeBook(step, request, id, { acting, say });
    this.#judgeGrace(accountId, id, say);
    const own = this.#ownOf(accountId, id, acting.executionId);
    if (own.some((one) => one.name !== name || one.fate === 'DONE')) say('had its step already');
    const here = this.#record.asked.filter(
      (one) =>
        one.executionId === acting.executionId && one.accountId === accountId && one.name === name,
    );
    const ids = new Set([...here.map((one) => one.id), id]);
    if (ids.size > (this.permit?.most ?? Infinity)) say('are more than may go in a target');
  }

  #ownOf(accountId: string, id: string, executionId: string): Asked[] {
    return this.#record
      .of(accountId, id)
      .filter((one) => one.does === 'RUN' && one.executionId === executionId && isStep(one.name));
  }

  #judgeBook(step: BookStep, { accountId, ids }: Request, id: string, by: By): void {
    const { say, acting } = by;
    const now = this.#world.now();
    const book = this.#record.book(accountId, id);
    const listed = this.#record.listed(accountId, 'ListCatalogues');
    if (book === undefined || listed === undefined) return say('was never looked at');
    if (now - book.at > CHECK_MILLISECONDS) say('was looked at too long ago');
    if (listed.order < book.order) say('what lists it was not looked at since');
    if (book.seen.isRead) say('was read');
    if (listed.seen.some(({ books }) => books.includes(id))) say('was listed');
    if (STEP_AT[book.seen.state] !== step) say(`was ${book.seen.state}`);
    if (ids.length > MOST_TOGETHER) say(`${ids.length} in one request`);
    const shelfOf = (one: string) => this.#record.book(accountId, one)?.seen.shelf;
    if (ids.some((one) => shelfOf(one) !== book.seen.shelf)) say('beside another shelf');
    const firsts = this.#record.asked.some(
      (one) =>
        one.executionId === acting.executionId &&
        one.accountId === accountId &&
        one.isDone &&
        one.name === REQUEST_OF[step] &&
        shelfOf(one.id) === book.seen.shelf,
    );
    if (ids.length > 1 && ids[0] === id && !firsts) say('the first of a shelf did not go alone');
    this.#judgeTime(step, accountId, id, by);
    if (step === 'remove') this.#judgeUndo(accountId, id, by);
  }

  /** An earlier execution saw it so long ago, and none since that it was open. */
  #judgeGrace(accountId: string, id: string, say: By['say']): void {
    const { graceDays = 0, idleDays = 0 } = this.permit ?? {};
    const back = this.#record
      .of(accountId, id)
      .findLast((one) => one.isDone && BRINGING_BACK.test(one.name));
    const seen = this.#record.discoveries.filter(
      (one) => one.accountId === accountId && one.ids.has(id),
    );
    const isOld = (one: { at: number } | undefined, days: number) =>
      days === 0 || (one !== undefined && this.#world.now() - one.at >= days * DAY_MS);
    const since = seen.find(({ order }) => order > (back?.order ?? 0));
    if (!isOld(since, graceDays)) say('is in its grace');
    if (!id.startsWith('catalogue')) return;
    const opened = seen.findLastIndex(({ closed, isSure }) => isSure && !closed.has(id));
    if (!isOld(seen[opened + 1], idleDays)) say('was not closed for long enough');
  }

  /** Since it came back last. */
  #since(accountId: string, id: string): Asked[] {
    const all = this.#record.of(accountId, id);
    const back = all.findLastIndex((one) => one.isDone && BRINGING_BACK.test(one.name));
    return all.slice(back + 1);
  }

  #judgeTime(step: BookStep, accountId: string, id: string, { say, acting }: By): void {
    const before = BEFORE[step];
    if (before === null) return;
    // What others did right after a request that nobody answered can't be told from its own.
    const since = this.#since(accountId, id).findLast(
      (one) =>
        one.name === REQUEST_OF[before] &&
        one.executionId !== acting.executionId &&
        (one.isDone || isUnheard(one)),
    );
    if (since === undefined) return say(`nobody of orgsweep did ${before}, or it was taken back`);
    const waited = this.#world.now() - since.at;
    if (waited < WAIT_DAYS[step] * DAY_MS) say(`${before} was a moment ago`);
  }

  /** The copy is one that orgsweep made and heard of, or the policy says that it may go without. */
  #judgeUndo(accountId: string, id: string, { say }: By): void {
    const { permit } = this;
    const { copies } = this.#world.of(accountId);
    const made = this.#since(accountId, id).findLast(({ name }) => name === REQUEST_OF.copy);
    const isMade = made?.fate === 'DONE' && made.made !== undefined && copies.has(made.made);
    const way = this.#ways.find((one) => one !== 'MADE' || isMade) ?? 'NONE';
    if (way === 'NONE' && !permit?.allowsIrreversible) say('nothing brings it back');
    if (way === 'RECREATION' && !permit?.allowsRecreation) say('it may not be made anew');
  }

  #judgeCatalogue({ accountId }: Request, id: string, { say, acting }: By): void {
    const now = this.#world.now();
    const record = this.#record;
    const listed = record.listed(accountId, 'ListCatalogues');
    const seen = listed?.seen.find((one) => one.id === id && !one.isBinned);
    if (listed === undefined || seen === undefined) return say('was not there');
    if (now - listed.at > CHECK_MILLISECONDS) say('was looked at too long ago');
    if (seen.isOpen) say('was open');
    if (PROTECT_TAG in seen.tags) say('was protected');
    const cards = record.listed(accountId, 'ListCards');
    if (cards === undefined || cards.order < listed.order) say('cards were not looked at since');
    if (cards?.seen.some(([, of]) => of === id)) say('somebody has a card for it');
    for (const [other, { cards: held }] of this.#world.all()) {
      const own = record.first(acting.executionId, other, 'ListCards');
      const isKept = own.some(([card, of]) => of === id && held.get(card) === id);
      if (other !== accountId && isKept) say(`somebody in ${other} has a card for it`);
    }
    const readers = record.listed(accountId, 'GetReaders');
    const open = record.listed(accountId, 'ListOpen')?.seen ?? [];
    if (readers === undefined || readers.order < listed.order)
      say('its readers were not asked for');
    if (readers?.seen.includes(id)) say('it had readers');
    if (!readers?.seen.some((one) => open.includes(one))) say('metrics were silent');
    const marked = record
      .listed(accountId, 'DescribeCatalogues')
      ?.seen.find((one) => one.id === id);
    if (marked?.tags[MARKER.key] !== MARKER.value) say('nobody saw its marker');
    const rules = record.listed(accountId, 'ListRules');
    const isKept = rules !== undefined && rules.seen.length > 0;
    if (this.permit?.requireUndo && !isKept) say('no rule was seen that keeps it');
  }
}

interface By {
  readonly acting: Acting;
  readonly say: (what: string) => void;
}

export function isStep(name: string): boolean {
  return STEP_OF[name] !== undefined || name === 'DeleteCatalogue';
}

export function isBringingBack(name: string): boolean {
  return BRINGING_BACK.test(name);
}
