import { unusedDaysOf } from '../../input/of-kind.ts';
import { DAY_MS } from '../../model/age.ts';
import type { PlannedRemoval } from '../plan.ts';
import type { TargetToPlan } from './target-to-plan.ts';

/** Whether it hasn't been stale for long enough yet. */
export function isInGrace(
  of: Pick<PlannedRemoval, 'kind' | 'ageDays' | 'staleSince'>,
  { policy, now }: Pick<TargetToPlan, 'policy' | 'now'>,
): boolean {
  const unusedDays = unusedDaysOf(policy, of);
  if (unusedDays === 0) return false;
  const graceEnds = Date.parse(of.staleSince) + unusedDays * DAY_MS;
  return !(graceEnds <= now.getTime());
}

/** The grace of this one, where it isn't the policy's own. */
export function ownGraceDays(
  of: Pick<PlannedRemoval, 'kind' | 'ageDays'>,
  { policy }: Pick<TargetToPlan, 'policy'>,
): number | undefined {
  const days = unusedDaysOf(policy, of);
  return days === policy.graceDays ? undefined : days;
}
