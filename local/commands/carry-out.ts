import { escapeControls } from '../../core/input/bad-input.ts';
import { type Arguments, type Given, toArguments } from '../arguments/arguments.ts';
import { tellError } from '../terminal/tell-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * Does what the command line says. Each command loads what it needs, the AWS SDK among it. Compiled,
 * this and all behind it is one file, and what answers help is another: no class is the same in both,
 * so errors are told on the side where they are thrown.
 *
 * @returns the exit code; nothing is thrown: every error is one line on stderr
 */
export async function carryOut(line: Given, given: Terminal): Promise<number> {
  try {
    const args = toArguments(line);
    const shown = 'json' in args && args.json ? showingJson(given) : given;
    return await command(args, 'quiet' in args && args.quiet ? { ...shown, quiet: true } : shown);
  } catch (error) {
    return tellError(error, given);
  }
}

async function command(args: Arguments, terminal: Terminal): Promise<number> {
  switch (args.command) {
    case 'run':
      return await (await import('./run-command.ts')).run(args, terminal);
    case 'start':
      return await (await import('./start-command.ts')).start(args, terminal);
    case 'watch':
      return await (await import('./watch-command.ts')).watch(args, terminal);
    case 'explain':
      return await (await import('./explain-command.ts')).explain(args, terminal);
    case 'measure':
      return await (await import('./measure-command.ts')).measure(args, terminal);
    case 'restore':
      return await (await import('./restore-command.ts')).restore(args, terminal);
    case 'approve':
    case 'reject':
      return await (await import('./decide-command.ts')).decide(args, terminal);
    case 'prices':
      return await (await import('./prices-command.ts')).prices(args, terminal);
    case 'findings':
      return await (await import('./runs/findings-command.ts')).findings(args, terminal);
    case 'list':
      return await (await import('./runs/list-command.ts')).list(args, terminal);
    case 'open':
      return await (await import('./runs/open-command.ts')).open(args, terminal);
    case 'simulate':
      return await (await import('./simulate-command.ts')).simulate(args, terminal);
  }
}

/** JSON holds some of what a terminal acts on as it is; a program gets it unchanged. */
function showingJson(terminal: Terminal): Terminal {
  if (!terminal.stdoutIsTerminal) return terminal;
  return { ...terminal, stdout: (text) => terminal.stdout(escapeControls(text)) };
}
