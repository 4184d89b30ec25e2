/** One page of a lazily made listing; `next` is where the following page begins. */
export interface SimPage<T> {
  readonly items: readonly T[];
  readonly next: number | null;
}
