import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import {
  decideBringingBack,
  decideRestore,
  mayHaveRemoved,
  type RestoreLine,
  type RestoreStep,
} from '../../core/removal/restore.ts';
import type { BinEntry } from '../../core/removal/bin.ts';
import { kindNamed } from '../../kinds/among.ts';
import { binOf, binOfStep, stepNamed } from '../../kinds/removal.ts';
import type { RestoreDeps } from '../deps.ts';
import { type ByCalls, isPossible, toTaken, waysByCalls } from './by-calls.ts';
import { carryOut } from './restore-one.ts';
import { noteRestores } from './restore-log.ts';
import { type Restored, type Restoring, toFailed, toRestored, type ToRestore } from './restored.ts';
import { forgetStaleSince } from '../targets/target-history.ts';

const RECENT_MILLISECONDS = 60_000;
const SETTLED_WITHIN_MILLISECONDS = 15_000;
const SETTLING_WAIT_MILLISECONDS = 1_000;

const TAKEN_AWAY_SINCE =
  'An earlier restore brought it back, and others took it away since: name its id to have it again.';

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
  if (request.dryRun) return steps.map((one) => one.failed ?? withNews(foretell(one), one));

  const toChange = steps.filter(({ step }) => step.act !== 'NOTHING').map((one) => one.resource);
  await noteRestores(
    deps.store,
    request.executionId,
    toChange.map((resource) => toIntent(deps, resource)),
  );
  const [first] = toChange;
  if (first !== undefined) await forgetStaleSince(deps.store, first, toChange);

  const ended: Restored[] = [];
  for (const one of steps) {
    const { resource, step, by, failed } = one;
    ended.push(withNews(failed ?? (await carryOut(restoring, resource, step, by)), one));
  }
  const touched = new Set(toChange.map(({ resourceId }) => resourceId));
  const news = ended.filter((one) => touched.has(one.resourceId) || isMissed(one));
  const lines = news.flatMap((one) => (one.place === null ? [] : [toLine(deps, one, one.place)]));
  await noteRestores(deps.store, request.executionId, lines);
  return ended;
}

function withNews(end: Restored, { supersededBy, whatIsNew }: Decided): Restored {
  return {
    ...end,
    ...(supersededBy !== undefined && { supersededBy }),
    ...(whatIsNew !== undefined && { whatIsNew }),
  };
}

/** What was there already, and what others removed, is no news. */
function isMissed({ result }: Restored): boolean {
  return isMissedResult(result);
}

function isMissedResult(result: Restored['result']): boolean {
  return ['EXPIRED', 'NOT_IN_RECYCLE_BIN', 'NO_WAY_BACK'].includes(result);
}

/** Of what its step left as it was. */
function goneSince({ outcome }: ToRestore): string {
  const made = outcome?.made;
  const again =
    made === undefined ? '' : ` If ${made} is still there, you can make another one of that.`;
  return `This execution changed nothing of it, and it was taken away since.${again}`;
}

interface Decided {
  readonly resource: ToRestore;
  readonly step: RestoreStep;
  /** How, where it isn't by the Recycle Bin. */
  readonly by?: ByCalls;
  readonly supersededBy?: string;
  /** Why nothing brings it back, as a sentence. */
  readonly whatIsNew?: string;
  /** The bin is its best way back, and doesn't have it: not yet, perhaps. */
  readonly isMissedInBin?: true;
  /** It couldn't be told what to do. */
  readonly failed?: Restored;
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

function isMissing({ step, by, isMissedInBin }: Decided): boolean {
  if (isMissedInBin) return true;
  if (by !== undefined) return false;
  return step.act === 'PROTECT' || (step.act === 'NOTHING' && step.result === 'NOT_IN_RECYCLE_BIN');
}

function isRecent({ intentAt, outcome }: ToRestore, now: number): boolean {
  return now - Date.parse(outcome?.at ?? intentAt ?? '') < RECENT_MILLISECONDS;
}

async function decideAll(
  restoring: Restoring,
  resources: readonly ToRestore[],
): Promise<Decided[]> {
  const { deps, clients } = restoring;
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
      const byBin = decideRestore(resource, seen, deps.clock.now());
      decided.push(await decideOne(restoring, resource, byBin));
    }
  }
  return decided;
}

/** What can't be told of one resource says nothing of the others. */
async function decideOne(
  restoring: Restoring,
  resource: ToRestore,
  byBin: RestoreStep,
): Promise<Decided> {
  try {
    return (await decideByCalls(restoring, resource, byBin)) ?? { resource, step: byBin };
  } catch (error) {
    const failed = toFailed(resource, toAwsFailure(error));
    return { resource, step: { act: 'NOTHING', result: 'FAILED' }, failed };
  }
}

/** Where the bin isn't its way back, or doesn't have it; undefined: there is nothing but the bin. */
async function decideByCalls(
  { deps, request, clients, known }: Restoring,
  resource: ToRestore,
  byBin: RestoreStep,
): Promise<Decided | undefined> {
  const { removal } = kindNamed(deps.kinds, resource.kind);
  const step = removal && stepNamed(removal, resource.step);
  if (step === undefined) return undefined;
  const isMissed = byBin.act === 'NOTHING' && isMissedResult(byBin.result);
  if (binOfStep(step) !== undefined && !isMissed) return undefined;
  const back = waysByCalls(step).find((way) => isPossible(way, resource));
  if (back === undefined) {
    if (binOfStep(step) !== undefined || !mayHaveRemoved(resource)) return undefined;
    return { resource, step: { act: 'NOTHING', result: 'NO_WAY_BACK' } };
  }
  const supersededBy = await known.laterExecution(resource);
  const isSuperseded = supersededBy !== undefined;
  const newId = isSuperseded ? undefined : await known.madeAgainAs(resource);
  const taken = toTaken(resource, newId);
  const foundAs = isSuperseded ? null : await back.find(clients, taken);
  const isBack = foundAs !== null;
  const isAskedFor = request.resourceIds.includes(resource.resourceId);
  const wasBack = !isBack && !isAskedFor && (await known.wasBroughtBack(resource));
  const isUntouched = back.bringBack === null;
  const isGone = isUntouched && !isBack && !isSuperseded;
  return {
    resource,
    step: decideBringingBack(resource, { isBack, isSuperseded, wasBack, isUntouched }),
    by: { back, taken, foundAs },
    ...(isGone && { whatIsNew: goneSince(resource) }),
    ...(isSuperseded && { supersededBy }),
    ...(wasBack && !isGone && { whatIsNew: TAKEN_AWAY_SINCE }),
    ...(binOfStep(step) !== undefined && { isMissedInBin: true }),
  };
}

/** As another one, where that is what it will be. */
function foretell({ resource, step, by }: Decided): Restored {
  if (step.act === 'NOTHING') return toRestored(resource, step.result);
  const { back, foundAs } = by ?? { foundAs: null };
  const isOther = foundAs !== null && foundAs !== resource.resourceId;
  return {
    ...toRestored(resource, isOther ? 'ALREADY_RESTORED' : 'RESTORABLE'),
    ...(isOther && { newId: foundAs }),
    ...(back?.whatIsNew !== undefined && { whatIsNew: back.whatIsNew }),
  };
}

function toIntent(
  { clock }: RestoreDeps,
  { kind, accountId, region, resourceId }: ToRestore,
): RestoreLine {
  return { kind, accountId, region, resourceId, outcome: null, at: clock.now().toISOString() };
}

function toLine(
  { clock }: RestoreDeps,
  { resourceId, result, failure, newId, supersededBy }: Restored,
  place: NonNullable<Restored['place']>,
): RestoreLine {
  const at = clock.now().toISOString();
  return {
    ...{ ...place, resourceId, outcome: result },
    ...(failure && { failure }),
    ...(newId !== undefined && { newId }),
    ...(supersededBy !== undefined && { supersededBy }),
    at,
  };
}
