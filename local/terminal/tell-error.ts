import { caughtInWords } from '../../report/words/caught-in-words.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { oneLine } from '../../report/format/layout.ts';
import type { Terminal } from './terminal.ts';

/**
 * One line on stderr for what ended a command.
 *
 * @returns the exit code
 */
export function tellError(error: unknown, { stderr }: Pick<Terminal, 'stderr'>): 1 | 2 {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const badInput = error instanceof InvalidInput;
  const isFull = /^(ENOSPC|EDQUOT)$/.test((error as { code?: string } | null)?.code ?? '');
  const what = isFull
    ? 'the disk is full; make room and repeat the command: '
    : `${oneLine(name)}: `;
  const line = badInput ? oneLine(message) : `${what}${caughtInWords(message)}`;
  stderr(`orgsweep: ${line}\n`);
  return badInput ? 2 : 1;
}
