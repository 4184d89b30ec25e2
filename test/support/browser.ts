import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import packageJson from '../../package.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '../..');
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];

// Nothing of its own over the network, and no sandbox: tests run as root in containers.
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export interface BrowserProgram {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The browser that CHROMIUM_PATH names, or the one that came with `npm ci`: so tests see the same on
 * every machine, whatever is installed there. Where that one doesn't run (it is made for Linux on
 * x64), an installed one. A test that needs a browser never skips for want of one.
 */
export async function openBrowser(program = findBrowser()): Promise<Browser> {
  const { executablePath, args, env } = program;
  return chromium.launch({
    executablePath,
    args: [...FLAGS, ...args],
    env: { ...(process.env as Record<string, string>), ...env },
  });
}

/** @throws {Error} where the packaged one doesn't run and none is installed */
export function findBrowser(
  machine = `${process.platform}-${process.arch}`,
  named = process.env['CHROMIUM_PATH'],
): BrowserProgram {
  if (named === undefined && machine === 'linux-x64') return packagedBrowser();
  const executablePath = named ?? INSTALLED.find((file) => existsSync(file));
  if (executablePath !== undefined) return { executablePath, args: [], env: {} };
  throw new Error(`no browser runs here (${machine}): name a Chromium in CHROMIUM_PATH`);
}

// What it brings looks for fonts in /tmp/fonts and other fixed places, and a browser that finds no
// font at all crashes at the first <input>. Relative, for a project that is moved.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts/fonts</dir>
</fontconfig>
`;

/**
 * The browser of @sparticuz/chromium, with the libraries and fonts that it brings for machines that
 * have none, and with no others. It is made for Lambda, where it unpacks itself into the temporary
 * folder; so it is told that it is there, in a process and a folder of its own.
 */
export function packagedBrowser(cache = cacheFolder()): BrowserProgram {
  const version = packageJson.devDependencies['@sparticuz/chromium'];
  const folder = path.join(cache, `chromium-${version}-of-${userInfo().uid}`);
  if (!existsSync(folder)) {
    const unpacked = mkdtempSync(path.join(cache, 'unpacking-'));
    unpack(unpacked);
    moveOnce(unpacked, folder);
  }
  return {
    executablePath: path.join(folder, 'chromium'),
    // Its own zygote needs a sandbox helper that isn't there.
    args: ['--no-zygote'],
    env: {
      LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  };
}

function unpack(folder: string): void {
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      "await (await import('@sparticuz/chromium')).default.executablePath()",
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        TMPDIR: folder,
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      },
    },
  );
  writeFileSync(path.join(folder, 'fonts.conf'), FONTS);
}

/** Kept for the next run, where this user may write beside what `npm ci` brought. */
function cacheFolder(): string {
  const cache = path.join(root, 'node_modules/.cache/orgsweep');
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return cache;
  } catch {
    return tmpdir();
  }
}

/** Several workers may unpack at once: one of them is first, and the others take what it made. */
function moveOnce(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
    rmSync(from, { recursive: true, force: true });
  }
}
