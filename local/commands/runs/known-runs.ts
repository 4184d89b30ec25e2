import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InvalidInput } from '../../../core/model/errors.ts';
import { ExecutionId, Timestamp } from '../../../core/model/ids.ts';
import { compare } from '../../../core/model/order.ts';
import { makeFolderStore } from '../../../store/folder/folder-store.ts';
import { keysOf } from '../../../store/keys.ts';
import { readAhead } from '../../../store/read-ahead.ts';
import type { Store } from '../../../store/store.ts';
import { parseJson } from '../../../store/stored-json.ts';
import type { PlaceArguments } from '../../arguments/runs/runs-arguments.ts';
import { connectToHub } from '../../connection/hub-connection.ts';
import {
  asGiven,
  elsewhere,
  executionsOf,
  noSuchExecution,
  type Searched,
} from '../../terminal/not-found.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { tellWhoActs } from '../../terminal/who-acts.ts';

/** The runs in a folder, or of a hub. */
export interface KnownRuns extends Searched {
  readonly store: Store;
}

/** @throws {InvalidInput} where there is no such folder, or no such hub */
export async function findRuns(of: PlaceArguments, terminal: Terminal): Promise<KnownRuns> {
  const { hub, out } = of;
  const others = elsewhere(of);
  if (hub === undefined)
    return {
      store: makeFolderStore(out),
      executionIds: executionsIn(of),
      place: asGiven(out),
      elsewhere: others,
    };
  const { store, actsAs } = await connectToHub(hub, 'OPERATOR');
  tellWhoActs(terminal, actsAs);
  const executionIds = await executionsOf(store);
  return { store, executionIds, place: store.locationOf(''), elsewhere: others };
}

/** Every run begins with a folder of its own. @throws {InvalidInput} where there is none */
function executionsIn({ out, keep }: PlaceArguments): string[] {
  const folder = join(out, 'executions');
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && ExecutionId.safeParse(entry.name).success)
      .map(({ name }) => name);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InvalidInput(
      `There are no executions in ${asGiven(out)} (${folder}: ${code}).${elsewhere({ keep })}`,
    );
  }
}

/**
 * The run that was named, else the newest one that has left such a file: one that still scans has
 * left none.
 *
 * @throws {InvalidInput} where there is none
 */
export async function runMeant(
  runs: KnownRuns,
  named: string | undefined,
  keyOf: (executionId: string) => string,
): Promise<string> {
  const { store, executionIds } = runs;
  if (named !== undefined) {
    if (!executionIds.includes(named)) throw noSuchExecution(named, runs);
    return named;
  }
  for (const executionId of await newestFirst(runs))
    if (await isThere(store, keyOf(executionId))) return executionId;
  const none = executionIds.length === 0 ? 'There are no executions' : 'None has ended yet';
  throw new InvalidInput(`${none} in ${runs.place}.${runs.elsewhere}`);
}

/** Whether there is such an object, however large. */
export async function isThere(store: Store, key: string): Promise<boolean> {
  for await (const listed of store.list(key)) return listed === key;
  return false;
}

/** As orgsweep names executions itself: the time they began, then the mode. */
const NAMED_BY_TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?Z?-/;
const Begun = z.looseObject({ startedAt: Timestamp });

/** By when they began, which most ids say; of the others a file of theirs does. */
export async function newestFirst({ store, executionIds }: KnownRuns): Promise<string[]> {
  const begun: { executionId: string; at: string }[] = [];
  const withTime = async (executionId: string) => ({
    executionId,
    at: timeIn(executionId) ?? (await timeOf(store, executionId)),
  });
  for await (const one of readAhead(executionIds, withTime)) begun.push(one);
  return begun
    .toSorted((a, b) => compare(b.at, a.at) || compare(b.executionId, a.executionId))
    .map(({ executionId }) => executionId);
}

/** Undefined for digits that are no time: such an id is of somebody's own making. */
function timeIn(executionId: string): string | undefined {
  const [, year, month, date, hours, minutes, seconds = '00'] =
    NAMED_BY_TIME.exec(executionId) ?? [];
  const text = `${year}-${month}-${date}T${hours}:${minutes}:${seconds}`;
  const time = Date.parse(`${text}Z`);
  // The 30th of February would be a day in March.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(text) ? undefined : text;
}

/** Empty, so the oldest, where nobody can tell. */
async function timeOf(store: Store, executionId: string): Promise<string> {
  const { summary, expected } = keysOf(executionId);
  const stored = (await store.get(summary)) ?? (await store.get(expected));
  return Begun.safeParse(stored && parseJson(stored.body)).data?.startedAt ?? '';
}
