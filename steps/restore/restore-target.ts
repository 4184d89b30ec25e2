import { decideRestore, type RestoreLine, type RestoreStep } from '../../core/removal/restore.ts';
import type { BinEntry } from '../../core/removal/bin.ts';
import { kindNamed } from '../../kinds/among.ts';
import { binOf } from '../../kinds/removal.ts';
import type { RestoreDeps } from '../deps.ts';
import { carryOut } from './restore-one.ts';
import { noteRestores } from './restore-log.ts';
import { type Restored, type Restoring, toRestored, type ToRestore } from './restored.ts';
import { forgetStaleSince } from '../targets/target-history.ts';

const RECENT_MILLISECONDS = 60_000;
const SETTLED_WITHIN_MILLISECONDS = 15_000;
const SETTLING_WAIT_MILLISECONDS = 1_000;

/**
 * Brings back some resources of one target. Before any of them is touched the intents are written
 * and their grace is forgotten; a restore that dies is finished by the next one.
 *
 * @throws when the bin, or what is there, can't be listed to its end
 */
export async function restoreSome(
  restoring: Restoring,
  resources: readonly ToRestore[],
): Promise<Restored[]> {
  const { deps, request } = restoring;
  const steps = await decideOnceSettled(restoring, resources);
  if (request.dryRun) return steps.map(({ resource, step }) => foretell(resource, step));

  const toChange = steps.filter(({ step }) => step.act !== 'NOTHING').map((one) => one.resource);
  await noteRestores(
    deps.store,
    request.executionId,
    toChange.map((resource) => toIntent(deps, resource)),
  );
  const [first] = toChange;
  if (first !== undefined) await forgetStaleSince(deps.store, first, toChange);

  const ended: Restored[] = [];
  for (const { resource, step } of steps) ended.push(await carryOut(restoring, resource, step));
  const touched = new Set(toChange.map(({ resourceId }) => resourceId));
  const news = ended.filter((one) => touched.has(one.resourceId) || isMissed(one));
  const lines = news.flatMap((one) => (one.place === null ? [] : [toLine(deps, one, one.place)]));
  await noteRestores(deps.store, request.executionId, lines);
  return ended;
}

/** What was there already, and what others removed, is no news. */
function isMissed({ result }: Restored): boolean {
  return result === 'EXPIRED' || result === 'NOT_IN_RECYCLE_BIN';
}

interface Decided {
  readonly resource: ToRestore;
  readonly step: RestoreStep;
}

/** What was removed a moment ago may still be shown, and not be in the bin yet: it is waited for. */
async function decideOnceSettled(
  restoring: Restoring,
  resources: readonly ToRestore[],
): Promise<Decided[]> {
  const { clock } = restoring.deps;
  const giveUpAt = clock.now().getTime() + SETTLED_WITHIN_MILLISECONDS;
  for (;;) {
    const decided = await decideAll(restoring, resources);
    const now = clock.now().getTime();
    const isOpen = decided.some((one) => isMissing(one) && isRecent(one.resource, now));
    if (!isOpen || now >= giveUpAt) return decided;
    await clock.sleep(SETTLING_WAIT_MILLISECONDS);
  }
}

function isMissing({ step }: Decided): boolean {
  return step.act === 'PROTECT' || (step.act === 'NOTHING' && step.result === 'NOT_IN_RECYCLE_BIN');
}

function isRecent({ intentAt, outcome }: ToRestore, now: number): boolean {
  return now - Date.parse(outcome?.at ?? intentAt ?? '') < RECENT_MILLISECONDS;
}

async function decideAll(
  { deps, clients }: Restoring,
  resources: readonly ToRestore[],
): Promise<Decided[]> {
  const decided: Decided[] = [];
  for (const kind of new Set(resources.map((one) => one.kind))) {
    const bin = binOf(kindNamed(deps.kinds, kind));
    const ofKind = resources.filter((one) => one.kind === kind);
    const ids = ofKind.map(({ resourceId }) => resourceId);
    const inBin = (await bin?.find(clients, ids)) ?? new Map<string, BinEntry>();
    const tags = (await bin?.findTags(clients, ids)) ?? new Map<string, Record<string, string>>();
    for (const resource of ofKind) {
      const id = resource.resourceId;
      const seen = { inBin: inBin.get(id) ?? null, tags: tags.get(id) ?? null };
      decided.push({ resource, step: decideRestore(resource, seen, deps.clock.now()) });
    }
  }
  return decided;
}

function foretell(resource: ToRestore, step: RestoreStep): Restored {
  return toRestored(resource, step.act === 'NOTHING' ? step.result : 'RESTORABLE');
}

function toIntent(
  { clock }: RestoreDeps,
  { kind, accountId, region, resourceId }: ToRestore,
): RestoreLine {
  return { kind, accountId, region, resourceId, outcome: null, at: clock.now().toISOString() };
}

function toLine(
  { clock }: RestoreDeps,
  { resourceId, result, failure }: Restored,
  place: NonNullable<Restored['place']>,
): RestoreLine {
  const at = clock.now().toISOString();
  return { ...place, resourceId, outcome: result, ...(failure && { failure }), at };
}
