import { COMMANDS, type CommandSpec } from '../../local/cli/commands.ts';

/** Every option of every command, as `orgsweep COMMAND --help` has them. */
export function optionTables(): string {
  const ofCommands = Object.entries<CommandSpec>(COMMANDS).flatMap(([name, { options }]) => {
    const rows = options
      .filter(({ hidden }) => !hidden)
      .map(({ flags, description }) => `| \`${flags.replaceAll('|', '\\|')}\` | ${description} |`);
    return rows.length === 0
      ? []
      : [[`### \`${name}\``, ['| option | what |', '|---|---|', ...rows].join('\n')]];
  });
  return ['## Every option', ...ofCommands.flat()].join('\n\n');
}
