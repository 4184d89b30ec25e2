import { digestOfText } from '../core/plan/digest.ts';
import { RecordTampered } from '../core/model/errors.ts';
import type { Store } from './store.ts';

/** So much stays in memory: characters of lines. What is less is in no file. */
const MOST_CHARACTERS = 4 * 2 ** 20;

/** A file of lines that is named by the sha-256 of its bytes: whoever knows the name knows the lines. */
export interface LinesFile {
  readonly digest: string;
  readonly lines: number;
}

/**
 * Lines that may be too many for memory: the first of them go to files, as soon as there are many.
 * Nobody else's lines ever have the same name, so that several writers don't disturb each other, and
 * what a call that died left behind is never taken for another one's.
 */
export class SpilledLines {
  readonly files: LinesFile[] = [];
  /** Those that are in no file yet. */
  rest: string[] = [];
  readonly #store: Store;
  readonly #keyOf: (digest: string) => string;
  readonly #mostCharacters: number;
  #characters = 0;

  /** @param keyOf of a file, by its digest */
  constructor(store: Store, keyOf: (digest: string) => string, mostCharacters = MOST_CHARACTERS) {
    this.#store = store;
    this.#keyOf = keyOf;
    this.#mostCharacters = mostCharacters;
  }

  async add(line: string): Promise<void> {
    if (line.includes('\n')) throw new RangeError('A line to write holds a newline');
    this.rest.push(line);
    this.#characters += line.length;
    if (this.#characters > this.#mostCharacters) await this.spill();
  }

  /** Puts what is in no file yet into one. */
  async spill(): Promise<void> {
    if (this.rest.length === 0) return;
    const body = this.rest.map((line) => `${line}\n`).join('');
    const file = { digest: digestOfText(body), lines: this.rest.length };
    await this.#store.put(this.#keyOf(file.digest), body);
    this.files.push(file);
    this.rest = [];
    this.#characters = 0;
  }

  /** All lines, a file at a time. @throws {RecordTampered} as `readLinesFile` does */
  async *groups(): AsyncGenerator<readonly string[]> {
    for (const file of this.files) yield await readLinesFile(this.#store, this.#keyOf, file);
    yield this.rest;
  }
}

/**
 * @param keyOf of a file, by its digest
 * @throws {RecordTampered} where it isn't there, or is another one
 */
export async function readLinesFile(
  store: Store,
  keyOf: (digest: string) => string,
  { digest, lines: count }: LinesFile,
): Promise<string[]> {
  const key = keyOf(digest);
  const body = (await store.get(key))?.body ?? '';
  const lines = body.split('\n').slice(0, -1);
  if (digestOfText(body) !== digest || lines.length !== count)
    throw new RecordTampered(
      `${store.locationOf(key)} is not what the execution wrote: somebody changed it`,
    );
  return lines;
}
