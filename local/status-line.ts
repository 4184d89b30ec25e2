import type { Terminal } from './terminal.ts';

/** The last line of a terminal, written anew in place; elsewhere, as in CI, a line now and then. */
export interface StatusLine {
  readonly show: (text: string) => void;
  /** Wipes the line, so that other text can be written. */
  readonly clear: () => void;
}

/** CI ends a job that says nothing for ten minutes or so; a line for each poll would be a flood. */
const LOGGED_EVERY_MILLISECONDS = 60_000;

export function makeStatusLine(
  terminal: Terminal,
  elapsedMilliseconds: () => number = () => performance.now(),
): StatusLine {
  if (!terminal.stderrIsTerminal) return makeLoggedLine(terminal, elapsedMilliseconds);
  let shown = 0;
  const clear = () => {
    if (shown > 0) terminal.stderr(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    clear,
    show: (text) => {
      clear();
      terminal.stderr(text);
      shown = text.length;
    },
  };
}

/** At most one line a minute, and none that says what the one before said. */
function makeLoggedLine(terminal: Terminal, elapsedMilliseconds: () => number): StatusLine {
  let last = { at: elapsedMilliseconds(), text: '' };
  return {
    clear: () => undefined,
    show: (text) => {
      const at = elapsedMilliseconds();
      if (text === last.text || at - last.at < LOGGED_EVERY_MILLISECONDS) return;
      last = { at, text };
      terminal.stderr(`${text}\n`);
    },
  };
}
