import path from 'node:path';
import { type Disk, DISK } from '../../../store/folder/disk.ts';

/** What reached the operating system, in its order; `mark` is what a test notes in between. */
type Act =
  | { readonly act: 'CREATE' | 'MKDIR' | 'RM' | 'SYNC'; readonly path: string }
  | { readonly act: 'WRITE'; readonly path: string; readonly content: string }
  | { readonly act: 'LINK' | 'RENAME'; readonly path: string; readonly to: string }
  | { readonly act: 'MARK'; readonly mark: string };

/** What a power cut leaves of a change that was not synced. */
export interface Survival {
  /** Whether a change of the names in a folder does, the n-th of all. */
  readonly name: (n: number) => boolean;
  /** Whether the content of a file does; where its name alone does, the file is empty. */
  readonly content: (n: number) => boolean;
}

/** The least that a disk may keep. */
export const NOTHING_UNSYNCED: Survival = { name: () => false, content: () => false };
/** What file systems do that write down names at once and contents half a minute later. */
export const ONLY_NAMES: Survival = { name: () => true, content: () => false };

/** The real disk, noting what is done to it below `root`. */
export class NotedDisk {
  readonly #root: string;
  readonly acts: Act[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  mark(mark: string): void {
    this.acts.push({ act: 'MARK', mark });
  }

  readonly disk: Disk = {
    link: async (from, to) => {
      await DISK.link(from, to);
      this.acts.push({ act: 'LINK', path: from, to });
    },
    mkdir: async (folder) => {
      const first = await DISK.mkdir(folder);
      // Also what another call has just made, whose own note may come later.
      const there: string[] = [];
      for (let at = folder; at.length > this.#root.length; at = path.dirname(at)) there.unshift(at);
      this.acts.push(...there.map((one) => ({ act: 'MKDIR' as const, path: one })));
      return first;
    },
    open: async (name, flags) => {
      const file = await DISK.open(name, flags);
      if (flags === 'wx') this.acts.push({ act: 'CREATE', path: name });
      return {
        writeFile: async (content: string | Uint8Array) => {
          await file.writeFile(content);
          const text = Buffer.from(content as Uint8Array).toString();
          this.acts.push({ act: 'WRITE', path: name, content: text });
        },
        sync: async () => {
          // What comes while it is under way may not be in it.
          this.acts.push({ act: 'SYNC', path: name });
          await file.sync();
        },
        close: async () => file.close(),
      };
    },
    rename: async (from, to) => {
      await DISK.rename(from, to);
      this.acts.push({ act: 'RENAME', path: from, to });
    },
    rm: async (name) => {
      await DISK.rm(name);
      this.acts.push({ act: 'RM', path: name });
    },
  };

  /** The files below the root, by key, after a power cut when so many acts had happened. */
  after(count: number, survival: Survival): Map<string, string> {
    const model = new DiskModel();
    for (const act of this.acts.slice(0, count)) model.take(act);
    return model.filesAfterCut(this.#root, survival);
  }
}

interface File {
  written: string;
  synced: string;
}
type Names = Map<string, File | 'FOLDER'>;
interface Folder {
  now: Names;
  synced: Names;
}

/** A disk that keeps for sure what was synced: of a file its content, of a folder its names. */
class DiskModel {
  readonly #folders = new Map<string, Folder>();

  take(act: Act): void {
    if (act.act === 'MARK') return;
    const name = path.basename(act.path);
    const { now } = this.#folder(path.dirname(act.path));
    const file = now.get(name);
    switch (act.act) {
      case 'MKDIR':
        if (!now.has(name)) now.set(name, 'FOLDER');
        return;
      case 'CREATE':
        now.set(name, { written: '', synced: '' });
        return;
      case 'WRITE':
        if (typeof file === 'object') file.written += act.content;
        return;
      case 'SYNC':
        if (typeof file === 'object') file.synced = file.written;
        else this.#syncFolder(act.path);
        return;
      case 'RM':
        if (file === 'FOLDER') this.#folders.delete(act.path);
        now.delete(name);
        return;
      case 'LINK':
      case 'RENAME':
        if (file === undefined) throw new Error(`${act.path} is not there`);
        this.#folder(path.dirname(act.to)).now.set(path.basename(act.to), file);
        if (act.act === 'RENAME') now.delete(name);
    }
  }

  filesAfterCut(root: string, survival: Survival): Map<string, string> {
    let changes = 0;
    let contents = 0;
    const files = new Map<string, string>();
    const look = (folder: string, key: string): void => {
      const { now, synced } = this.#folder(folder);
      for (const name of new Set([...synced.keys(), ...now.keys()])) {
        const isChanged = now.get(name) !== synced.get(name);
        const left = isChanged && survival.name((changes += 1)) ? now.get(name) : synced.get(name);
        if (left === 'FOLDER') look(path.join(folder, name), `${key}${name}/`);
        else if (left !== undefined) {
          const isWhole = left.written !== left.synced && survival.content((contents += 1));
          files.set(`${key}${name}`, isWhole ? left.written : left.synced);
        }
      }
    };
    // What the test's own folder is in was there before.
    look(root, '');
    return files;
  }

  #syncFolder(folder: string): void {
    const { now } = this.#folder(folder);
    this.#folders.set(folder, { now, synced: new Map(now) });
  }

  #folder(folder: string): Folder {
    const known = this.#folders.get(folder) ?? { now: new Map(), synced: new Map() };
    this.#folders.set(folder, known);
    return known;
  }
}
