import { DAY_MS } from '../model/age.ts';
import { InvalidInput, PlanTooOld } from '../model/errors.ts';
import type { Plan } from './plan.ts';

/** What `limits.maxPlanAgeDays` may say without a floor. */
export const MOST_PLAN_AGE_DAYS = 90;

/**
 * A plan tells what was true when it was made. What is older than `maxDays` is made anew instead of
 * carried out.
 *
 * @throws {PlanTooOld}
 */
export function refuseOldPlan(plan: Plan, maxDays: number, now: Date): void {
  if (!isOlder(plan, maxDays, now)) return;
  throw new PlanTooOld(
    `plan.json of ${plan.executionId} was made at ${plan.createdAt}; limits.maxPlanAgeDays allows ${maxDays} days`,
  );
}

/**
 * As `refuseOldPlan`, of a plan that an input names.
 *
 * @param age what the input allows, and the most that it may allow
 * @throws {InvalidInput}
 */
export function refuseOldNamedPlan(
  plan: Plan,
  age: { readonly days: number; readonly most: number },
  now: Date,
): void {
  const { days: maxDays, most } = age;
  if (!isOlder(plan, maxDays, now)) return;
  throw new InvalidInput(
    `input.plan: "${plan.executionId}" – accepted: an execution whose plan is at most ${maxDays} days old ` +
      `(limits.maxPlanAgeDays, 1 to ${most}); it was made at ${plan.createdAt}. Start a new report, and apply its plan`,
  );
}

function isOlder({ createdAt }: Plan, maxDays: number, now: Date): boolean {
  return !(now.getTime() - Date.parse(createdAt) <= maxDays * DAY_MS);
}
