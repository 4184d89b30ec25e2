import { z } from 'zod';
import { Timestamp } from '../../../core/model/ids.ts';
import {
  type KnownRun,
  renderRuns,
  RunInBrief,
  runForPrograms,
} from '../../../report/terminal/runs-text.ts';
import { keysOf } from '../../../store/keys.ts';
import { readAhead } from '../../../store/read-ahead.ts';
import type { Store } from '../../../store/store.ts';
import { parseJson } from '../../../store/stored-json.ts';
import type { ListArguments } from '../../arguments/runs/runs-arguments.ts';
import { DEFAULT_LISTED } from '../../arguments/defaults.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findRuns, isThere, newestFirst } from './known-runs.ts';

/**
 * `orgsweep list`: the runs in a folder, or of a hub, the newest first.
 *
 * @returns the exit code
 * @throws {InvalidInput} where there is no such folder or hub
 */
export async function list(args: ListArguments, terminal: Terminal): Promise<number> {
  const found = await findRuns(args, terminal);
  const { store, executionIds, place } = found;
  const all = await newestFirst(found);
  const runs: KnownRun[] = [];
  const wanted = all.slice(0, args.limit ?? (args.json ? undefined : DEFAULT_LISTED));
  for await (const run of readAhead(wanted, async (id) => readRun(store, id))) runs.push(run);
  if (args.json) {
    const listed = { schemaVersion: 1, inAll: executionIds.length, runs: runs.map(runForPrograms) };
    terminal.stdout(`${JSON.stringify(listed, null, 2)}\n`);
  } else if (runs.length === 0) {
    terminal.stderr(`There are no runs in ${place}.${found.elsewhere}\n`);
  } else {
    const width = terminal.stdoutIsTerminal ? terminal.columns() : undefined;
    terminal.stdout(renderRuns(runs, executionIds.length, width));
  }
  return 0;
}

const Asked = z.looseObject({ expiresAt: Timestamp });

/** Whether an answer would still be in time: a run that was broken off asks for ever. */
async function isAsking(store: Store, question: string): Promise<boolean> {
  const stored = await store.get(question);
  const { data } = Asked.safeParse(stored && parseJson(stored.body));
  return data !== undefined && Date.parse(data.expiresAt) > Date.now();
}

async function readRun(store: Store, executionId: string): Promise<KnownRun> {
  const keys = keysOf(executionId);
  const summary = await store.get(keys.summary);
  const brief = (summary && RunInBrief.safeParse(parseJson(summary.body)).data) ?? null;
  const isWaiting =
    summary === undefined &&
    (await isAsking(store, keys.question)) &&
    !(await isThere(store, keys.approval));
  return { executionId, brief, isWaiting, isUnreadable: summary !== undefined && brief === null };
}
