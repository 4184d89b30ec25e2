import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type HeldLock, takeLock } from '../../store/folder/held-lock.ts';
import { makeFolderStore } from '../../store/folder/folder-store.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { minute } from '../../report/format/moment.ts';
import { refuseUnlessWritable } from '../terminal/output-folder.ts';
import { KEPT_FILE, type KeptHeader, type KeptState, readKept } from './kept-file.ts';

/** A folder that this process alone works in, until its lock is released. */
export interface KeptFolder {
  readonly path: string;
  readonly file: string;
  readonly lock: HeldLock;
  /** Undefined: nothing was begun here yet. */
  readonly state: KeptState | undefined;
  /** Takes away what `begin` made, where nothing else came to be there. */
  undo(): void;
}

/** Whether an organization is kept there. */
export function isKept(folder: string): boolean {
  return existsSync(join(folder, KEPT_FILE));
}

/**
 * Takes the folder for this process. Nothing in it is changed yet, but for its lock.
 *
 * @param mayBegin whether it may be an empty one, or one that isn't there
 * @throws {InvalidInput} where it isn't ours, can't be read, or another process works in it
 */
export async function takeFolder(given: string, mayBegin: boolean): Promise<KeptFolder> {
  const path = resolve(given);
  const file = join(path, KEPT_FILE);
  const others = namesIn(given);
  if (!isKept(path) && (!mayBegin || (others ?? []).length > 0)) {
    const empty = mayBegin ? 'an empty folder, one that is not there yet, or ' : '';
    throw refusal(
      given,
      `${empty}one in which orgsweep run --simulated --keep began (it has an ${KEPT_FILE})`,
    );
  }
  // Before its lock: what can't be read is left as it is.
  if (isKept(path)) readState(given, file);
  refuseUnlessWritable(given, '--keep');
  if (others === undefined) mkdirSync(path, { recursive: true });
  const lock = await lockOf(given, path);
  try {
    const undo = () => {
      rmSync(file, { force: true });
      if (others === undefined && namesIn(path)?.length === 0) removeIfEmpty(path, lock);
    };
    return { path, file, lock, state: isKept(path) ? readState(given, file) : undefined, undo };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Writes the first line; the rest is appended. */
export async function beginFile(path: string, header: KeptHeader): Promise<void> {
  await makeFolderStore(path).put(KEPT_FILE, `${JSON.stringify(header)}\n`, { absent: true });
}

/** @throws {InvalidInput} naming what of it can't be read */
export function readState(given: string, file: string): KeptState {
  const state = readKept(textOf(given, file));
  if (!('problem' in state)) return state;
  if (state.problem === 'OTHER_VERSION') throw otherVersion(given, state.why);
  throw refusal(
    given,
    `one whose ${KEPT_FILE} is whole; ${state.why} of it is not as orgsweep writes it`,
  );
}

export function otherVersion(given: string, version: string): InvalidInput {
  return refusal(
    given,
    `an organization that this version of orgsweep would make up the same way; version ${version} began this one. Begin another one in a new folder`,
  );
}

export function refusal(given: string, accepted: string): InvalidInput {
  return new InvalidInput(fault('--keep', given, accepted));
}

function textOf(given: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw refusal(given, `a folder whose ${KEPT_FILE} can be read (${codeOf(error)})`);
  }
}

/** What is there besides working files that a kill left; undefined: no such folder. */
function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder).filter((name) => !/^\.(tmp|lock)-/.test(name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refusal(folder, `a folder that can be read (${codeOf(error)})`);
  }
}

async function lockOf(given: string, path: string): Promise<HeldLock> {
  const taken = await takeLock(join(path, `.lock-${KEPT_FILE}`));
  if ('release' in taken) return taken;
  const { pid, since } = taken;
  throw refusal(
    given,
    `a folder that no other orgsweep works in; process ${pid} does since ${minute(since)}. Wait until it ends`,
  );
}

function removeIfEmpty(path: string, lock: HeldLock): void {
  lock.release();
  try {
    rmdirSync(path);
  } catch {
    // Somebody else has put something there.
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
