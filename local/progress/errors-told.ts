import { formatCount, formatNoun } from '../../report/format/money.ts';

/** A hundred accounts may fail for one reason; whoever reads this has understood it by then. */
const MOST_TOLD = 20;
const MOST_ALIKE = 3;
const MOST_KINDS = 10;

/** Which errors are told as they come, and how many there were besides, of each kind. */
export class ErrorsTold {
  readonly #ofKind = new Map<string, number>();
  readonly #untoldOfKind = new Map<string, number>();
  #told = 0;
  #untoldOfNone = 0;

  /** @param kind what those have in common of which a few tell all; undefined: nothing */
  isTold(kind?: string): boolean {
    const alike = kind === undefined ? 0 : (this.#ofKind.get(kind) ?? 0);
    if (this.#told < MOST_TOLD && alike < MOST_ALIKE) {
      this.#told += 1;
      if (kind !== undefined) this.#ofKind.set(kind, alike + 1);
      return true;
    }
    if (kind === undefined) this.#untoldOfNone += 1;
    else this.#untoldOfKind.set(kind, (this.#untoldOfKind.get(kind) ?? 0) + 1);
    return false;
  }

  get untold(): number {
    let untold = this.#untoldOfNone;
    for (const count of this.#untoldOfKind.values()) untold += count;
    return untold;
  }

  /** What wasn't told, in few lines: each kind with its count, the most frequent first. */
  rest(): string[] {
    const kinds = [...this.#untoldOfKind].toSorted(([, a], [, b]) => b - a);
    const others = kinds.slice(MOST_KINDS).reduce((sum, [, count]) => sum + count, 0);
    const more = others + this.#untoldOfNone;
    return [
      ...kinds
        .slice(0, MOST_KINDS)
        .map(([kind, count]) => `and ${formatCount(count)} more: ${kind}`),
      ...(more > 0 ? [`and ${formatNoun(more, 'more error')}, not told here`] : []),
    ];
  }
}
