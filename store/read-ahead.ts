import { pMapIterable } from 'p-map';
import type { Store } from './store.ts';
import { RecordTampered } from '../core/model/errors.ts';
import { believedLines, type LinesToBelieve } from './believed-lines.ts';

/**
 * S3 takes some 30 ms for an answer, and an execution over 400 accounts has 6,800 targets: one
 * after the other, Plan alone would outlive its 15 minutes. Below the SDK's 50 connections.
 */
export const REQUESTS_AT_ONCE = 32;

/** What `read` gives for each item, in their order, many of them on their way at once. */
export function readAhead<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  read: (item: T) => Promise<R>,
): AsyncIterable<R> {
  return pMapIterable<T, R>(items, read, { concurrency: REQUESTS_AT_ONCE }) as AsyncIterable<R>;
}

/** More than these aren't held in memory for many targets at once. */
const MOST_LINES_AHEAD = 2_000;

export interface LinesToRead extends LinesToBelieve {
  /** Told where the object isn't what was written; its other lines are left out. */
  readonly onTampered: (message: string) => void;
}

/**
 * As `readAhead`, of what is held in memory as a whole: the large ones come last, one by one. One
 * account may have a hundred thousand findings in each of its Regions.
 *
 * @param linesOf how many lines an item has, or more
 */
export async function* readWholeAhead<T, R>(
  items: readonly T[],
  linesOf: (item: T) => number,
  read: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const isLarge = (item: T) => linesOf(item) > MOST_LINES_AHEAD;
  yield* readAhead(
    items.filter((item) => !isLarge(item)),
    read,
  );
  for (const item of items.filter(isLarge)) yield await read(item);
}

/**
 * The lines of many objects, one object after the other; the large ones are streamed. None is given
 * before it is seen to be what was written.
 */
export async function* readLinesAhead(
  store: Store,
  objects: Iterable<LinesToRead>,
): AsyncGenerator<string> {
  const opened = readAhead(objects, async (object) => {
    const lines = tellingTampered(store, object);
    const isLarge = object.written.lines > MOST_LINES_AHEAD;
    return { lines: isLarge ? lines : await collected(lines) };
  });
  for await (const { lines } of opened) yield* lines;
}

/** The lines of one object, as far as they are what was written. */
export async function* tellingTampered(
  store: Store,
  { key, written, onTampered }: LinesToRead,
): AsyncGenerator<string> {
  try {
    yield* believedLines(store, key, written);
  } catch (error) {
    if (!(error instanceof RecordTampered)) throw error;
    onTampered(error.message);
  }
}

/** All of them, in memory. */
async function collected(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
