import packageJson from '../../package.json' with { type: 'json' };
import { escapeControls } from '../../core/input/bad-input.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Given, readCommandLine } from './command-line.ts';
import { completionScript } from './completion/script.ts';
import { helpText } from './help.ts';
import { tellError } from './tell-error.ts';

/**
 * orgsweep's command line.
 *
 * @returns the exit code; nothing is thrown: every error is one line on stderr
 */
export async function main(argv: readonly string[], given: Terminal): Promise<number> {
  try {
    const line = readCommandLine(argv);
    switch (line.command) {
      case 'help':
        given.stdout(helpText(line.about, given.columns()));
        return 0;
      case 'version':
        given.stdout(`${packageJson.version}\n`);
        return 0;
      case 'completion':
        given.stdout(completionScript(line.shell));
        return 0;
      default:
        return await carryOutLine(line, given);
    }
  } catch (error) {
    return tellError(error, given);
  }
}

async function carryOutLine(line: Given, given: Terminal): Promise<number> {
  const args = (await import('./arguments.ts')).toArguments(line);
  const shown = 'json' in args && args.json ? showingJson(given) : given;
  const terminal = 'quiet' in args && args.quiet ? { ...shown, quiet: true } : shown;
  // Loading the AWS SDK takes a second, which neither help nor a misspelt option should cost.
  return (await import('../commands/carry-out.ts')).carryOut(args, terminal);
}

/** JSON holds some of what a terminal acts on as it is; a program gets it unchanged. */
function showingJson(terminal: Terminal): Terminal {
  if (!terminal.stdoutIsTerminal) return terminal;
  return { ...terminal, stdout: (text) => terminal.stdout(escapeControls(text)) };
}
