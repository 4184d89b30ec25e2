import { createInterface } from 'node:readline/promises';
import { makeOutput } from './output.ts';
import { programHere } from './program.ts';

/** The outside of the command line: what it writes to, and how it hears of Ctrl-C. */
export interface Terminal {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Only a person reads a table; everybody else gets the text as it was published. */
  readonly stdoutIsTerminal: boolean;
  /** false: stderr is a log, where a line stays and nothing is coloured. */
  readonly stderrIsTerminal: boolean;
  /** false: what is written stays, as on TERM=dumb, which screen readers and editors set. */
  readonly movesCursor: boolean;
  /** For what is written to a terminal. */
  readonly color: boolean;
  /** Left out: somebody wants to see how far it is. */
  readonly quiet?: boolean;
  /** Its width by now; undefined: not known. */
  readonly columns: () => number | undefined;
  /** Asks a person, and gives the answer as typed; not there where nobody is. */
  readonly ask?: (question: string) => Promise<string>;
  /** Calls back at every SIGINT and SIGTERM, until the returned function is called. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** How orgsweep is started here, as a shell takes it; left out: by its name. */
  readonly program?: string;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}

const isDumb = process.env['TERM'] === 'dumb';

/** The process's own, and what becomes of its exit code where its words were lost. */
export interface ProcessTerminal extends Terminal {
  /**
   * Waits until what was written is written.
   *
   * @param code of the work
   * @returns the code to exit with: 1 for work that went well and whose words a full disk lost
   */
  readonly settle: (code: number) => Promise<number>;
}

/** @param argv what the process was started with: where JSON is asked for, stdout has nothing else */
export function openProcessTerminal(argv: readonly string[]): ProcessTerminal {
  let isLost = false;
  const onLost = (name: string, tell: (text: string) => void) => (code: string) => {
    isLost = true;
    tell(`orgsweep: ${name} can't be written (${code}): its output is not complete\n`);
  };
  const stdout = makeOutput(
    process.stdout,
    onLost('stdout', (text) => stderr.write(text)),
  );
  const stderr = makeOutput(
    process.stderr,
    onLost('stderr', (text) => {
      if (!argv.includes('--json')) stdout.write(text);
    }),
  );
  return {
    stdout: stdout.write,
    stderr: stderr.write,
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    movesCursor: !isDumb,
    // https://no-color.org: set to anything but nothing.
    color: (process.env['NO_COLOR'] ?? '') === '' && !isDumb,
    // Some pseudo terminals say 0 for what they don't know.
    columns: () => process.stderr.columns || process.stdout.columns || undefined,
    onInterrupt: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
    program: programHere(),
    exit: (code) => process.exit(code),
    ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
    settle: async (code) => {
      await stdout.settled();
      await stderr.settled();
      return isLost && code === 0 ? 1 : code;
    },
  };
}

/** Ctrl-C and the end of the input answer nothing. */
async function ask(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  // Without a listener, readline only pauses.
  asking.once('SIGINT', () => asking.close());
  try {
    return await new Promise<string>((answer, fail) => {
      asking.once('close', () => answer(''));
      asking.question(question).then(answer, fail);
    });
  } finally {
    asking.close();
  }
}
