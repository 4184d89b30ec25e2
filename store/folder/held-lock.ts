import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { breakLock, identityOf } from './file-lock.ts';

/** A lock that a process holds for as long as it works, a file that it touches now and then. */
export interface HeldLock {
  /** @throws when another process has taken it over: this one stood still for too long */
  assertHeld(): void;
  release(): void;
}

/** Who holds a lock. */
export const LockHolder = z.strictObject({
  id: z.string(),
  pid: z.int().min(1),
  host: z.string(),
  since: z.iso.datetime(),
});
export type LockHolder = z.infer<typeof LockHolder>;

const BEAT_MILLISECONDS = 2_000;
/** Untouched for so long, its holder died, though there is a process of that number. */
const DEAD_AFTER_MILLISECONDS = 60_000;

/** Those of this very process: after a restart, another one may have its number. */
const heldHere = new Set<string>();

/**
 * Takes the lock, from a dead holder too, and holds it until it is released. Unlike `withFileLock`
 * it doesn't wait.
 *
 * @returns who holds it instead, where somebody alive does
 */
export async function takeLock(path: string): Promise<HeldLock | LockHolder> {
  for (;;) {
    const mine = create(path);
    if (mine !== undefined) return hold(path, mine);
    const seen = await identityOf(path);
    const holder = readHolder(path);
    if (holder !== undefined && isAlive(holder, path)) return holder;
    // One that is broken off in its writing has no holder: link() makes whole files only.
    if (seen !== undefined) await breakLock(path, seen.id);
  }
}

/** The new lock's id, or undefined when somebody else has one. */
function create(path: string): string | undefined {
  const id = randomUUID();
  const holder: LockHolder = {
    id,
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
  };
  const temporary = join(dirname(path), `.tmp-${id}`);
  try {
    writeFileSync(temporary, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
    linkSync(temporary, path);
    return id;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function hold(path: string, id: string): HeldLock {
  heldHere.add(id);
  const isHeld = () => readHolder(path)?.id === id;
  const beat = setInterval(() => {
    if (isHeld()) touch(path);
  }, BEAT_MILLISECONDS).unref();
  return {
    assertHeld: () => {
      if (!isHeld()) throw new Error(`The lock ${path} was taken over while it was held`);
    },
    release: () => {
      clearInterval(beat);
      heldHere.delete(id);
      if (isHeld()) rmSync(path, { force: true });
    },
  };
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Whoever works under it finds out by itself that it isn't held any more.
  }
}

/** Undefined where there is none, or nobody's. */
function readHolder(path: string): LockHolder | undefined {
  try {
    return LockHolder.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function isAlive({ id, pid, host }: LockHolder, path: string): boolean {
  if (heldHere.has(id)) return true;
  if (host === hostname() && (pid === process.pid || !isRunning(pid))) return false;
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
  return Date.now() - mtimeMs < DEAD_AFTER_MILLISECONDS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
