import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';

/**
 * Who this process is; null where the system has no such numbers, as Windows.
 *
 * @internal As `whoElseWrites`.
 */
export interface Caller {
  readonly uid: number;
  readonly gid: number;
}

interface Entry {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  readonly isSymbolicLink: () => boolean;
}

/** The parts of a file system that are looked at. @internal As `whoElseWrites`. */
export interface Owners {
  readonly entry: (file: string) => Entry | undefined;
  readonly real: (file: string) => string;
  readonly list: (folder: string) => readonly string[];
}

const ROOT = 0;
const [GROUP_WRITES, OTHERS_WRITE, STICKY] = [0o020, 0o002, 0o1000];

/**
 * Refuses to delete by what is in a folder that somebody else can write: a history there makes grace
 * look over, and a plan or a decision there may be forged. Local files have no seal.
 *
 * @throws {InvalidInput} naming the path, who can write it, and what is accepted
 */
export function refuseOthersFolder(out: string): void {
  const who = whoElseWrites(out);
  if (who === undefined) return;
  throw new InvalidInput(
    `--out: ${quote(out)} (${who}) – accepted for deletion: a folder that only you can write, and its parents too`,
  );
}

/** @param so what follows where somebody else can write in the folder */
export function bewareOfOthers(out: string, so: string, stderr: (text: string) => void): void {
  const who = whoElseWrites(out);
  if (who !== undefined) stderr(`orgsweep: beware: ${who}: ${so} (--out)\n`);
}

/**
 * The first path by which somebody else than the caller and root decides what is in the folder.
 *
 * @internal Tested with a file system that is made up.
 */
export function whoElseWrites(
  out: string,
  caller: Caller | null = callerHere(),
  owners = OWNERS,
): string | undefined {
  if (caller === null) return undefined;
  const given = path.resolve(out);
  const links = chainOf(given).filter((one) => owners.entry(one)?.isSymbolicLink());
  const folder = owners.real(given);
  const above = chainOf(path.dirname(folder));
  const inside = [
    folder,
    ...[folder, path.join(folder, 'executions')].flatMap((one) => childrenOf(one, owners)),
    ...allBelow(path.join(folder, 'history'), owners),
  ];
  for (const one of [...links, ...above, ...inside]) {
    const is = owners.entry(one);
    if (is !== undefined && is.uid !== caller.uid && is.uid !== ROOT)
      return `${quote(one)} belongs to uid ${is.uid}`;
  }
  // In a folder with the sticky bit nobody replaces what belongs to somebody else.
  const open = above.find((one) => isOpen(owners.entry(one), caller, STICKY));
  const written = open ?? inside.find((one) => isOpen(owners.entry(one), caller, 0));
  return written === undefined ? undefined : `others can write ${quote(written)}`;
}

/** The caller's primary group is mostly his alone, and then new folders are writable to it. */
function isOpen(entry: Entry | undefined, { gid }: Caller, unless: number): boolean {
  if (entry === undefined || entry.isSymbolicLink() || (entry.mode & unless) !== 0) return false;
  const byGroup = (entry.mode & GROUP_WRITES) !== 0 && entry.gid !== gid && entry.gid !== ROOT;
  return byGroup || (entry.mode & OTHERS_WRITE) !== 0;
}

/** The path and all above it, the root first. */
function chainOf(file: string): string[] {
  const parent = path.dirname(file);
  return parent === file ? [file] : [...chainOf(parent), file];
}

function childrenOf(folder: string, { list }: Owners): string[] {
  return list(folder).map((name) => path.join(folder, name));
}

function allBelow(folder: string, owners: Owners): string[] {
  return childrenOf(folder, owners).flatMap((one) => [one, ...allBelow(one, owners)]);
}

function callerHere(): Caller | null {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  return uid === undefined || gid === undefined ? null : { uid, gid };
}

const OWNERS: Owners = {
  entry: (file) => lstatSync(file, { throwIfNoEntry: false }),
  real: (file) => realOf(file),
  list: (folder) => {
    try {
      return readdirSync(folder);
    } catch {
      // Not there, or a file.
      return [];
    }
  },
};

/** Of what isn't there yet: where it will be. */
function realOf(file: string): string {
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) return realpathSync(file);
  return path.join(realOf(path.dirname(file)), path.basename(file));
}
