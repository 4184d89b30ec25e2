import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Guard } from './guard.ts';
import { withoutGuard } from './mutate.ts';
import { openSourceTree } from './source-tree.ts';
import { openTestFiles } from './test-files.ts';
import { JestReport } from './verdict.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
/** Linked or of no use there. */
const NOT_COPIED = new Set(['.git', 'node_modules', 'orgsweep-out', 'coverage', 'dist', 'cdk.out']);
/** Longer than the longest of the tests takes on a busy machine. */
const MOST_MILLISECONDS_A_FILE = 300_000;
const UNTIL_NOTICED = path.join(import.meta.dirname, 'until-noticed.ts');

interface Asked {
  /** Only the tests whose names match; undefined: all. */
  readonly title: string | undefined;
  readonly workers: number;
  /** Whether each file ends with the first test that notices something. */
  readonly untilNoticed: boolean;
}

/** A copy of the project in which guards are taken out; the project itself is never touched. */
export interface Sandbox {
  /** Runs `use` while the guard is out. @throws {RangeError} unless its code is there exactly once */
  without<T>(guard: Guard, use: (file: string) => Promise<T>): Promise<T>;
  /** Runs the test files of guards. @throws when jest ends without a report, or takes too long */
  test(guards: readonly Guard[], asked: Asked): Promise<JestReport>;
  remove(): void;
}

export function openSandbox(): Sandbox {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-guards-'));
  cpSync(PROJECT, folder, {
    recursive: true,
    filter: (source) => !NOT_COPIED.has(path.relative(PROJECT, source)),
  });
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(folder, 'node_modules'));
  const tree = openSourceTree(folder);
  const filesOf = openTestFiles(folder);
  return {
    without: async (guard, use) => {
      const mutation = withoutGuard(tree, guard);
      const file = path.join(folder, mutation.path);
      writeFileSync(file, mutation.without);
      try {
        return await use(mutation.path);
      } finally {
        writeFileSync(file, mutation.source);
      }
    },
    test: async (guards, asked) =>
      runJest(folder, [...new Set(guards.flatMap(filesOf))].toSorted(), asked),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function runJest(
  folder: string,
  files: readonly string[],
  { title, workers, untilNoticed }: Asked,
): Promise<JestReport> {
  const report = path.join(folder, 'jest-report.json');
  rmSync(report, { force: true });
  const argv = ['--json', '--outputFile', report, '--maxWorkers', String(workers)];
  if (title !== undefined) argv.push('--testNamePattern', title);
  if (untilNoticed) argv.push('--testEnvironment', UNTIL_NOTICED);
  const jest = spawn('node_modules/.bin/jest', [...argv, '--runTestsByPath', ...files], {
    cwd: folder,
    stdio: 'ignore',
  });
  const most = files.length * MOST_MILLISECONDS_A_FILE;
  const timer = setTimeout(() => jest.kill('SIGKILL'), most);
  const code = await new Promise((resolve) => jest.once('exit', resolve)).finally(() =>
    clearTimeout(timer),
  );
  if (code === null) throw new Error(`took longer than ${most / 1000} s`);
  return JestReport.parse(JSON.parse(readFileSync(report, 'utf8')));
}
