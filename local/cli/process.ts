import { main } from './cli.ts';
import { openProcessTerminal } from '../terminal/terminal.ts';

/**
 * orgsweep as a process.
 *
 * @returns the code to exit with, once all is written
 */
export async function runProcess(argv: readonly string[]): Promise<number> {
  const terminal = openProcessTerminal(argv);
  return terminal.settle(await main(argv, terminal));
}
