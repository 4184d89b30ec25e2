import type { Restored } from '../../../steps/restore/restored.ts';
import type { WayOfBooks } from '../../support/kinds/library/book.ts';
import type { World } from '../../support/kinds/library/library.ts';
import type { Request } from '../../support/kinds/library/requests.ts';
import { type Acting, type Asked, keyOf, type Record } from './record.ts';
import { isBringingBack, isStep } from './step-judge.ts';

const LOOK_MILLISECONDS = 10_000;
/** As the bin's times are held against the ledger's. */
const SKEW_MILLISECONDS = 300_000;
/** What takes back what. */
export const STEP_UNDONE_BY: Readonly<Partial<{ [name: string]: string }>> = {
  PutBackBook: 'SetAsideBooks',
  DiscardCopy: 'CopyBooks',
  MakeBookOfCopy: 'RemoveBooks',
  MakeBookAnew: 'RemoveBooks',
  RestoreCatalogue: 'DeleteCatalogue',
  MakeCatalogueAnew: 'DeleteCatalogue',
};

/** Judges by the world's own record what a restore does, and what it tells. */
export class RestoreJudge {
  readonly breaches: string[] = [];
  /** When others threw something away, by where and what. */
  readonly thrownAway = new Map<string, number>();
  readonly ways: readonly WayOfBooks[];
  readonly #world: World;
  readonly #record: Record;

  constructor(world: World, record: Record, ways: readonly WayOfBooks[]) {
    this.ways = ways;
    this.#world = world;
    this.#record = record;
  }

  /** What it asks for, whatever it is answered. */
  judge({ accountId, name }: Request, id: string, acting: Acting): void {
    if (!isBringingBack(name)) return;
    const say = this.#saying(accountId, name, id, acting);
    if (acting.does !== 'RESTORE') return say('by an execution');
    if (acting.isDry) say('in a dry run');
    const own = this.#undoneBy(accountId, name, id, acting);
    if (own.length === 0) return say('it never took that step');
    if (own.every(({ fate }) => fate === 'REFUSED')) say('it was refused that step');
    if (/Book|Copy/.test(name)) this.#judgeFound(accountId, id, say);
    if (name === 'RestoreCatalogue') this.#judgeBin(accountId, id, { own, say });
  }

  /** What it did. What is further on than its step left it, the library itself refuses to take back. */
  judgeDone({ accountId, name }: Request, id: string, acting: Acting): void {
    if (name === 'DeleteCatalogue') this.thrownAway.delete(keyOf(accountId, id));
    if (!isBringingBack(name)) return;
    const say = this.#saying(accountId, name, id, acting);
    const last = this.#undoneBy(accountId, name, id, acting).at(-1);
    const all = this.#record.of(accountId, id).slice(0, -1);
    const isLater = (one: Asked) => last === undefined || one.order > last.order;
    const later = all.filter(
      (one) =>
        one.isDone &&
        isStep(one.name) &&
        one.executionId !== acting.executionId &&
        isLater(one) &&
        !this.#isUndone(one) &&
        !this.#record.wasTouchedSince(one.order, accountId, id),
    );
    if (later.length > 0) say(`${later.at(-1)?.executionId} went on with it`);
    const before = all.filter(
      (one) =>
        one.does === 'RESTORE' &&
        one.executionId === acting.executionId &&
        isBringingBack(one.name) &&
        one.isDone &&
        one.fate === 'DONE',
    );
    if (before.length > 0 && !acting.named.includes(id)) say('it was brought back before');
  }

  #saying(accountId: string, name: string, id: string, { executionId }: Acting) {
    return (what: string): void =>
      void this.breaches.push(`restore of ${executionId}: ${name} ${id} in ${accountId}: ${what}`);
  }

  #undoneBy(accountId: string, name: string, id: string, { executionId }: Acting): Asked[] {
    return this.#record
      .of(accountId, id)
      .filter((one) => one.executionId === executionId && one.name === STEP_UNDONE_BY[name]);
  }

  #isUndone({ accountId, id, order, name }: Asked): boolean {
    return this.#record
      .of(accountId, id)
      .some((one) => one.isDone && one.order > order && STEP_UNDONE_BY[one.name] === name);
  }

  #judgeFound(accountId: string, id: string, say: (what: string) => void): void {
    const found = this.#record.found(accountId, id);
    if (found === undefined) return say('nobody looked whether it is there');
    if (this.#world.now() - found.at > LOOK_MILLISECONDS) say('nobody looked just before');
    if (found.seen !== null) say(`it was there as ${found.seen}`);
  }

  /** Into the bin, about when that execution had it in hand: its times alone can't tell who it was. */
  mayBeTakenForOurs({ accountId, id, at }: Asked): boolean {
    const thrown = this.thrownAway.get(keyOf(accountId, id));
    return thrown !== undefined && Math.abs(at - thrown) <= SKEW_MILLISECONDS;
  }

  #judgeBin(
    accountId: string,
    id: string,
    { own, say }: { readonly own: readonly Asked[]; readonly say: (what: string) => void },
  ): void {
    if (!this.thrownAway.has(keyOf(accountId, id))) return;
    if (!own.some((one) => this.mayBeTakenForOurs(one))) say('others threw it away');
  }

  /**
   * Whether what it told is so.
   *
   * @param from the first order of what this restore asked for
   */
  judgeTold(told: readonly Restored[], acting: Acting, from: number): void {
    const say = (id: string, what: string) =>
      this.breaches.push(`restore of ${acting.executionId}: ${id} ${what}`);
    const asked = this.#record.asked.filter(({ order }) => order >= from);
    const ids = new Set<string>();
    for (const one of told) {
      const { resourceId: id, result, place, newId, whatIsNew } = one;
      const accountId = place?.accountId ?? '';
      if (ids.has(keyOf(accountId, id))) say(id, 'is told twice');
      ids.add(keyOf(accountId, id));
      const brought = asked.filter(
        (by) => by.accountId === accountId && by.id === id && isBringingBack(by.name) && by.isDone,
      );
      if (brought.length > 1) say(id, 'was brought back twice');
      const [by] = brought;
      if (acting.isDry && result === 'RESTORED') say(id, 'is told as restored by a dry run');
      if (!acting.isDry && result === 'RESTORABLE') say(id, 'is told as by a dry run');
      if (result === 'RESTORED' && by === undefined && !this.#mayBeOthers(accountId, id, asked))
        say(id, 'was not brought back, and is told so');
      if (by?.fate === 'DONE' && !IS_BACK.has(result)) say(id, `was brought back: ${result}`);
      if (by === undefined) continue;
      const isNew = by.name.startsWith('MakeBook');
      if (by.fate === 'DONE' && isNew !== (newId !== undefined)) say(id, `is ${newId} now`);
      if (by.fate === 'DONE' && isNew && newId !== by.made) say(id, `is ${by.made}, not ${newId}`);
      if (by.fate === 'DONE' && isNew && whatIsNew === undefined) say(id, 'has something new');
    }
    const own = this.#record.asked.filter(
      (one) =>
        one.executionId === acting.executionId &&
        one.does === 'RUN' &&
        one.isDone &&
        isStep(one.name),
    );
    if (acting.named.length > 0) return;
    for (const { accountId, id, order } of own)
      if (!ids.has(keyOf(accountId, id)) && !this.#record.wasTouchedSince(order, accountId, id))
        say(id, 'was changed, and is not told of');
  }

  /**
   * What should have come back, in peace, and didn't: it was done, nobody touched it since, and there
   * is a way.
   */
  missedBy(told: readonly Restored[], executionId: string): string[] {
    const own = this.#record.asked.filter(
      (one) => one.executionId === executionId && one.isDone && isStep(one.name),
    );
    return own.flatMap((one) => {
      const { accountId, id, order, name } = one;
      if (this.#record.wasTouchedSince(order, accountId, id)) return [];
      const later = this.#record.of(accountId, id).filter((by) => by.isDone && by.order > order);
      const isGone = (by: Asked) => by.name === 'RemoveBooks' || !this.#isUndone(by);
      if (later.some((by) => isStep(by.name) && isGone(by))) return [];
      if (this.#isUndone(one) || this.#isThereAgain(one)) return [];
      const result = told.find(
        ({ resourceId, place }) => resourceId === id && place?.accountId === accountId,
      )?.result;
      if (this.#isThereNoWay(one) && result !== undefined && NO_WAYS.has(result)) return [];
      return [`restore of ${executionId}: ${name} of ${id} in ${accountId} is not back: ${result}`];
    });
  }

  /** Under another name, as others made it: nobody can tell it from what a restore makes. */
  #isThereAgain({ accountId, id, name }: Asked): boolean {
    if (name !== 'RemoveBooks') return false;
    return [...this.#world.of(accountId).books.values()].some(({ madeFrom }) => madeFrom === id);
  }

  #isThereNoWay({ accountId, id, name }: Asked): boolean {
    const { copies, bin } = this.#world.of(accountId);
    if (name === 'DeleteCatalogue') return !bin.has(id);
    if (name !== 'RemoveBooks') return false;
    const made = this.#record.of(accountId, id).findLast((one) => one.name === 'CopyBooks');
    const isMade = made?.fate === 'DONE' && copies.has(made.made ?? '');
    return this.ways.every((way) => way === 'NONE' || (way === 'MADE' && !isMade));
  }

  /** Unanswered, and then found: others may have brought it back meanwhile. */
  #mayBeOthers(accountId: string, id: string, asked: readonly Asked[]): boolean {
    const own = asked.filter((one) => one.accountId === accountId && one.id === id);
    const first = own.at(0);
    return first !== undefined && this.#record.wasTouchedSince(first.order, accountId, id);
  }
}

const NO_WAYS: ReadonlySet<string> = new Set([
  'NO_WAY_BACK',
  'EXPIRED',
  'NOT_IN_RECYCLE_BIN',
  'FAILED',
]);
const IS_BACK: ReadonlySet<string> = new Set(['RESTORED', 'ALREADY_RESTORED', 'NOT_PROTECTED']);
