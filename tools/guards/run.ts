// `npm run guards`: takes each guard out of a copy of the project and runs the tests that should
// notice. Exits with 1 when one doesn't, or when a guard's text is no longer there.
//   --only NAME   this guard; may be given more than once
//   --json        the results as JSON on stdout
//   --write       the table into docs/safety.md, when every guard is seen to matter
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Guard } from './guard.ts';
import { withTable } from './safety-page.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { GUARDS } from './table.ts';
import { type Result, type Verdict, verdictOf } from './verdict.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

interface Tried extends Verdict {
  readonly guard: Guard;
  readonly seconds: number;
}

process.exitCode = await main(chosen(values.only ?? []));

function chosen(only: readonly string[]): readonly Guard[] {
  const unknown = only.filter((name) => !GUARDS.some((guard) => guard.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`--only: no guard is named ${unknown.join(', ')}\n`);
    process.exit(2);
  }
  return only.length === 0 ? GUARDS : GUARDS.filter(({ name }) => only.includes(name));
}

async function main(guards: readonly Guard[]): Promise<number> {
  const sandbox = openSandbox();
  try {
    if (!(await passesAsItIs(sandbox, guards))) return 1;
    const tried: Tried[] = [];
    for (const [index, guard] of guards.entries()) {
      const one = await tryWithout(sandbox, guard);
      process.stderr.write(
        `${index + 1}/${guards.length} ${one.result} ${guard.name} (${one.seconds.toFixed(1)} s)\n`,
      );
      tried.push(one);
    }
    process.stdout.write(values.json ? toJson(tried) : toText(tried));
    const proved = tried.every(({ result }) => result === 'RED');
    if (values.write && proved && guards === GUARDS) writePage();
    return proved ? 0 : 1;
  } finally {
    sandbox.remove();
  }
}

/** A test that is red with all guards in place says nothing about any of them. */
async function passesAsItIs(sandbox: Sandbox, guards: readonly Guard[]): Promise<boolean> {
  const files = [...new Set(guards.flatMap(({ tests }) => tests))].toSorted();
  for (const [index, file] of files.entries()) {
    const titles = guards.filter(({ tests }) => tests.includes(file)).map(({ title }) => title);
    const title = titles.includes(undefined) ? undefined : titles.join('|');
    process.stderr.write(`with every guard: ${index + 1}/${files.length} ${file}\n`);
    let { result, because } = verdictOf(await sandbox.test([file], title));
    // On a busy machine a test of simulated time may fail: once more, before that is believed.
    if (result !== 'GREEN') ({ result, because } = verdictOf(await sandbox.test([file], title)));
    if (result === 'GREEN') continue;
    process.stderr.write(`not green to begin with: ${because.join('\n')}\n`);
    return false;
  }
  return true;
}

async function tryWithout(sandbox: Sandbox, guard: Guard): Promise<Tried> {
  const start = performance.now();
  const verdict = await sandbox
    .without(guard, async () => verdictOf(await sandbox.test(guard.tests, guard.title)))
    .catch((error: unknown): Verdict => {
      return {
        result: 'BROKEN',
        because: [error instanceof Error ? error.message : String(error)],
      };
    });
  return { guard, ...verdict, seconds: (performance.now() - start) / 1000 };
}

function toText(tried: readonly Tried[]): string {
  const width = Math.max(...tried.map(({ guard }) => guard.name.length));
  const lines = tried.map(({ guard, result, because }) => {
    const more = because.length > 1 ? ` (and ${because.length - 1} more)` : '';
    return `${result.padEnd(6)}  ${guard.name.padEnd(width)}  ${because[0] ?? 'no test noticed'}${more}`;
  });
  const count = (wanted: Result) => tried.filter(({ result }) => result === wanted).length;
  return `${lines.join('\n')}\n\n${tried.length} guards: ${count('RED')} RED, ${count('GREEN')} GREEN, ${count('BROKEN')} BROKEN\n`;
}

function toJson(tried: readonly Tried[]): string {
  const guards = tried.map(({ guard, result, because, seconds }) => {
    return { name: guard.name, promise: guard.promise, file: guard.file, result, because, seconds };
  });
  return `${JSON.stringify({ schemaVersion: 1, guards }, null, 2)}\n`;
}

function writePage(): void {
  const page = path.resolve(import.meta.dirname, '../../docs/safety.md');
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), GUARDS));
}
