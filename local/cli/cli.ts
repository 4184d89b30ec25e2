import packageJson from '../../package.json' with { type: 'json' };
import type { Terminal } from '../terminal/terminal.ts';
import { readCommandLine } from './command-line.ts';
import { completionScript } from './completion/script.ts';
import { helpText } from './help.ts';
import { tellError } from '../terminal/tell-error.ts';

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
        // Loading the AWS SDK takes a second, which neither help nor a misspelt option should cost.
        return await (await import('../commands/carry-out.ts')).carryOut(line, given);
    }
  } catch (error) {
    return tellError(error, given);
  }
}
