import { fstatSync, writeSync } from 'node:fs';

/** What a program writes to, whose reader may go away or whose disk may be full. */
export interface Output {
  /** Never throws: what can't be written is dropped. */
  readonly write: (text: string) => void;
  /** When all of it is written, or nobody can take it any more. */
  readonly settled: () => Promise<void>;
}

/** Who reads has enough: `head`, a pager that was left, a connection that was closed. */
const READER_LEFT = new Set(['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED']);

/**
 * Writes to a stream of the process until that fails for the first time. A reader who leaves is no
 * error of the work, which goes on.
 *
 * @param onLost told once, with the code, where something else kept text from being written
 */
export function makeOutput(
  stream: NodeJS.WriteStream & { readonly fd: number },
  onLost: (code: string) => void,
): Output {
  let isOver = false;
  let last: Promise<void> = Promise.resolve();
  let leave: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (leave = resolve));
  const fail = (error: NodeJS.ErrnoException) => {
    if (isOver) return;
    isOver = true;
    leave();
    const code = error.code ?? error.name;
    if (!READER_LEFT.has(code)) onLost(code);
  };
  // Others write to it, too, such as readline; without a listener any error ends the process.
  stream.on('error', fail);
  const isFile = !stream.isTTY && isWrittenAtOnce(stream.fd);
  return {
    write: (text) => {
      if (isOver) return;
      try {
        if (isFile) writeWhole(stream.fd, text);
        else last = new Promise((resolve) => stream.write(text, () => resolve()));
      } catch (error) {
        fail(error as NodeJS.ErrnoException);
      }
    },
    settled: async () => Promise.race([last, over]),
  };
}

function isWrittenAtOnce(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isFile() || stat.isCharacterDevice();
  } catch {
    return false;
  }
}

/** Of what a nearly full disk takes in part, Node's own stream drops the rest and says nothing. */
function writeWhole(fd: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
}
