import stringWidth from 'string-width';
import type { Terminal } from '../terminal/terminal.ts';

/** The last line of a terminal that moves its cursor, written anew in place. */
export interface LiveLine {
  /** At most `columns` wide, or it would wrap and stay. */
  readonly show: (text: string) => void;
  /** Wipes the line, so that other text can be written. */
  readonly clear: () => void;
  readonly columns: () => number;
}

const USUAL_COLUMNS = 80;
/** Ctrl-C is echoed as "^C" where the cursor is. */
const ECHO_COLUMNS = 2;

export function makeLiveLine(terminal: Terminal): LiveLine {
  // The last column stays free: written to, many terminals go on to the next line.
  const columns = () => Math.max(1, (terminal.columns() ?? USUAL_COLUMNS) - 1);
  let shown = '';
  const blanks = (width: number) => ' '.repeat(Math.max(0, Math.min(width, columns())));
  return {
    columns,
    clear: () => {
      if (shown !== '') terminal.stderr(`\r${blanks(stringWidth(shown) + ECHO_COLUMNS)}\r`);
      shown = '';
    },
    show: (text) => {
      if (text === shown) return;
      const rest = stringWidth(shown) - stringWidth(text);
      // In one piece: a line that is wiped first flickers.
      terminal.stderr(`\r${text}${rest > 0 ? `${blanks(rest)}\r${text}` : ''}`);
      shown = text;
    },
  };
}
