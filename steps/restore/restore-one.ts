import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import { classifyCode, mayBeDone, toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import type { RestoreStep } from '../../core/removal/restore.ts';
import { kindNamed } from '../../kinds/among.ts';
import { binOf, type RecycleBin } from '../../kinds/removal.ts';
import { bringBackByCalls, type ByCalls } from './by-calls.ts';
import { type Restored, type Restoring, toFailed, toRestored, type ToRestore } from './restored.ts';

/** What was just restored may not be seen by EC2's other calls for a few seconds. */
const TAGGING_TRIES = 8;
const RESTORING_TRIES = 3;
const RETRY_WAIT_MILLISECONDS = 2_000;

/** Carries out what was decided about one resource: brings it back, and protects it. */
export async function carryOut(
  restoring: Restoring,
  resource: ToRestore,
  step: RestoreStep,
  by?: ByCalls,
): Promise<Restored> {
  if (by !== undefined && step.act !== 'NOTHING')
    return carryOutByCalls(restoring, resource, step, by);
  return withCopyLeft(await carryOutByBin(restoring, resource, step), resource);
}

/** As itself again: nothing was made of its copy, which nobody removes while it is there. */
function withCopyLeft(restored: Restored, { made }: ToRestore): Restored {
  const isBack = ['RESTORED', 'ALREADY_RESTORED', 'NOT_PROTECTED'].includes(restored.result);
  return { ...restored, ...(isBack && made !== undefined && { copyLeft: made }) };
}

async function carryOutByBin(
  restoring: Restoring,
  resource: ToRestore,
  step: RestoreStep,
): Promise<Restored> {
  const bin = binOf(kindNamed(restoring.deps.kinds, resource.kind));
  if (step.act === 'NOTHING' || bin === undefined) {
    return toRestored(resource, step.act === 'NOTHING' ? step.result : 'NOT_IN_RECYCLE_BIN');
  }
  if (step.act === 'RESTORE') {
    const failure = await bringBack(restoring, bin, resource);
    if (failure !== null) return toFailed(resource, failure);
  }
  return protect(restoring, bin, resource, step);
}

async function carryOutByCalls(
  restoring: Restoring,
  resource: ToRestore,
  step: RestoreStep,
  by: ByCalls,
): Promise<Restored> {
  const { back, foundAs } = by;
  const there = foundAs === null ? await bringBackByCalls(restoring, by) : { id: foundAs };
  if ('failure' in there) return toFailed(resource, there.failure);
  const { protect: tagging } = back;
  const done = toRestored(resource, step.act === 'RESTORE' ? 'RESTORED' : 'ALREADY_RESTORED');
  const { result, failure } =
    tagging === undefined
      ? done
      : await protect(restoring, { protect: tagging }, { ...resource, resourceId: there.id }, step);
  return {
    ...done,
    result,
    ...(failure && { failure }),
    ...(there.id !== resource.resourceId && { newId: there.id }),
    ...(back.whatIsNew !== undefined && { whatIsNew: back.whatIsNew }),
  };
}

/**
 * Restores it, and takes no failure's word for it while it is there: where an answer was lost, AWS
 * says to the next request that it isn't in the bin, and it would stay without protection.
 *
 * @returns why it isn't there, or null
 */
async function bringBack(
  { deps, clients }: Restoring,
  bin: RecycleBin,
  { resourceId }: ToRestore,
): Promise<AwsFailure | null> {
  for (let tries = 1; ; tries += 1) {
    try {
      await bin.restore(clients, resourceId);
      return null;
    } catch (error) {
      const failure = toAwsFailure(error);
      if (classifyCode(failure.code) === 'DENIED') return failure;
      if (await isThere(clients, bin, resourceId)) return null;
      if (tries >= RESTORING_TRIES || !mayPass(failure)) return failure;
    }
    await deps.clock.sleep(RETRY_WAIT_MILLISECONDS);
  }
}

async function isThere(
  clients: SpokeClients,
  bin: RecycleBin,
  resourceId: string,
): Promise<boolean> {
  try {
    return (await bin.findTags(clients, [resourceId])).has(resourceId);
  } catch {
    return false;
  }
}

/** What EC2's other calls don't show yet, and what AWS may not have said. */
function mayPass(failure: AwsFailure): boolean {
  return failure.code.endsWith('.NotFound') || mayBeDone(failure);
}

async function protect(
  { deps, request, clients }: Restoring,
  bin: Pick<RecycleBin, 'protect'>,
  resource: ToRestore,
  { act }: RestoreStep,
): Promise<Restored> {
  const value = `restored after orgsweep execution ${request.executionId}`;
  for (let tries = 1; ; tries += 1) {
    try {
      await bin.protect(clients, resource.resourceId, value);
      return toRestored(resource, act === 'RESTORE' ? 'RESTORED' : 'ALREADY_RESTORED');
    } catch (error) {
      const failure = toAwsFailure(error);
      if (tries >= TAGGING_TRIES || !mayPass(failure))
        return toRestored(resource, 'NOT_PROTECTED', withAdvice(failure));
    }
    await deps.clock.sleep(RETRY_WAIT_MILLISECONDS);
  }
}

function withAdvice<F extends { message: string }>(failure: F): F {
  return { ...failure, message: `${failure.message} (tag it ${PROTECT_TAG} yourself)` };
}
