import { deflateSync } from 'node:zlib';

/** Enough to tell how well a text can be compressed. */
const BLOCK_CHARACTERS = 64_000;

/** How much of strangers' text a page bears, as it weighs there: compressed. */
export class TextBudget {
  readonly #mostBytes: number;
  #block: string[] = [];
  #characters = 0;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get isUsedUp(): boolean {
    return this.#bytes > this.#mostBytes;
  }

  add(text: string): void {
    this.#block.push(text);
    this.#characters += text.length;
    if (this.#characters < BLOCK_CHARACTERS) return;
    this.#bytes += deflateSync(this.#block.join('\n')).length;
    [this.#block, this.#characters] = [[], 0];
  }
}
