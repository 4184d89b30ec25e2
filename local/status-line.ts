import type { Terminal } from './terminal.ts';

/** The last line of a terminal, written anew in place; nothing where stderr is none. */
export interface StatusLine {
  readonly show: (text: string) => void;
  /** Wipes the line, so that other text can be written. */
  readonly clear: () => void;
}

export function makeStatusLine(terminal: Terminal): StatusLine {
  if (!terminal.stderrIsTerminal) return { show: () => undefined, clear: () => undefined };
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
