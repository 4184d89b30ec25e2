import { Command } from 'commander';
import { fault, quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { Given } from '../arguments/arguments.ts';
import { type CommandName, COMMANDS, type CommandSpec } from './commands.ts';
import { type Shell, SHELLS } from '../arguments/defaults.ts';
import { commandsOf, readWords } from './options.ts';

export type CommandLine =
  | { readonly command: 'help'; readonly about?: CommandName }
  | { readonly command: 'version' }
  | { readonly command: 'completion'; readonly shell: Shell }
  | Given;

const ASKS_FOR_HELP = ['--help', '-h'];

/**
 * Reads which command is meant, what it is about, and the words of its options. What they say is
 * parsed later: here, nothing that a command needs has been loaded yet.
 *
 * @throws {InvalidInput} with one line that names the argument, its value and what is accepted
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const [first = '', ...rest] = argv;
  if (first === '--version') return { command: 'version' };
  if (first === 'help' || ASKS_FOR_HELP.includes(first)) return helpOn(rest[0]);
  // Whatever else is wrong: who asks for help gets it.
  if (rest.some((word) => ASKS_FOR_HELP.includes(word))) return helpOn(first);
  const program = makeProgram();
  if (first === '' || first.startsWith('-'))
    throw new InvalidInput(fault('command', first || undefined, commandsOf(program)));
  const { command, others, options } = readWords(program, argv);
  const about = others[0] ?? '';
  if (command === 'completion') return { command, shell: shellMeant(about) };
  return { command: command as Given['command'], about, options };
}

function shellMeant(name: string): Shell {
  const shell = SHELLS.find((one) => one === name);
  if (shell !== undefined) return shell;
  throw new InvalidInput(fault('SHELL', name, SHELLS.map(quote).join(', ')));
}

/** On all commands where it isn't one of them. */
function helpOn(name = ''): CommandLine {
  return Object.hasOwn(COMMANDS, name)
    ? { command: 'help', about: name as CommandName }
    : { command: 'help' };
}

/** All commands, as commander has them. */
export function makeProgram(): Command {
  const program = new Command('orgsweep')
    .usage('COMMAND [options]')
    .helpOption('-h, --help', 'show this help; after COMMAND, that of one command')
    .helpCommand(false)
    .option('--version', 'show the version')
    // Options belong to a command, and so does what is suggested for them.
    .enablePositionalOptions();
  for (const [name, spec] of Object.entries<CommandSpec>(COMMANDS)) {
    const command = new Command(name)
      .description(spec.says)
      .helpGroup(spec.group)
      .helpOption('-h, --help', 'show this help');
    if (spec.about !== undefined)
      command.argument(spec.mayBeNewest ? `[${spec.about}]` : `<${spec.about}>`);
    for (const option of spec.options) command.addOption(option);
    program.addCommand(command);
  }
  return program;
}
