import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvalidInput } from '../../../core/model/errors.ts';
import { keysOf } from '../../../store/keys.ts';
import type { OpenArguments } from '../../arguments/runs/runs-arguments.ts';
import { openInBrowser } from '../../terminal/open-in-browser.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findRuns, isThere, type KnownRuns, runMeant } from './known-runs.ts';

/**
 * `orgsweep open`: opens the page of a run in the browser, and says where it is.
 *
 * @returns the exit code
 * @throws {InvalidInput} where there is no such run, or it has no page
 */
export async function open(args: OpenArguments, terminal: Terminal): Promise<number> {
  const runs = await findRuns(args, terminal);
  const keyOf = (executionId: string) => keysOf(executionId).report;
  const executionId = await runMeant(runs, args.executionId, keyOf);
  const key = keyOf(executionId);
  if (!(await isThere(runs.store, key))) throw noPage(executionId);
  const location = runs.store.locationOf(key);
  if (args.print) {
    terminal.stdout(`${args.hub === undefined ? resolve(location) : location}\n`);
    return 0;
  }
  const file = args.hub === undefined ? resolve(location) : await copyOf(runs, executionId, key);
  const isOpened = await openInBrowser(file);
  if (!isOpened) terminal.stderr('No browser could be started here. The page is this file:\n');
  terminal.stdout(`${file}\n`);
  return 0;
}

/** A browser can't read a bucket. Nobody else can read the folder. */
async function copyOf({ store }: KnownRuns, executionId: string, key: string): Promise<string> {
  const page = await store.get(key);
  if (page === undefined) throw noPage(executionId);
  const file = join(mkdtempSync(join(tmpdir(), 'orgsweep-')), `${executionId}.html`);
  writeFileSync(file, page.body, { mode: 0o600 });
  return file;
}

function noPage(executionId: string): InvalidInput {
  return new InvalidInput(
    `${executionId} has no page: it has not ended, or its summary.txt says why there is none.`,
  );
}
