import type { Terminal } from '../../local/terminal/terminal.ts';

export interface FakeTerminalOptions {
  /** Of both, or of one of them. */
  readonly isTerminal?: boolean | 'stdout' | 'stderr';
  readonly color?: boolean;
  readonly columns?: number;
  readonly isDumb?: boolean;
  /** Left out: as on a terminal there, as with `--quiet` in a log, whose lines most tests don't ask about. */
  readonly quiet?: boolean;
}

/** A terminal that keeps what is written to it, and whose Ctrl-C is a function. */
export function fakeTerminal(options: FakeTerminalOptions = {}) {
  const written = { stdout: '', stderr: '' };
  const exits: number[] = [];
  const listeners = new Set<() => void>();
  const terminal: Terminal = {
    stdout: (text) => void (written.stdout += text),
    stderr: (text) => void (written.stderr += text),
    stdoutIsTerminal: options.isTerminal === true || options.isTerminal === 'stdout',
    stderrIsTerminal: options.isTerminal === true || options.isTerminal === 'stderr',
    movesCursor: options.isDumb !== true,
    color: options.color ?? false,
    columns: () => options.columns,
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    quiet: options.quiet ?? !(options.isTerminal === true || options.isTerminal === 'stderr'),
    exit: (code) => void exits.push(code),
  };
  const interrupt = () => {
    for (const listener of listeners) listener();
  };
  return { terminal, written, exits, interrupt, listeners };
}
