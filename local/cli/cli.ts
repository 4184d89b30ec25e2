import packageJson from '../../package.json' with { type: 'json' };
import { escapeControls } from '../../core/input/bad-input.ts';
import { parseArguments } from './arguments.ts';
import { tellError } from './tell-error.ts';
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
    switch (args.command) {
      case 'help':
        terminal.stdout(args.about === undefined ? overview() : helpAbout(args.about));
        return 0;
      case 'version':
        terminal.stdout(`${packageJson.version}\n`);
        return 0;
      default:
        // Loading the AWS SDK takes a second, which neither help nor a misspelt option should cost.
        return await (await import('../commands/carry-out.ts')).carryOut(args, terminal);
    }
  } catch (error) {
    return tellError(error, given);
  }
}

/** JSON holds some of what a terminal acts on as it is; a program gets it unchanged. */
function showingJson(terminal: Terminal): Terminal {
  if (!terminal.stdoutIsTerminal) return terminal;
  return { ...terminal, stdout: (text) => terminal.stdout(escapeControls(text)) };
}
