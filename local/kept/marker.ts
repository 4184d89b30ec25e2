import { resolve } from 'node:path';
import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { keysOf } from '../../store/keys.ts';
import { parseJson } from '../../store/stored-json.ts';
import type { FunctionName } from '../../statemachine/contracts.ts';
import type { LambdaFunction } from '../engine/lambda-function.ts';
import { asGiven, wasKept, wasSimulated } from '../terminal/not-found.ts';
import { isKept } from './kept-folder.ts';

/** What a run on a simulated organization leaves, for commands that would look for it in AWS. */
const Marker = z.looseObject({
  /** The folder that the organization is kept in; absent: it ended with the run. */
  keptIn: z.string().optional(),
});
type Marker = z.infer<typeof Marker>;

/** What the functions of a run are called through. */
interface Wrapping {
  readonly wrap: (name: FunctionName, call: LambdaFunction) => LambdaFunction;
}

/**
 * As soon as there is an execution, it says that it was a simulated one: `restore` would look for it
 * in AWS, also where this run is killed.
 */
export function markingSimulated<E extends Wrapping>(
  environment: E,
  store: Store,
  keptIn: string | undefined,
): E {
  const wrap: Wrapping['wrap'] = (name, call) =>
    environment.wrap(name, async (input) => {
      const output = await call(input);
      if (name === 'PrepareFunctionArn') {
        const { executionId } = input as { executionId: string };
        await markSimulated(store, executionId, keptIn);
      }
      return output;
    });
  return { ...environment, wrap };
}

async function markSimulated(store: Store, executionId: string, keptIn: string | undefined) {
  const marker: Marker = keptIn === undefined ? {} : { keptIn };
  await store.put(keysOf(executionId).simulated, `${JSON.stringify(marker)}\n`);
}

/** Undefined: the execution ran on AWS, or on whatever an endpoint led to. */
export async function findMarker(store: Store, executionId: string): Promise<Marker | undefined> {
  const stored = await store.get(keysOf(executionId).simulated);
  return stored && (Marker.safeParse(parseJson(stored.body)).data ?? {});
}

/** What of a command's arguments says which execution, and where. */
interface Asked {
  readonly executionId: string;
  readonly keep?: string | undefined;
  readonly out: string;
}

/**
 * Refuses what was a simulated run's, unless its organization is the one that is opened.
 *
 * @param command in a word
 * @throws {InvalidInput}
 */
export async function refuseSimulated(
  store: Store,
  { executionId, keep, out }: Asked,
  command: string,
): Promise<void> {
  const marker = await findMarker(store, executionId);
  if (marker === undefined && keep === undefined) return;
  if (marker === undefined)
    throw new InvalidInput(
      `${asGiven(executionId)} did not run on a kept simulated organization. Leave out --keep.`,
    );
  if (marker.keptIn === undefined) throw wasSimulated(executionId, command);
  const opened = keep === undefined ? null : resolve(keep);
  // A folder may have been moved with all that is in it.
  if (opened !== marker.keptIn && opened !== resolve(out))
    throw wasKept(executionId, marker.keptIn);
}

/**
 * What is in the folder of a kept organization is of no other one: grace and ledgers would be taken
 * for those of what has the same ids.
 *
 * @throws {InvalidInput}
 */
export function refuseKeptFolder(out: string, keep: string | undefined): void {
  if (!isKept(resolve(out)) || (keep !== undefined && resolve(keep) === resolve(out))) return;
  throw new InvalidInput(
    fault(
      '--out',
      out,
      `another folder; a simulated organization is kept in this one, use --keep ${out}`,
    ),
  );
}
