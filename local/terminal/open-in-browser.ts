import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where a program is started, and what it is told. */
interface Here {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Opener {
  readonly program: string;
  readonly args: readonly string[];
}

/** An opener that can't open says so soon; one that opens hands on and ends, or stays. */
const ENDS_WITHIN_MS = 3_000;

/**
 * Opens a file in the browser. The file is one argument of a program that is started by its whole path
 * and without a shell, and begins with the root of the file system. What that program does with a name
 * is its own affair: wslview is a script that hands it on to PowerShell.
 *
 * @param file its absolute path
 * @returns whether a program took it; false: there is none here, or it could not
 */
export async function openInBrowser(
  file: string,
  here: Here = { platform: process.platform, env: process.env },
): Promise<boolean> {
  const opener = openerOf(file, here);
  if (opener === undefined) return false;
  return new Promise((resolve) => {
    const child = spawn(opener.program, [...opener.args], {
      stdio: 'ignore',
      detached: true,
      shell: false,
      env: { ...here.env },
    });
    const taken = setTimeout(() => resolve(true), ENDS_WITHIN_MS);
    const end = (isTaken: boolean) => {
      clearTimeout(taken);
      resolve(isTaken);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
    child.unref();
  });
}

/** By the platform's own program; undefined: nobody would see a page here. */
function openerOf(file: string, { platform, env }: Here): Opener | undefined {
  if (platform === 'darwin') return { program: '/usr/bin/open', args: [file] };
  // Not `start`, which is a word of cmd.exe: that takes & and % in a name for its own.
  if (platform === 'win32')
    return { program: ofWindows('rundll32.exe', env), args: ['url.dll,FileProtocolHandler', file] };
  const isSeen = Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  return ['wslview', ...(isSeen ? ['xdg-open'] : [])]
    .map((name) => onPath(name, env['PATH']))
    .filter((program) => program !== undefined)
    .map((program) => ({ program, args: [file] }))[0];
}

/** By its bare name, one in the current folder would be started in its place. */
function ofWindows(program: string, { SystemRoot: root = '' }: Here['env']): string {
  const windows = path.win32.isAbsolute(root) ? root : 'C:\\Windows';
  return path.win32.join(windows, 'System32', program);
}

function onPath(name: string, PATH = ''): string | undefined {
  return PATH.split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find((program) => existsSync(program));
}
