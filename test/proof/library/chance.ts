/** What happens by chance in one trial, drawn by fast-check. */
export class Chance {
  readonly #drawn: Iterator<number, unknown>;

  constructor(drawn: Iterator<number, unknown>) {
    this.#drawn = drawn;
  }

  isOneIn(many: number): boolean {
    return this.#draw() % many === 0;
  }

  /** Undefined where there is nothing to pick from. */
  pick<T>(from: readonly [T, ...T[]]): T;
  pick<T>(from: readonly T[]): T | undefined;
  pick<T>(from: readonly T[]): T | undefined {
    return from[this.#draw() % from.length];
  }

  #draw(): number {
    const next = this.#drawn.next();
    if (next.done === true) throw new Error('nothing is left to draw');
    return next.value;
  }
}
