import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';

const syncData = promisify(fdatasync);

/** A file that only grows. What was appended outlives the process at once, a power cut when settled. */
export interface AppendFile {
  /** In bytes. */
  readonly length: () => number;
  /** All of it or nothing. @throws what the file system says, such as that it is full */
  append(text: string): void;
  /** Resolves once everything appended so far would outlive a power cut. */
  settle(): Promise<void>;
  /** Takes away what comes after so many bytes. */
  cutTo(length: number): void;
  close(): void;
}

/**
 * @param sync returns once what is in the file would outlive a power cut
 * @throws where the file isn't there, or can't be written
 */
export function openToAppend(path: string, sync: typeof syncData = syncData): AppendFile {
  const file = openSync(path, 'r+');
  let end = fstatSync(file).size;
  let settled = end;
  let settling: Promise<void> | undefined;
  const cutTo = (length: number) => {
    ftruncateSync(file, length);
    end = length;
  };
  return {
    length: () => end,
    append: (text) => {
      const bytes = Buffer.from(text);
      const start = end;
      try {
        for (let done = 0; done < bytes.length;) {
          done += writeSync(file, bytes, done, bytes.length - done, start + done);
        }
      } catch (error) {
        cutTo(start);
        throw error;
      }
      end = start + bytes.length;
    },
    settle: async () => {
      const wanted = end;
      while (settled < wanted) {
        // One for all that wait; what came after it began waits for the next.
        settling ??= settleUpTo(end).finally(() => (settling = undefined));
        await settling;
      }
    },
    cutTo,
    close: () => closeSync(file),
  };

  async function settleUpTo(length: number): Promise<void> {
    await sync(file);
    settled = length;
  }
}
