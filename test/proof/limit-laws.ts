import type { Chapter } from './history.ts';
import type { Stage } from './stage.ts';

const FEWEST_FOR_STALE_PERCENT = 20;

/** What a plan may hold under the step's limits; each breach in words. */
export function breachesInLimits(stage: Stage, chapter: Chapter): string[] {
  const { plan, step, targets, executionId } = chapter;
  if (plan?.status !== 'READY') return [];
  const { maxRemovals, maxRemovalsPerTarget, maxStalePercent } = step.limits;
  const breaches = targets.flatMap(({ accountId, region, kinds, status }) => {
    const here = plan.removals.filter(
      (one) => one.accountId === accountId && one.region === region,
    );
    const { resources = 0, verdicts } = kinds['ebs-snapshot'] ?? {};
    const percent = ((verdicts?.STALE ?? 0) * 100) / resources;
    const isOver = resources >= FEWEST_FOR_STALE_PERCENT && percent > maxStalePercent;
    return [
      ...(here.length > maxRemovalsPerTarget ? [`${here.length} removals in one target`] : []),
      ...(here.length > 0 && isOver ? [`removals where ${percent} percent are stale`] : []),
      ...(here.length > 0 && status !== 'COMPLETE' ? [`removals in a ${status} target`] : []),
    ];
  });
  if (plan.removals.length > maxRemovals) breaches.push(`${plan.removals.length} removals`);
  breaches.push(...lastCopiesIn(stage, chapter));
  return breaches.map((breach) => `${executionId} plans ${breach}`);
}

/** Planned, while no other copy is left that the plan leaves alone and nobody else has deleted. */
function lastCopiesIn({ witness }: Stage, { plan, step }: Chapter): string[] {
  if (step.policy.allowLastCopy) return [];
  const { needs, deletions } = witness;
  const planned = new Set(plan?.removals.map(({ resourceId }) => resourceId));
  const removed = new Set(deletions.map(({ snapshotId }) => snapshotId));
  return [...planned].flatMap((id) => {
    const others = needs.otherCopies(id);
    // Who else deleted one meanwhile may have done so after the plan was made.
    const isLast = others.every(
      (other) => planned.has(other) || (removed.has(other) && !needs.goneSince.has(other)),
    );
    return isLast ? [`${id}, the last copy`] : [];
  });
}
