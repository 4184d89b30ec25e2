import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import type { Store } from './store.ts';
import { RecordTampered } from '../core/model/errors.ts';

/** So many lines are held back until they are seen to be what was written. */
const LINES_IN_PART = 1_000;

/** What was written into an object of lines: how many, and the sha-256 of each 1,000 of them. */
export const LinesWritten = z.strictObject({
  lines: z.int().min(0),
  parts: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
});
export type LinesWritten = z.infer<typeof LinesWritten>;

/** An object of lines, and what was written into it. */
export interface LinesToBelieve {
  readonly key: string;
  readonly written: LinesWritten;
}

/** Lines on their way into the store; what they were is known once the last has passed. */
export function noteLines(lines: AsyncIterable<string> | Iterable<string>) {
  const parts: string[] = [];
  let count = 0;
  async function* noted(): AsyncGenerator<string> {
    let hash = createHash('sha256');
    for await (const line of lines) {
      addLine(hash, line);
      count += 1;
      if (count % LINES_IN_PART === 0) {
        parts.push(hash.digest('hex'));
        hash = createHash('sha256');
      }
      yield line;
    }
    if (count % LINES_IN_PART > 0) parts.push(hash.digest('hex'));
  }
  return { lines: noted(), written: (): LinesWritten => ({ lines: count, parts }) };
}

/**
 * The lines of an object, a part at a time, each only once it is seen to be what was written.
 *
 * @throws {RecordTampered} where the object isn't there, or has other lines
 */
export async function* believedLines(
  store: Store,
  key: string,
  { lines: count, parts }: LinesWritten,
): AsyncGenerator<string> {
  if (count === 0) return;
  const tampered = (cause?: unknown) =>
    new RecordTampered(
      `${store.locationOf(key)} is not what the execution wrote: somebody changed it`,
      {
        cause,
      },
    );
  const rest = [...parts];
  let left = count;
  let part: string[] = [];
  const takePart = (): string[] => {
    const hash = createHash('sha256');
    for (const line of part) addLine(hash, line);
    if (hash.digest('hex') !== rest.shift()) throw tampered();
    const believed = part;
    part = [];
    return believed;
  };
  for await (const line of linesOf(store, key, tampered)) {
    if (left === 0) throw tampered();
    part.push(line);
    left -= 1;
    if (part.length === LINES_IN_PART || left === 0) yield* takePart();
  }
  if (left > 0) throw tampered();
}

/** Where the object isn't there, or isn't text, it isn't what was written; the store's own trouble is another matter. */
async function* linesOf(
  store: Store,
  key: string,
  tampered: (cause: unknown) => RecordTampered,
): AsyncGenerator<string> {
  try {
    yield* store.lines(key);
  } catch (error) {
    if (error instanceof TypeError) throw tampered(error);
    if ((await store.get(key)) === undefined) throw tampered(error);
    throw error;
  }
}

function addLine(hash: Hash, line: string): void {
  // One update: what a short line costs is the call.
  hash.update(`${line}\n`);
}
