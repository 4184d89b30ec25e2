import { dirname, sep } from 'node:path';
import { type Disk, syncFolder } from './disk.ts';

/**
 * The folders of one store, made so that they outlive a power cut: a folder's name is in its parent,
 * which has to be synced for it, and so on up. Each is synced once; one that is found there may be
 * another process's, which has made it and not synced it yet.
 */
export class SyncedFolders {
  readonly #disk: Disk;
  readonly #root: string;
  /** Whose own names are on the disk, or about to be. */
  readonly #settled = new Map<string, Promise<void>>();

  /** @param root absolute, without a slash at its end */
  constructor(disk: Disk, root: string) {
    this.#disk = disk;
    this.#root = root;
  }

  /** Makes a folder in or below the root, with all above it. */
  async make(folder: string): Promise<void> {
    const first = await this.#disk.mkdir(folder);
    if (first !== undefined) this.#forget(first);
    const isAboveRoot = first !== undefined && first.length < this.#root.length;
    await this.#settle(folder, isAboveRoot ? first : this.#root);
  }

  /** Syncs the names in a folder. */
  async sync(folder: string): Promise<void> {
    await syncFolder(this.#disk, folder);
  }

  /** Somebody has taken it away meanwhile: what is there now is new. */
  #forget(made: string): void {
    for (const folder of this.#settled.keys())
      if (folder === made || folder.startsWith(made + sep)) this.#settled.delete(folder);
  }

  async #settle(folder: string, top: string): Promise<void> {
    const known = this.#settled.get(folder);
    if (known !== undefined) return known;
    const settling = this.#syncUpTo(folder, top).catch((error: unknown) => {
      this.#settled.delete(folder);
      throw error;
    });
    this.#settled.set(folder, settling);
    return settling;
  }

  async #syncUpTo(folder: string, top: string): Promise<void> {
    const parent = dirname(folder);
    if (folder !== top && parent !== folder) await this.#settle(parent, top);
    await this.sync(parent);
  }
}
