import { randomUUID } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock is held for the time of a rename; this old, its holder died. */
const STALE_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 5;

/**
 * Runs `work` while no other process runs any under the same path's lock, a file beside it. Waits
 * for a live holder; breaks the lock of a dead one. `assertHeld` throws when this lock was broken
 * meanwhile (a suspended machine, say): to be called right before the change.
 */
export async function withFileLock<T>(
  path: string,
  work: (assertHeld: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const lock = join(dirname(path), `.lock-${basename(path)}`);
  const mine = await take(lock);
  const isHeld = async () => (await identityOf(lock))?.id === mine;
  try {
    return await work(async () => {
      if (!(await isHeld())) throw new Error(`The lock ${lock} was broken while it was held`);
    });
  } finally {
    if (await isHeld()) await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<string> {
  let watched = { id: '', since: 0 };
  for (;;) {
    const mine = await create(lock);
    if (mine !== undefined) return mine;
    const holder = await identityOf(lock);
    const now = performance.now();
    if (holder !== undefined && holder.id !== watched.id) watched = { id: holder.id, since: now };
    // Its own time says nothing where a clock was wrong: then it is as old as it was watched.
    const isStale = (one: { createdAt: number }) =>
      Date.now() - one.createdAt > STALE_MILLISECONDS || now - watched.since > STALE_MILLISECONDS;
    if (holder !== undefined && isStale(holder)) await breakLock(lock, holder.id);
    else await sleep(POLL_MILLISECONDS);
  }
}

/** The new lock's identity, or undefined when somebody else has one. */
async function create(lock: string): Promise<string | undefined> {
  try {
    const file = await open(lock, 'wx');
    try {
      return identify(await file.stat({ bigint: true }));
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}

/**
 * Two may find the same lock stale, and the slower one must not break the new lock of the faster:
 * the file is moved aside first, and put back if it isn't the stale one.
 */
export async function breakLock(lock: string, staleId: string): Promise<void> {
  const aside = join(dirname(lock), `.tmp-${randomUUID()}`);
  try {
    await rename(lock, aside);
    if ((await identityOf(aside))?.id !== staleId) await link(aside, lock);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

export async function identityOf(path: string) {
  try {
    const found = await stat(path, { bigint: true });
    return { id: identify(found), createdAt: Number(found.mtimeMs) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The inode alone isn't enough: file systems use the number of a removed file again. */
function identify({ ino, mtimeNs }: { ino: bigint; mtimeNs: bigint }): string {
  return `${ino}:${mtimeNs}`;
}
