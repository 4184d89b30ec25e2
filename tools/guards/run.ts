// `npm run guards`: takes each guard out of a copy of the project and runs the tests that should
// notice. Exits with 1 when one doesn't, or when a guard's code is no longer there.
//   --only NAME   this guard; may be given more than once
//   --workers N   how many are tried at once, each in a copy of its own; 2 unless told
//   --json        the results as JSON on stdout
//   --write       the table into docs/safety.md, when every guard is seen to matter
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Guard } from './guard.ts';
import { withTable } from './safety-page.ts';
import { GUARDS } from './table.ts';
import { type Tried, tryGuards } from './try-guards.ts';
import type { Result } from './verdict.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    workers: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

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
  const workers = z.coerce.number().int().min(1).parse(values.workers);
  let count = 0;
  const tried = await tryGuards(guards, workers, ({ guard, result, seconds }) => {
    count += 1;
    const took = `${seconds.toFixed(1)} s`;
    process.stderr.write(`${count}/${guards.length} ${result} ${guard.name} (${took})\n`);
  });
  process.stdout.write(values.json ? toJson(tried) : toText(tried));
  const proved = tried.every(({ result }) => result === 'RED');
  if (values.write && proved && guards === GUARDS) writePage();
  return proved ? 0 : 1;
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
  const guards = tried.map(({ guard: { name, promise, in: place }, ...rest }) => {
    return { name, promise, in: place, ...rest };
  });
  return `${JSON.stringify({ schemaVersion: 1, guards }, null, 2)}\n`;
}

function writePage(): void {
  const page = path.resolve(import.meta.dirname, '../../docs/safety.md');
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), GUARDS));
}
