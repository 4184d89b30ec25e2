import type { Chapter } from './history.ts';

const FEWEST_FOR_STALE_PERCENT = 20;

/** What a plan may hold under the step's limits; each breach in words. */
export function breachesInLimits({ plan, step, targets, executionId }: Chapter): string[] {
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
  return breaches.map((breach) => `${executionId} plans ${breach}`);
}
