import { mayBeDone, toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { BringingBack, Step, Taken } from '../../kinds/removal.ts';
import type { Restoring, ToRestore } from './restored.ts';

export interface ByCalls {
  readonly back: BringingBack<unknown>;
  /** By its id now: a restore of a later execution may have made it again as another one. */
  readonly taken: Taken;
  /** Under which id the resource is there again already; null: it isn't. */
  readonly foundAs: string | null;
}

const LOOK_AGAIN_MILLISECONDS = 2_000;

/** The ways that need no Recycle Bin, the best first. */
export function waysByCalls({ undo }: Step<unknown>): readonly BringingBack<unknown>[] {
  return undo.flatMap((back) => ('bringBack' in back ? [back] : []));
}

/** Whether the ledger has what this way needs. */
export function isPossible(
  { way, record }: BringingBack<unknown>,
  resource: Pick<ToRestore, 'record' | 'made'>,
): boolean {
  if (way === 'MADE') return resource.made !== undefined;
  return record === undefined || resource.record !== undefined;
}

/** @param newId its id since a later restore */
export function toTaken({ resourceId, record, made }: ToRestore, newId?: string): Taken {
  return { resourceId: newId ?? resourceId, record: record ?? null, made: made ?? null };
}

/**
 * Brings it back once. After a failure it is only looked for: an answer may have been lost, and who
 * asked twice might have made two.
 *
 * @throws {LeaseLost} when somebody else took over
 */
export async function bringBackByCalls(
  { deps, clients, lease }: Restoring,
  { back: { bringBack, find }, taken }: Pick<ByCalls, 'back' | 'taken'>,
): Promise<{ readonly id: string } | { readonly failure: AwsFailure }> {
  if (bringBack === null) throw new Error('nothing brings it back: it was decided otherwise');
  await lease?.renew();
  try {
    return { id: await bringBack(clients, taken, deps.clock) };
  } catch (error) {
    const failure = toAwsFailure(error);
    if (!mayBeDone(failure)) return { failure };
    await deps.clock.sleep(LOOK_AGAIN_MILLISECONDS);
    const id = await find(clients, taken).catch(() => null);
    return id === null ? { failure } : { id };
  }
}
