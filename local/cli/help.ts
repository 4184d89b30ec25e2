import type { Command } from 'commander';
import { type CommandName, COMMANDS, type CommandSpec } from './commands.ts';
import { makeProgram } from './command-line.ts';

/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 100;
const OF_EVERY_COMMAND = { 1: 'unexpected error', 2: 'bad input or usage' };
const PURPOSE =
  'orgsweep finds unused AWS resources across an AWS Organization, shows the evidence for each, and tells you what it could not check. It deletes nothing unless you enable it.';
const ALL_EXITS = {
  0: 'complete',
  ...OF_EVERY_COMMAND,
  3: 'partial coverage, or not all measured or read',
  4: 'plan refused or not approved',
  5: 'not all deleted, or not all restored',
  6: 'a condition of --fail-on holds or is not known',
  130: 'stopped by a second Ctrl-C, or stopped watching by the first',
};

/**
 * `orgsweep --help` tells of all commands; `orgsweep COMMAND --help` of one: its usage, options,
 * examples and exit codes.
 *
 * @param columns of the terminal
 */
export function helpText(about?: CommandName, columns = WIDEST): string {
  const program = makeProgram().description(PURPOSE);
  const command = program.commands.find((one) => one.name() === about) ?? program;
  const spec: CommandSpec | undefined = about && COMMANDS[about];
  const width = Math.min(columns, WIDEST);
  const examples = spec?.examples ?? Object.values(COMMANDS).flatMap((one) => one.examples[0]);
  const exits = spec === undefined ? ALL_EXITS : { ...OF_EVERY_COMMAND, ...spec.exits };
  return [
    informationOf(command, width),
    ...(spec?.more === undefined ? [] : [`${wrapped(command, spec.more, width)}\n`]),
    section(
      'Examples:',
      examples.map((one) => `  orgsweep ${one}`),
    ),
    section(
      'Exit codes:',
      Object.entries(exits).map(([code, is]) => `  ${code.padStart(3)}  ${is}`),
    ),
  ].join('\n');
}

function informationOf(command: Command, helpWidth: number): string {
  return command
    .configureHelp({
      helpWidth,
      minWidthToWrap: 20,
      optionDescription: ({ description }) => description,
      subcommandTerm: (sub) =>
        `${sub.name()} ${sub.usage().replace('[options]', '').trim()}`.trim(),
    })
    .helpInformation();
}

function wrapped(command: Command, text: string, width: number): string {
  return command.createHelp().boxWrap(text, width);
}

function section(title: string, lines: readonly string[]): string {
  return `${[title, ...lines].join('\n')}\n`;
}
