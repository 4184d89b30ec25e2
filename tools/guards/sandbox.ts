import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Guard } from './guard.ts';
import { withoutGuard } from './mutate.ts';
import { JestReport } from './verdict.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
/** Linked or of no use there. */
const NOT_COPIED = new Set(['.git', 'node_modules', 'orgsweep-out', 'coverage', 'dist', 'cdk.out']);
/** Longer than the longest of the tests takes on a busy machine. */
const MOST_MILLISECONDS = 300_000;

/** A copy of the project in which guards are taken out; the project itself is never touched. */
export interface Sandbox {
  /** Runs `use` while the guard is out. @throws {RangeError} unless its text is there exactly once */
  without<T>(guard: Guard, use: () => Promise<T>): Promise<T>;
  /** Runs these test files. @throws when jest ends without a report, or takes too long */
  test(files: readonly string[], title?: string): Promise<JestReport>;
  remove(): void;
}

export function openSandbox(): Sandbox {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-guards-'));
  cpSync(PROJECT, folder, {
    recursive: true,
    filter: (source) => !NOT_COPIED.has(path.relative(PROJECT, source)),
  });
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(folder, 'node_modules'));
  return {
    without: async (guard, use) => {
      const file = path.join(folder, guard.file);
      const source = readFileSync(file, 'utf8');
      writeFileSync(file, withoutGuard(source, guard));
      try {
        return await use();
      } finally {
        writeFileSync(file, source);
      }
    },
    test: async (files, title) => runJest(folder, files, title),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function runJest(
  folder: string,
  files: readonly string[],
  title: string | undefined,
): Promise<JestReport> {
  const report = path.join(folder, 'jest-report.json');
  rmSync(report, { force: true });
  const argv = ['--runInBand', '--json', '--outputFile', report, '--runTestsByPath', ...files];
  const named = title === undefined ? [] : ['--testNamePattern', title];
  const jest = spawn('node_modules/.bin/jest', [...argv, ...named], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
  });
  const timer = setTimeout(() => jest.kill('SIGKILL'), MOST_MILLISECONDS);
  const code = await new Promise((resolve) => jest.once('exit', resolve)).finally(() =>
    clearTimeout(timer),
  );
  if (code === null) throw new Error(`took longer than ${MOST_MILLISECONDS / 1000} s`);
  return JestReport.parse(JSON.parse(readFileSync(report, 'utf8')));
}
