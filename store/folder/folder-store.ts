import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Disk, DISK, writeSynced } from './disk.ts';
import { withFileLock } from './file-lock.ts';
import { joinLines, splitLines } from '../lines.ts';
import { type PutCondition, type Store, StoreConflict } from '../store.ts';
import { SyncedFolders } from './synced-folders.ts';

/**
 * A store in a local folder, shared by any number of processes. An object is written beside its
 * place under a name that begins with a dot, and renamed or linked into it; names that begin with
 * a dot are never keys, and never listed. Versions are content hashes.
 *
 * A write that has returned outlives a power cut; one that hasn't leaves the old object or the new
 * one. Working files and locks may be lost: nobody goes by them after a cut.
 */
export function makeFolderStore(root: string, disk: Disk = DISK): Store {
  const rootPath = resolve(root);
  const folders = new SyncedFolders(disk, rootPath);
  const pathOf = (key: string) => {
    assertKey(key);
    return join(rootPath, key);
  };
  const write = async (path: string, content: Content, condition?: PutCondition) => {
    const folder = dirname(path);
    await folders.make(folder);
    const temporary = join(folder, `.tmp-${randomUUID()}`);
    try {
      // Before it gets its name: a name without content is an empty file after a power cut.
      await writeSynced(disk, temporary, content);
      await moveIntoPlace(disk, { temporary, path, condition });
    } finally {
      await disk.rm(temporary);
    }
    await folders.sync(folder);
  };
  return {
    get: async (key) => {
      const body = await readIfPresent(pathOf(key));
      return body && { body: body.toString('utf8'), version: versionOf(body) };
    },
    put: async (key, body, condition) => {
      await write(pathOf(key), [body], condition);
      return versionOf(body);
    },
    lines: (key) => splitLines(createReadStream(pathOf(key))),
    writeLines: async (key, lines) => {
      await write(pathOf(key), joinLines(lines));
    },
    list: (prefix, after) => {
      assertPrefix(prefix);
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const keys = walk(rootPath, folder, prefix);
      return after === undefined ? keys : keysAfter(keys, after);
    },
    locationOf: pathOf,
  };
}

type Content = Iterable<string> | AsyncIterable<Uint8Array>;

async function* keysAfter(keys: AsyncIterable<string>, after: string): AsyncGenerator<string> {
  for await (const key of keys) if (key > after) yield key;
}

/** Keys stay inside the root, mean the same on every file system, and hide no working file. */
function assertKey(key: string): void {
  const fits = key.split('/').every((name) => name !== '' && !name.startsWith('.'));
  if (!fits || /[\\\0]/.test(key)) {
    throw new RangeError(
      `store key "${key}" – accepted: names joined by "/", none empty or beginning with "."`,
    );
  }
}

function assertPrefix(prefix: string): void {
  // What comes before the last slash is a key of its own; what comes after may be cut anywhere.
  if (prefix !== '') assertKey(`${prefix}x`);
}

function versionOf(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  return ifPresent(readFile(path));
}

/** Undefined for what isn't there; every other error is thrown. */
async function ifPresent<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

interface Move {
  readonly temporary: string;
  readonly path: string;
  readonly condition: PutCondition | undefined;
}

async function moveIntoPlace(disk: Disk, { temporary, path, condition }: Move): Promise<void> {
  if (condition !== undefined && 'absent' in condition) {
    await linkAsNew(disk, temporary, path);
    return;
  }
  // Unconditional writes take the lock too, else one could slip in between compare and rename.
  await withFileLock(path, async (assertHeld) => {
    if (condition !== undefined) {
      const current = await readIfPresent(path);
      if (current === undefined || versionOf(current) !== condition.version) {
        throw new StoreConflict(`${path} was changed by somebody else`);
      }
    }
    await assertHeld();
    await disk.rename(temporary, path);
  });
}

/** link() is the one POSIX call that creates a whole file only where there is none. */
async function linkAsNew(disk: Disk, temporary: string, path: string): Promise<void> {
  try {
    await disk.link(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new StoreConflict(`${path} is already there`);
    throw error;
  }
}

async function* walk(root: string, folder: string, prefix: string): AsyncGenerator<string> {
  const entries = (await ifPresent(readdir(join(root, folder), { withFileTypes: true }))) ?? [];
  const names = entries
    .filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
    // A folder sorts with its slash, as its keys do: "a.json" comes before "a/b.json".
    .map((entry) => folder + entry.name + (entry.isDirectory() ? '/' : ''))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    if (!name.endsWith('/')) {
      if (name.startsWith(prefix)) yield name;
    } else if (name.startsWith(prefix) || prefix.startsWith(name)) {
      yield* walk(root, name, prefix);
    }
  }
}
