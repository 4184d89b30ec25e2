import type { Store } from './store.ts';

/** So many characters of the second object wait at most for whoever writes them. */
const MOST_WAITING = 256 * 1024;

/**
 * Writes two objects of lines in one pass over what both are made of: each item is a line of the
 * first, and one of the second. The second has its name only once the first one has.
 *
 * @param heading the first line of the second one
 */
export async function writeTogether(
  store: Pick<Store, 'writeLines'>,
  [first, second]: readonly [string, string],
  heading: string,
  pairs: AsyncIterable<readonly [string, string]>,
): Promise<void> {
  const waiting = new WaitingLines();
  async function* own(): AsyncGenerator<string> {
    await waiting.add(heading);
    for await (const [line, other] of pairs) {
      await waiting.add(other);
      yield line;
    }
  }
  const writingFirst = store.writeLines(first, own());
  const writingSecond = store.writeLines(second, waiting.lines());
  writingSecond.catch((error: unknown) => {
    waiting.breakOff(error);
  });
  try {
    await writingFirst;
  } catch (error) {
    waiting.breakOff(error);
    await Promise.allSettled([writingSecond]);
    throw error;
  }
  waiting.end();
  await writingSecond;
}

/** Lines on their way from one writer to another, never many of them at once. */
class WaitingLines {
  #lines: string[] = [];
  #characters = 0;
  #isEnded = false;
  #broken: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  async add(line: string): Promise<void> {
    this.#lines.push(line);
    this.#characters += line.length;
    if (this.#lines.length === 1) this.#wake();
    while (this.#characters > MOST_WAITING && this.#broken === undefined) await this.#changed();
    if (this.#broken !== undefined) throw this.#broken.error;
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** Whoever adds, and whoever reads, gets the error. */
  breakOff(error: unknown): void {
    this.#broken ??= { error };
    this.#wake();
  }

  async *lines(): AsyncGenerator<string> {
    for (;;) {
      const lines = this.#lines;
      this.#lines = [];
      yield* lines;
      this.#characters -= lines.reduce((sum, { length }) => sum + length, 0);
      this.#wake();
      if (this.#broken !== undefined) throw this.#broken.error;
      if (this.#lines.length === 0 && this.#isEnded) return;
      if (this.#lines.length === 0) await this.#changed();
    }
  }

  async #changed(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}
