import { type Arguments, type Given, toArguments } from '../arguments/arguments.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';

/** @throws {InvalidInput} with one line that names the argument, its value and what is accepted */
export function parseArguments(argv: readonly string[]): Arguments | Exclude<CommandLine, Given> {
  const line = readCommandLine(argv);
  return 'options' in line ? toArguments(line) : line;
}
