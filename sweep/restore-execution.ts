import pMap from 'p-map';
import { toAwsFailure } from '../adapters/aws-error.ts';
import { mayHaveRemoved } from '../core/restore.ts';
import { targetKey } from '../core/target.ts';
import type { RestoreDeps } from './deps.ts';
import type { TargetRef } from './keys.ts';
import { acquireLease } from './lease.ts';
import { readLedger } from './ledger.ts';
import { restoreSome } from './restore-target.ts';
import { type Restored, type RestoreRequest, toFailed, type ToRestore } from './restored.ts';

const TARGETS_AT_ONCE = 4;
/** Restored and written down together; a lease outlives such a batch. */
const BATCH = 25;
const LEASE_MILLISECONDS = 300_000;

/**
 * Brings back what an execution removed, as its own ledger tells it, target by target, and tags it
 * so that no later execution removes it. A target that fails never keeps the others.
 *
 * @throws when the ledger can't be read
 */
export async function restoreExecution(
  deps: RestoreDeps,
  request: RestoreRequest,
): Promise<Restored[]> {
  const known = await readResources(deps, request.executionId);
  const asked = new Set(request.resourceIds);
  const wanted = known.filter((one) =>
    asked.size > 0 ? asked.has(one.resourceId) : mayHaveRemoved(one),
  );
  const targets = new Set(wanted.map(targetKey));
  const ended = await pMap(
    [...targets].map((key) => wanted.filter((one) => targetKey(one) === key)),
    async (resources) => restoreTarget(deps, request, resources),
    { concurrency: TARGETS_AT_ONCE },
  );
  const ids = new Set(known.map(({ resourceId }) => resourceId));
  const unknown = [...asked].filter((id) => !ids.has(id));
  return [
    ...ended.flat(),
    ...unknown.map((resourceId) => ({ resourceId, place: null, result: 'NOT_REMOVED' as const })),
  ];
}

async function readResources({ store }: RestoreDeps, executionId: string): Promise<ToRestore[]> {
  const resources: ToRestore[] = [];
  for await (const { accountId, region, entries } of readLedger(store, executionId)) {
    resources.push(...entries.map((entry) => ({ ...entry, accountId, region })));
  }
  return resources;
}

async function restoreTarget(
  deps: RestoreDeps,
  request: RestoreRequest,
  resources: readonly ToRestore[],
): Promise<Restored[]> {
  const [{ accountId, region }] = resources as [ToRestore];
  const ended: Restored[] = [];
  try {
    const clients = await deps.spokesFor(request.executionId).open(accountId, region, 'restore');
    const lease = request.dryRun ? null : await takeLease(deps, request, { accountId, region });
    try {
      for (let from = 0; from < resources.length; from += BATCH) {
        await lease?.renew();
        const some = resources.slice(from, from + BATCH);
        ended.push(...(await restoreSome({ deps, request, clients }, some)));
      }
    } finally {
      // It runs out by itself.
      await lease?.release().catch(() => undefined);
    }
  } catch (error) {
    const failure = toAwsFailure(error);
    const done = new Set(ended.map(({ resourceId }) => resourceId));
    const others = resources.filter(({ resourceId }) => !done.has(resourceId));
    ended.push(...others.map((resource) => toFailed(resource, failure)));
  }
  return ended;
}

/** While something is restored nothing is removed in its target. */
async function takeLease(
  { store, clock }: RestoreDeps,
  { executionId }: RestoreRequest,
  target: TargetRef,
) {
  const deps = { store, clock, durationMs: LEASE_MILLISECONDS };
  return acquireLease(deps, target, `restore of ${executionId}`);
}
