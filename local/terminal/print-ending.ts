import { harmless, oneLine } from '../../report/format/layout.ts';
import { renderTable } from '../../report/terminal/terminal-table.ts';
import { Summary } from '../../core/summary/summary.ts';
import { parseJson } from '../../store/stored-json.ts';
import type { Terminal } from './terminal.ts';

/** What an execution left for whoever asked for it. */
export interface EndingToPrint {
  readonly json: boolean;
  /** summary.json; undefined: it didn't come to one. */
  readonly summary: string | undefined;
  /** What was published, with its subject. */
  readonly text: string | undefined;
  /** What went wrong besides that. */
  readonly error: string | undefined;
  /** Where the files are. */
  readonly files: string;
}

const STATUS_COLOR = { COMPLETE: 32, PARTIAL: 33 } as const;
const BAD_COLOR = 31;

/**
 * On a terminal a table, elsewhere exactly what was published, or summary.json. All three say where
 * the files are; it is said on stderr only where they aren't read by whoever looks at stderr.
 */
export function printEnding(terminal: Terminal, ending: EndingToPrint): void {
  const { json, summary, text, error, files } = ending;
  const table =
    !json && terminal.stdoutIsTerminal && summary !== undefined
      ? tableOf(summary, terminal)
      : undefined;
  // What a bucket holds, whoever may write there has written.
  const printed = json ? summary : (table ?? (text && harmless(text)));
  if (printed !== undefined) terminal.stdout(withNewline(printed));
  if (error !== undefined) terminal.stderr(`orgsweep: ${oneLine(error)}\n`);
  const isUnread = terminal.stderrIsTerminal && !terminal.stdoutIsTerminal && !json;
  if (summary === undefined || isUnread) terminal.stderr(`files: ${files}\n`);
}

/** Undefined where it isn't a summary as this version writes it: a hub may have another. */
function tableOf(body: string, terminal: Terminal): string | undefined {
  const { data: summary } = Summary.safeParse(parseJson(body));
  if (summary === undefined) return undefined;
  const lines = renderTable(summary, (terminal.columns() ?? 80) - 1);
  const table = `${lines.join('\n')}\n`;
  if (!terminal.color) return `\n${table}`;
  const word = table.slice(0, table.indexOf(' '));
  const color = Object.hasOwn(STATUS_COLOR, word)
    ? STATUS_COLOR[word as keyof typeof STATUS_COLOR]
    : BAD_COLOR;
  return `\n\u001b[${color}m${word}\u001b[39m${table.slice(word.length)}`;
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
