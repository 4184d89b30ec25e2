import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { decideEach, type Going } from './decide.ts';
import type { SecondLook } from './looks/second-look.ts';
import { isInterrupted, type Work } from './work.ts';

/** What a request has done shows within seconds; longer than this, and it doesn't. */
const SEEN_WITHIN_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 1_000;

/**
 * Of each parent the first alone, until it was seen to be done; of one whose first didn't show as done,
 * nothing more in this invocation.
 */
export async function firstOfParents(
  work: Work,
  kind: KindInStep,
  going: readonly Going[],
  shown: SecondLook['shown'],
): Promise<Going[]> {
  const { parentsSeen } = work.progress;
  const begun = new Set<string>();
  const now: Going[] = [];
  const never: Going[] = [];
  for (const one of going) {
    const parent = parentOf(kind, one.removal, shown);
    const isSeen = parent === undefined ? true : parentsSeen.get(parent);
    if (isSeen === false) never.push(one);
    else if (isSeen === true || !begun.has(parent ?? '')) now.push(one);
    if (parent !== undefined) begun.add(parent);
  }
  await decideEach(work, never, () => ({ seen: 'FIRST_NOT_SEEN' }));
  return now;
}

/** Looks until the first of each parent shows as done, or surely won't any more. */
export async function seeFirstOfParents(
  work: Work,
  kind: KindInStep,
  done: readonly PlannedRemoval[],
  shown: SecondLook['shown'],
): Promise<void> {
  const { progress, deps, lease } = work;
  const open = new Map<string, string>();
  for (const removal of done) {
    const parent = parentOf(kind, removal, shown);
    if (parent !== undefined && !progress.parentsSeen.has(parent)) {
      open.set(removal.resourceId, parent);
    }
  }
  const giveUpAt = progress.now() + SEEN_WITHIN_MILLISECONDS;
  while (open.size > 0 && !isInterrupted(work)) {
    for (const id of await findDone(work, kind, [...open.keys()])) {
      progress.parentsSeen.set(open.get(id) ?? '', true);
      open.delete(id);
    }
    if (open.size > 0 && progress.now() >= giveUpAt) {
      for (const parent of open.values()) progress.parentsSeen.set(parent, false);
      return;
    }
    if (open.size > 0) await deps.clock.sleep(POLL_MILLISECONDS);
    await lease.renew();
  }
}

/** Which of these are gone, or at the next step. A look that fails shows nothing. */
async function findDone(
  { look, policy, progress }: Work,
  kind: KindInStep,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { removal, step } = kind;
  const last = removal.steps.at(-1);
  const now = new Date(progress.now());
  try {
    const there = new Map<string, string | undefined>();
    const { resources } = await removal.recheck({ ...look, now }, ids);
    for (const facts of resources) {
      const { resourceId } = kind.describe(facts, { ...look, now });
      there.set(resourceId, removal.next?.(facts, { policy, now }).name);
    }
    return ids.filter((id) => {
      if (step === last) return !there.has(id);
      return there.has(id) && there.get(id) !== step.name;
    });
  } catch {
    return [];
  }
}

/** By step: that a parent lets its images be archived says nothing of how they are deleted. */
function parentOf(
  { kind, step: { name, run } }: KindInStep,
  { resourceId }: PlannedRemoval,
  shown: SecondLook['shown'],
): string | undefined {
  if (!('many' in run) || run.parentOf === undefined) return undefined;
  return `${kind}:${name}:${run.parentOf(shown.get(resourceId)?.facts)}`;
}
