import { makeHubClients } from '../../aws/sessions/hub-clients.ts';
import { systemClock } from '../../clock/clock.ts';
import { makeFolderStore } from '../../store/folder/folder-store.ts';
import type { Store } from '../../store/store.ts';
import { keepSpokes } from '../../functions/deps.ts';
import { quote } from '../../core/input/bad-input.ts';
import { countResults, renderRestores } from '../../report/terminal/restore-text.ts';
import { isBroughtBack } from '../../core/removal/restore.ts';
import type { RestoreDeps } from '../../steps/deps.ts';
import { keysOf } from '../../store/keys.ts';
import type { HeldLease } from '../../steps/ledger/lease-wait.ts';
import { KINDS } from '../../kinds/registry.ts';
import { restoreExecution } from '../../steps/restore/restore-execution.ts';
import type { RestoreArguments } from '../arguments/restore-arguments.ts';
import { bewareOfOthers } from '../terminal/folder-owners.ts';
import { connectToHub } from '../connection/hub-connection.ts';
import {
  asGiven,
  elsewhere,
  executionsOf,
  noSuchExecution,
  type Searched,
} from '../terminal/not-found.ts';
import { refuseKeptFolder, refuseSimulated } from '../kept/marker.ts';
import { withEnvironment } from './with-environment.ts';
import { showStatus } from '../progress/status-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { tellWhoActs } from '../terminal/who-acts.ts';

/** As for removals that are incomplete: something that was asked for isn't there again. */
const NOT_ALL_RESTORED = 5;

/**
 * `orgsweep restore`: brings back from the Recycle Bin what an execution removed.
 *
 * @returns the exit code
 * @throws {InvalidInput} where there is no such execution, or it was a simulated one
 */
export async function restore(args: RestoreArguments, terminal: Terminal): Promise<number> {
  if (args.hub !== undefined) return restoreFromHub(args.hub, args, terminal);
  const place = asGiven(args.out);
  const searched = { place, elsewhere: elsewhere(args) };
  refuseKeptFolder(args.out, args.keep);
  const store = makeFolderStore(args.out);
  await refuseUnlessRestorable(store, args.executionId, searched);
  await refuseSimulated(store, args, 'restore');
  if (args.keep === undefined)
    bewareOfOthers(
      args.out,
      'what is restored is what this folder says was removed',
      terminal.stderr,
    );
  return withEnvironment(args, new AbortController().signal, async ({ deps, actsAs }) => {
    tellWhoActs(terminal, actsAs, { simulated: args.keep !== undefined });
    return restoreAndTell(deps, args, terminal);
  });
}

/** What a deployed execution removed, by the hub's own ledger: as its operator, whom the role trusts. */
async function restoreFromHub(
  hubName: string,
  args: RestoreArguments,
  terminal: Terminal,
): Promise<number> {
  const { hub, region, caller, actsAs, callersOwn, credentials, store } = await connectToHub(
    hubName,
    'OPERATOR',
  );
  tellWhoActs(terminal, actsAs);
  await refuseUnlessRestorable(store, args.executionId, {
    place: `s3://${hub.bucket}`,
    elsewhere: elsewhere(args),
  });
  const acting = { ...callersOwn, ...(credentials !== undefined && { credentials }) };
  const deps: RestoreDeps = {
    store,
    clock: systemClock,
    kinds: KINDS,
    spokesFor: keepSpokes({
      kinds: KINDS,
      sts: makeHubClients({ ...acting, region }).sts,
      hubAccountId: caller.accountId,
      partition: caller.partition,
      roleNames: { restore: hub.restoreRoleName },
      externalId: hub.externalId,
      ownAccount: 'BY_ROLE',
      now: () => systemClock.now(),
      clients: acting,
    }),
  };
  return restoreAndTell(deps, args, terminal);
}

/** The command, once it is known to what AWS. */
export async function restoreAndTell(
  deps: RestoreDeps,
  { executionId, resourceIds, dryRun, json }: RestoreArguments,
  terminal: Terminal,
): Promise<number> {
  let progress = { done: 0, all: 0 };
  const verb = dryRun ? 'asking what could be restored' : 'restoring';
  const status = showStatus(terminal, verb, () => `${progress.done}/${progress.all}`);
  // Nothing is held while it waits: Ctrl-C ends it.
  const onWaiting = ({ accountId, region, holder, until }: HeldLease) =>
    status.note(
      `waiting for ${quote(holder)}, which locked ${accountId} ${region}: until ${until} at least, six minutes at most`,
    );
  const onProgress = (now: typeof progress) => void (progress = now);
  const asked = { executionId, resourceIds, dryRun };
  const { resources, unreadable } = await restoreExecution(
    { ...deps, onWaiting, onProgress },
    asked,
  ).finally(status.close);
  const report = {
    schemaVersion: 1,
    executionId,
    dryRun,
    counts: countResults(resources),
    resources,
    unreadable,
  };
  terminal.stdout(
    json
      ? `${JSON.stringify(report, null, 2)}\n`
      : renderRestores(executionId, resources, unreadable),
  );
  const isAskedFor = resourceIds.length > 0;
  // Whoever asked for all of it can't be told that all of it is there again.
  if (unreadable.length > 0) return NOT_ALL_RESTORED;
  return resources.every(({ result }) => isBroughtBack(result, isAskedFor)) ? 0 : NOT_ALL_RESTORED;
}

async function refuseUnlessRestorable(
  store: Store,
  executionId: string,
  searched: Omit<Searched, 'executionIds'>,
): Promise<void> {
  const keys = keysOf(executionId);
  if ((await store.get(keys.expected)) === undefined)
    throw noSuchExecution(executionId, { ...searched, executionIds: await executionsOf(store) });
}
