import packageJson from '../../package.json' with { type: 'json' };
import { escapeControls } from '../../core/input/bad-input.ts';
import { caughtInWords } from '../../report/words/caught-in-words.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { oneLine } from '../../report/format/layout.ts';
import { parseArguments } from './arguments.ts';
import { helpAbout, overview } from './help.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * orgsweep's command line.
 *
 * @returns the exit code; nothing is thrown: every error is one line on stderr
 */
export async function main(argv: readonly string[], given: Terminal): Promise<number> {
  try {
    const args = parseArguments(argv);
    const shown = 'json' in args && args.json ? showingJson(given) : given;
    const terminal = 'quiet' in args && args.quiet ? { ...shown, quiet: true } : shown;
    // Loading the AWS SDK takes a second, which neither help nor a misspelt option should cost.
    switch (args.command) {
      case 'help':
        terminal.stdout(args.about === undefined ? overview() : helpAbout(args.about));
        return 0;
      case 'version':
        terminal.stdout(`${packageJson.version}\n`);
        return 0;
      case 'run':
        return await (await import('../commands/run-command.ts')).run(args, terminal);
      case 'start':
        return await (await import('../commands/start-command.ts')).start(args, terminal);
      case 'watch':
        return await (await import('../commands/watch-command.ts')).watch(args, terminal);
      case 'explain':
        return await (await import('../commands/explain-command.ts')).explain(args, terminal);
      case 'measure':
        return await (await import('../commands/measure-command.ts')).measure(args, terminal);
      case 'restore':
        return await (await import('../commands/restore-command.ts')).restore(args, terminal);
      case 'approve':
      case 'reject':
        return await (await import('../commands/decide-command.ts')).decide(args, terminal);
      case 'prices':
        return await (await import('../commands/prices-command.ts')).prices(args, terminal);
      case 'simulate':
        return await (await import('../commands/simulate-command.ts')).simulate(args, terminal);
    }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const badInput = error instanceof InvalidInput;
    const isFull = /^(ENOSPC|EDQUOT)$/.test((error as { code?: string } | null)?.code ?? '');
    const what = isFull
      ? 'the disk is full; make room and repeat the command: '
      : `${oneLine(name)}: `;
    const line = badInput ? oneLine(message) : `${what}${caughtInWords(message)}`;
    given.stderr(`orgsweep: ${line}\n`);
    return badInput ? 2 : 1;
  }
}

/** JSON holds some of what a terminal acts on as it is; a program gets it unchanged. */
function showingJson(terminal: Terminal): Terminal {
  if (!terminal.stdoutIsTerminal) return terminal;
  return { ...terminal, stdout: (text) => terminal.stdout(escapeControls(text)) };
}
