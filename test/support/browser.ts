import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
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
 * The browser that CHROMIUM_PATH names, or one that is installed, or the one that came with
 * `npm ci`. A test that needs a browser never skips for want of one.
 */
export async function openBrowser(program = findBrowser()): Promise<Browser> {
  const { executablePath, args, env } = program;
  return chromium.launch({
    executablePath,
    args: [...FLAGS, ...args],
    env: { ...(process.env as Record<string, string>), ...env },
  });
}

function findBrowser(): BrowserProgram {
  const installed = process.env['CHROMIUM_PATH'] ?? INSTALLED.find((file) => existsSync(file));
  return installed === undefined
    ? packagedBrowser()
    : { executablePath: installed, args: [], env: {} };
}

/**
 * The browser of @sparticuz/chromium, with the libraries and fonts that it brings for machines that
 * have none. It is made for Lambda, where it unpacks itself into the temporary folder; so it is
 * told that it is there, in a process and a folder of its own.
 */
export function packagedBrowser(): BrowserProgram {
  const cache = path.join(root, 'node_modules/.cache/orgsweep');
  const folder = path.join(cache, `chromium-${packageJson.devDependencies['@sparticuz/chromium']}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unpacked = mkdtempSync(path.join(cache, 'unpacking-'));
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
          TMPDIR: unpacked,
          AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
        },
      },
    );
    moveOnce(unpacked, folder);
  }
  return {
    executablePath: path.join(folder, 'chromium'),
    // Its own zygote needs a sandbox helper that isn't there.
    args: ['--no-zygote'],
    env: {
      LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
      FONTCONFIG_PATH: path.join(folder, 'fonts'),
    },
  };
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
