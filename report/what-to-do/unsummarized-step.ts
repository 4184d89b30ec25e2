import { hubOption } from '../../core/input/hub-name.ts';
import { commandLine } from '../commands/commands.ts';

/**
 * What comes before the name of an execution that could not be summed up.
 *
 * @param parameter the SSM parameter of the hub
 */
export function whatToDo(parameter: string): string {
  const command = commandLine(['start', hubOption(parameter), '--resume']);
  return `Resume it where it failed: ${command}`;
}
