import type { SimPage } from '../../model/page.ts';
import type { Shelf } from '../shelf.ts';

/**
 * A shelf with what calls have changed laid over: a resource put under a known id takes that one's
 * position, any other follows after the last. Positions never move, so that a listing under way
 * neither repeats nor misses what stays.
 */
export class ChangedShelf<T> {
  readonly #initial: Shelf<T>;
  readonly #idOf: (item: T) => string;
  /** Undefined: taken away. */
  readonly #changes = new Map<string, T | undefined>();
  readonly #added: string[] = [];
  /** How often something was changed. */
  revision = 0;

  constructor(initial: Shelf<T>, idOf: (item: T) => string) {
    this.#initial = initial;
    this.#idOf = idOf;
  }

  put(item: T): void {
    const id = this.#idOf(item);
    if (!this.#changes.has(id) && this.#initial.find(id) === undefined) this.#added.push(id);
    this.#changes.set(id, item);
    this.revision += 1;
  }

  remove(id: string): void {
    if (this.find(id) === undefined) return;
    this.#changes.set(id, undefined);
    this.revision += 1;
  }

  find(id: string): T | undefined {
    return this.#changes.has(id) ? this.#changes.get(id) : this.#initial.find(id);
  }

  page(from: number, limit: number): SimPage<T> {
    const count = this.#initial.count + this.#added.length;
    return pageOf({ count, from, limit }, (position) => {
      if (position < this.#initial.count) return this.asItIsNow(this.#initial.at(position));
      return this.#changes.get(this.#added[position - this.#initial.count] ?? '');
    });
  }

  /** What has become of an item that was there from the start. */
  asItIsNow(initial: T): T | undefined {
    const id = this.#idOf(initial);
    return this.#changes.has(id) ? this.#changes.get(id) : initial;
  }

  /** What was put, and is still there. */
  *changed(): Iterable<T> {
    for (const item of this.#changes.values()) if (item !== undefined) yield item;
  }

  /** What was put under ids that weren't there from the start, and is still there. */
  *added(): Iterable<T> {
    for (const id of this.#added) {
      const item = this.#changes.get(id);
      if (item !== undefined) yield item;
    }
  }

  isChanged(id: string): boolean {
    return this.#changes.has(id);
  }
}

/** Pages are filled: what isn't there any more takes no place on them. */
export function pageOf<T>(
  span: { readonly count: number; readonly from: number; readonly limit: number },
  at: (position: number) => T | undefined,
): SimPage<T> {
  if (!Number.isInteger(span.limit) || span.limit < 1) {
    throw new RangeError(`limit ${span.limit}; accepted: 1 or more`);
  }
  const items: T[] = [];
  let position = span.from;
  for (; position < span.count && items.length < span.limit; position++) {
    const item = at(position);
    if (item !== undefined) items.push(item);
  }
  return { items, next: position < span.count ? position : null };
}
