/** How many of one sort an estate began with, and the one at a position (0 to count - 1). */
export interface Shelf<T> {
  readonly count: number;
  at(position: number): T;
  find(id: string): T | undefined;
}
