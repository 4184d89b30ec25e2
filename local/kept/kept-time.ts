import { resolve, join } from 'node:path';
import { clockToFollow } from '../aws-access/followed-clock.ts';
import { isKept, readState, refusal } from './kept-folder.ts';
import { KEPT_FILE } from './kept-file.ts';

/** What of a command's arguments says whose files it reads. */
interface Reading {
  readonly keep?: string | undefined;
  readonly out: string;
  readonly hub?: string | undefined;
}

/**
 * What time it is for a command that only reads and writes files: that of the organization they are
 * about. A run that works in the folder meanwhile isn't disturbed.
 *
 * @throws {InvalidInput} where `--keep` names no kept organization
 */
export async function timeOf({ keep, out, hub }: Reading): Promise<Date> {
  if (keep !== undefined && !isKept(resolve(keep)))
    throw refusal(keep, 'a folder in which orgsweep run --simulated --keep began an organization');
  const folder = keep ?? out;
  if (hub === undefined && isKept(resolve(folder)))
    return readState(folder, join(resolve(folder), KEPT_FILE)).reached;
  return (await clockToFollow()).now();
}
