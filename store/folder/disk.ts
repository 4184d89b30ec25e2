import { type FileHandle, link, mkdir, open, rename, rm } from 'node:fs/promises';

/** The calls by which a folder store changes a disk: what a power cut may undo. */
export interface Disk {
  readonly link: (from: string, to: string) => Promise<void>;
  /** Makes the folders above it, too. @returns the first one that was made; undefined: none */
  readonly mkdir: (folder: string) => Promise<string | undefined>;
  readonly open: (path: string, flags: 'r' | 'wx') => Promise<OpenFile>;
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Does nothing where it isn't there. */
  readonly rm: (path: string) => Promise<void>;
}

type OpenFile = Pick<FileHandle, 'writeFile' | 'sync' | 'close'>;

export const DISK: Disk = {
  link,
  mkdir: async (folder) => mkdir(folder, { recursive: true }),
  open,
  rename,
  rm: async (path) => rm(path, { force: true }),
};

/** What file systems answer that can't sync a folder, or where it may not be read: Windows, FUSE, SMB. */
const NO_SYNC_OF_FOLDERS = new Set(
  'EACCES EBADF EINVAL EISDIR ENOSYS ENOTSUP EOPNOTSUPP EPERM'.split(' '),
);

/** Writes a new file, and returns once its content would outlive a power cut. */
export async function writeSynced(
  disk: Disk,
  path: string,
  content: Iterable<string> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await disk.open(path, 'wx');
  try {
    for await (const chunk of content) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Returns once the names in a folder would outlive a power cut: a file that is synced may still have
 * no name after one. Where a file system has no such thing, nothing can be done.
 */
export async function syncFolder(disk: Disk, folder: string): Promise<void> {
  try {
    const opened = await disk.open(folder, 'r');
    try {
      await opened.sync();
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!NO_SYNC_OF_FOLDERS.has(String((error as NodeJS.ErrnoException).code))) throw error;
  }
}
