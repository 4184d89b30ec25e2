import { quote } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';
import { countResults, renderRestores } from '../core/report/restore-text.ts';
import { isBroughtBack } from '../core/restore.ts';
import type { Deps } from '../sweep/deps.ts';
import { keysOf } from '../sweep/keys.ts';
import { restoreExecution } from '../sweep/restore-execution.ts';
import type { RestoreArguments } from './arguments.ts';
import { makeFolderStore } from '../adapters/folder-store.ts';
import { openRealEnvironment } from './real-environment.ts';
import type { Terminal } from './terminal.ts';

/** As for removals that are incomplete: something that was asked for isn't there again. */
const NOT_ALL_RESTORED = 5;

/**
 * `orgsweep restore`: brings back from the Recycle Bin what an execution removed.
 *
 * @returns the exit code
 * @throws {InvalidInput} where there is no such execution, or it was a simulated one
 */
export async function restore(args: RestoreArguments, terminal: Terminal): Promise<number> {
  await refuseUnlessRestorable(args);
  const signal = new AbortController().signal;
  const environment = await openRealEnvironment(
    { ...args, enableDeletion: false, topic: undefined },
    signal,
  );
  try {
    return await restoreAndTell(environment.deps, args, terminal);
  } finally {
    await environment.close();
  }
}

/** The command, once it is known to what AWS. */
export async function restoreAndTell(
  deps: Deps,
  { executionId, resourceIds, dryRun, json }: RestoreArguments,
  terminal: Pick<Terminal, 'stdout'>,
): Promise<number> {
  const resources = await restoreExecution(deps, { executionId, resourceIds, dryRun });
  const report = {
    schemaVersion: 1,
    executionId,
    dryRun,
    counts: countResults(resources),
    resources,
  };
  terminal.stdout(
    json ? `${JSON.stringify(report, null, 2)}\n` : renderRestores(executionId, resources),
  );
  const isAskedFor = resourceIds.length > 0;
  return resources.every(({ result }) => isBroughtBack(result, isAskedFor)) ? 0 : NOT_ALL_RESTORED;
}

async function refuseUnlessRestorable({ executionId, out }: RestoreArguments): Promise<void> {
  const store = makeFolderStore(out);
  const keys = keysOf(executionId);
  if ((await store.get(keys.expected)) === undefined) {
    throw new InvalidInput(
      `EXECUTION_ID: ${quote(executionId)} – accepted: an execution in ${quote(out)}`,
    );
  }
  if ((await store.get(keys.simulated)) !== undefined) {
    throw new InvalidInput(
      `EXECUTION_ID: ${quote(executionId)} – accepted: an execution without --simulated: the ` +
        'simulated organization, with its Recycle Bin, ended when that run did; ' +
        'one that stays is served by orgsweep simulate',
    );
  }
}
