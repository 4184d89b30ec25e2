import pMap from 'p-map';
import type { Store } from '../../store/store.ts';

/** One page of S3's listing. */
const MOST_LISTED = 1_000;
const MOST_READ = 100;
const READ_AT_ONCE = 10;

/** How objects are read and added up. */
export interface Tally<T> {
  readonly zero: T;
  readonly add: (a: T, b: T) => T;
  /** `isSettled`: the object will not change any more. @throws for one that can't be read yet */
  readonly read: (body: string) => { readonly value: T; readonly isSettled: boolean };
}

/**
 * The objects under a prefix, read a little at a time while they appear: a look lists at most 1,000
 * keys, which is one call, and reads at most 100 objects, however many there are. So what it knows
 * may be behind what there is.
 */
export class SeenObjects<T> {
  readonly #store: Store;
  readonly #prefix: string;
  readonly #tally: Tally<T>;
  readonly #settled = new Set<string>();
  /** Of those that may still change. */
  readonly #open = new Map<string, T>();
  #ofSettled: T;
  #after: string | undefined;
  #isWhole = false;

  constructor(store: Store, prefix: string, tally: Tally<T>) {
    this.#store = store;
    this.#prefix = prefix;
    this.#tally = tally;
    this.#ofSettled = tally.zero;
  }

  get total(): T {
    return [...this.#open.values()].reduce(this.#tally.add, this.#ofSettled);
  }

  /** Whether the last look was at all that there were. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  async look(): Promise<void> {
    const fromTheStart = this.#after === undefined;
    const keys = await this.#listSome();
    await pMap(keys, async (key) => this.#take(key), { concurrency: READ_AT_ONCE });
    this.#isWhole = fromTheStart && this.#after === undefined;
  }

  /** Goes on where the last look ended, and begins anew after the end. */
  async #listSome(): Promise<string[]> {
    const keys: string[] = [];
    let listed = 0;
    for await (const key of this.#store.list(this.#prefix, this.#after)) {
      listed += 1;
      this.#after = key;
      if (!this.#settled.has(key)) keys.push(key);
      if (listed === MOST_LISTED || keys.length === MOST_READ) return keys;
    }
    this.#after = undefined;
    return keys;
  }

  async #take(key: string): Promise<void> {
    const stored = await this.#store.get(key);
    if (stored === undefined) return;
    let seen: ReturnType<Tally<T>['read']>;
    try {
      seen = this.#tally.read(stored.body);
    } catch {
      return;
    }
    if (!seen.isSettled) {
      this.#open.set(key, seen.value);
      return;
    }
    this.#settled.add(key);
    this.#open.delete(key);
    this.#ofSettled = this.#tally.add(this.#ofSettled, seen.value);
  }
}
