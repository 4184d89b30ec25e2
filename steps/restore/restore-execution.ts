import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import { groupBy } from '../../core/model/group-by.ts';
import { kindNamed } from '../../kinds/among.ts';
import { hasStep, stepNamed } from '../../kinds/removal.ts';
import { mayHaveRemoved } from '../../core/removal/restore.ts';
import { targetKey, type TargetRef } from '../../core/model/target.ts';
import type { RestoreDeps } from '../deps.ts';
import { fencedStore } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import { waitForLease } from '../ledger/lease-wait.ts';
import { readBatch } from '../ledger/ledger-batch.ts';
import { readAhead } from '../../store/read-ahead.ts';
import { Unreadable } from '../../store/stored-json.ts';
import { KnownOfTarget } from './known-of-target.ts';
import { restoreSome } from './restore-target.ts';
import { type Restored, type RestoreRequest, toFailed, type ToRestore } from './restored.ts';

const TARGETS_AT_ONCE = 4;
/** Restored and written down together; a lease outlives such a batch. */
const BATCH = 25;
const LEASE_MILLISECONDS = 300_000;

export interface RestoredExecution {
  readonly resources: readonly Restored[];
  /** What of the ledger can't be read, each by its name: what was removed there isn't known. */
  readonly unreadable: readonly string[];
}

/**
 * Brings back what an execution removed, as its own ledger tells it, target by target, and tags it
 * so that no later execution removes it. A target that fails never keeps the others, nor does a part
 * of the ledger that can't be read.
 */
export async function restoreExecution(
  deps: RestoreDeps,
  request: RestoreRequest,
): Promise<RestoredExecution> {
  const { resources: known, unreadable } = await readResources(deps, request.executionId);
  const asked = new Set(request.resourceIds);
  const wanted = known.filter((one) =>
    asked.size > 0 ? asked.has(one.resourceId) : mayHaveRemoved(one),
  );
  const targets = new Set(wanted.map(targetKey));
  let done = 0;
  const count = (more: number) => {
    done += more;
    deps.onProgress?.({ done, all: wanted.length });
  };
  count(0);
  const ended = await pMap(
    [...targets].map((key) => wanted.filter((one) => targetKey(one) === key)),
    async (resources) => restoreTarget({ ...deps, count }, request, resources),
    { concurrency: TARGETS_AT_ONCE },
  );
  const ids = new Set(known.map(({ resourceId }) => resourceId));
  const unknown = [...asked].filter((id) => !ids.has(id));
  return {
    resources: [...ended.flat(), ...unknown.map((id) => toUnknown(id, unreadable))],
    unreadable,
  };
}

/** It may well be in what can't be read. */
function toUnknown(resourceId: string, [first]: readonly string[]): Restored {
  if (first === undefined) return { resourceId, place: null, result: 'NOT_REMOVED' };
  return {
    resourceId,
    place: null,
    result: 'FAILED',
    failure: { code: 'LedgerUnreadable', message: first },
  };
}

async function readResources(given: RestoreDeps, executionId: string) {
  const store = fencedStore(given.store, null, executionId);
  const resources: ToRestore[] = [];
  const unreadable: string[] = [];
  const read = readAhead(store.list(keysOf(executionId).ledgerPrefix), async (key) =>
    readBatch(store, key).catch((error: unknown) => {
      // What the store itself doesn't give may be whole.
      if (!(error instanceof Unreadable)) throw error;
      return error.message;
    }),
  );
  for await (const batch of read) {
    if (typeof batch === 'string') {
      unreadable.push(batch);
      continue;
    }
    const { accountId, region, entries } = batch.content;
    for (const entry of entries) resources.push({ ...entry, accountId, region });
  }
  return { resources, unreadable };
}

async function restoreTarget(
  deps: RestoreDeps & { readonly count: (more: number) => void },
  request: RestoreRequest,
  resources: readonly ToRestore[],
): Promise<Restored[]> {
  const [{ accountId, region }] = resources as [ToRestore];
  const ended: Restored[] = [];
  try {
    const { bySteps, failed } = await openByStep(deps, request, resources);
    ended.push(...failed);
    deps.count(failed.length);
    if (bySteps.length === 0) return ended;
    const lease = request.dryRun ? null : await takeLease(deps, request, { accountId, region });
    // Only now: nobody else changes any of it while the lease is held.
    const known = new KnownOfTarget(deps, request.executionId, { accountId, region });
    try {
      for (const { clients, ofStep } of bySteps) {
        for (let from = 0; from < ofStep.length; from += BATCH) {
          await lease?.renew();
          const some = ofStep.slice(from, from + BATCH);
          ended.push(...(await restoreSome({ deps, request, clients, lease, known }, some)));
          deps.count(some.length);
        }
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
    deps.count(others.length);
  }
  return ended;
}

/** Resources of one target by kind and step, each with a session that may take that step back alone. */
async function openByStep(
  deps: RestoreDeps,
  { executionId }: RestoreRequest,
  resources: readonly ToRestore[],
) {
  const spokes = deps.spokesFor(executionId);
  const bySteps: { clients: SpokeClients; ofStep: readonly ToRestore[] }[] = [];
  const failed: Restored[] = [];
  for (const ofStep of groupBy(resources, ({ kind, step = '' }) => `${kind}:${step}`)) {
    const [{ accountId, region, ...of }] = ofStep as [ToRestore];
    try {
      const { kind, removal } = kindNamed(deps.kinds, of.kind);
      // What is of a step that isn't here any more ends by itself, in any session.
      const name = removal !== undefined && hasStep(removal, of.step) ? of.step : undefined;
      const step = removal === undefined ? '' : stepNamed(removal, name).name;
      const clients = await spokes.open(accountId, region, 'restore', { kind, step });
      bySteps.push({ clients, ofStep });
    } catch (error) {
      // As of a kind that isn't here: the others come back.
      failed.push(...ofStep.map((resource) => toFailed(resource, toAwsFailure(error))));
    }
  }
  return { bySteps, failed };
}

/**
 * While something is restored nothing is removed in its target, nor restored by somebody else: not by
 * a second restore of the same execution either, for both would make what is made again.
 */
async function takeLease(
  { store, clock, onWaiting = () => undefined }: RestoreDeps,
  { executionId }: RestoreRequest,
  target: TargetRef,
) {
  const deps = { store, clock, durationMs: LEASE_MILLISECONDS };
  const holder = `restore of ${executionId} (${randomUUID().slice(0, 8)})`;
  return waitForLease(deps, target, holder, onWaiting);
}
