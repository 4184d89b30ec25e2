import { type CommandHelp, COMMANDS } from './command-help.ts';

const USAGE_COLUMNS = 21;

/** `orgsweep --help`: all commands in one text; commands with the same options share them. */
export function overview(): string {
  const commands = Object.values(COMMANDS);
  const sections = new Map<string, CommandHelp[]>();
  for (const command of commands)
    sections.set(command.options, [...(sections.get(command.options) ?? []), command]);
  return [
    `\
orgsweep finds unused AWS resources across an AWS Organization, shows the evidence for each, and
tells you what it could not check. It deletes nothing unless you enable it.
`,
    [
      ...commands.map(({ usage, says }) => `  orgsweep ${usage.padEnd(USAGE_COLUMNS - 1)} ${says}`),
      '  orgsweep --help, --version; orgsweep COMMAND --help tells of one command alone',
      '',
    ].join('\n'),
    ...[...sections.values()].map((alike) => sectionOf(alike)),
    `\
Exit codes
  0 complete · 1 unexpected error · 2 bad input or usage · 3 partial coverage, or not all measured
  4 plan refused or not approved · 5 removals incomplete, or not all restored
  130 stopped by a second Ctrl-C, or stopped watching by the first
`,
    examplesOf(commands),
  ].join('\n');
}

/** `orgsweep COMMAND --help`: its usage, options, examples and exit codes. */
export function helpAbout(name: string): string {
  const command = COMMANDS[name];
  if (command === undefined) return overview();
  const exits = { 1: 'unexpected error', 2: 'bad input or usage', ...command.exits };
  return [
    `orgsweep ${command.usage}: ${command.says}\n`,
    command.options,
    ...(command.more === undefined ? [] : [command.more]),
    examplesOf([command]),
    ['Exit codes', ...Object.entries(exits).map(([code, is]) => `  ${code.padStart(3)} ${is}`)]
      .join('\n')
      .concat('\n'),
  ].join('\n');
}

function sectionOf(alike: readonly CommandHelp[]): string {
  const [{ options, optionsInOverview, more }] = alike as [CommandHelp];
  const title = alike.map(({ usage }) => `orgsweep ${usage.replace(' [options]', '')}`).join(', ');
  const after = more === undefined ? '' : `\n${more}`;
  return `${title}\n${optionsInOverview ?? options}${after}`;
}

function examplesOf(commands: readonly CommandHelp[]): string {
  const lines = commands.flatMap(({ examples }) => examples.map((one) => `  orgsweep ${one}`));
  return `${['Examples', ...lines].join('\n')}\n`;
}
