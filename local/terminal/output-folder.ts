import { mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';

/**
 * Refuses a folder that could not be written, before anything is started. The folder itself is not
 * made yet: a folder is made, and taken away again, in the nearest one that exists, since neither
 * permission bits nor root's rights tell of read-only file systems (and in `/proc`, Node's recursive
 * mkdir never comes back).
 *
 * @throws {InvalidInput} naming the option, the folder and why it can't be written
 */
export function refuseUnlessWritable(out: string, option = '--out'): void {
  try {
    rmdirSync(mkdtempSync(join(nearestExisting(resolve(out)), '.orgsweep-')));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InvalidInput(`${fault(option, out, 'a folder that can be written')} (${code})`);
  }
}

function nearestExisting(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined
    ? nearestExisting(dirname(path))
    : path;
}
