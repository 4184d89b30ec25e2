import { cutToWidth } from '../../report/format/cut-to-width.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { makeLiveLine } from './live-line.ts';

/** Where somebody sees how far a command is: a terminal, or a log that is read later. */
export interface Surface {
  /** How wide a line may be. */
  readonly columns: () => number;
  /** How far it is by now; told as often as one likes. */
  readonly live: (text: string) => void;
  /** What was done, of which so many characters are the verb. */
  readonly done: (text: string, verbLength: number) => void;
  readonly error: (text: string) => void;
  /** To be read whatever happens. */
  readonly note: (text: string) => void;
  /** Takes the live line away, so that others can write. */
  readonly clear: () => void;
}

export interface SurfaceOptions {
  /** Milliseconds, by a clock that only goes forwards. */
  readonly now: () => number;
  /** The time of day, for a log. */
  readonly date: () => Date;
}

/** Where the cursor doesn't move a screen reader reads out every line. */
const DUMB_LINE_MS = 30_000;
const LOG_LINE_MS = 60_000;

/** With `--quiet` errors and notes are all that is left. */
export function makeSurface(terminal: Terminal, options: SurfaceOptions): Surface {
  const surface = terminal.stderrIsTerminal
    ? onTerminal(terminal, options)
    : inLog(terminal, options);
  return terminal.quiet ? { ...surface, live: () => undefined, done: () => undefined } : surface;
}

function onTerminal(terminal: Terminal, { now }: SurfaceOptions): Surface {
  const { movesCursor, color } = terminal;
  const line = makeLiveLine(terminal);
  const print = (text: string) => {
    line.clear();
    terminal.stderr(`${text}\n`);
  };
  return {
    columns: line.columns,
    live: movesCursor
      ? line.show
      : everySo(DUMB_LINE_MS, now, (text) => terminal.stderr(`${text}\n`)),
    done: (text, verbLength) =>
      print(paint(text.slice(0, verbLength), 'green', color) + text.slice(verbLength)),
    // A second row would break words, and lose the colour. The summary has all of it.
    error: (text) =>
      print(paint(movesCursor ? cutToWidth(text, line.columns(), '…') : text, 'red', color)),
    note: print,
    clear: line.clear,
  };
}

/** A line a minute tells work from a hang; nothing in it is meant for a terminal. */
function inLog(terminal: Terminal, { now, date }: SurfaceOptions): Surface {
  const print = (text: string) =>
    terminal.stderr(`${date().toISOString().slice(0, 19)}Z ${text}\n`);
  return {
    columns: () => Infinity,
    live: everySo(LOG_LINE_MS, now, print),
    done: print,
    error: print,
    note: (text) => terminal.stderr(`${text}\n`),
    clear: () => undefined,
  };
}

function everySo(ms: number, now: () => number, print: (text: string) => void) {
  let at = now();
  return (text: string) => {
    if (now() - at < ms) return;
    at = now();
    print(text);
  };
}

function paint(text: string, color: 'red' | 'green', isColored: boolean): string {
  return isColored ? `\u001b[${color === 'red' ? 31 : 32}m${text}\u001b[39m` : text;
}
