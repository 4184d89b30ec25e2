import type { Terminal } from '../../local/terminal.ts';

/** A terminal that keeps what is written to it, and whose Ctrl-C is a function. */
export function fakeTerminal(options: { isTerminal?: boolean; color?: boolean } = {}) {
  const written = { stdout: '', stderr: '' };
  const exits: number[] = [];
  const listeners = new Set<() => void>();
  const terminal: Terminal = {
    stdout: (text) => void (written.stdout += text),
    stderr: (text) => void (written.stderr += text),
    stderrIsTerminal: options.isTerminal ?? false,
    color: options.color ?? false,
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exit: (code) => void exits.push(code),
  };
  const interrupt = () => {
    for (const listener of listeners) listener();
  };
  return { terminal, written, exits, interrupt, listeners };
}
