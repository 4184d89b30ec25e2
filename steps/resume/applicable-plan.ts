import type { Store } from '../../store/store.ts';
import { clocksInWords } from '../../core/model/clock-difference.ts';
import { verifyPlan } from '../../core/plan/digest.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { Seal } from '../../core/model/seal.ts';
import { Plan } from '../../core/plan/plan.ts';
import { isSealedBy } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import { parseJson } from '../../store/stored-json.ts';

/**
 * @param seal that of the execution, by which it is told whether Plan wrote it; null: nobody can tell
 * @throws {InvalidInput} unless that execution left a plan that may be applied
 */
export async function readApplicable(
  store: Store,
  planOf: string,
  seal: Seal | null,
): Promise<Plan> {
  const key = keysOf(planOf).plan;
  const stored = await store.get(key);
  const accepted = 'accepted: an execution that left a plan with status READY or PREVIEW';
  if (stored === undefined) {
    throw new InvalidInput(
      `input.plan: "${planOf}" – ${accepted}; there is no ${store.locationOf(key)}`,
    );
  }
  const plan = Plan.safeParse(parseJson(stored.body));
  if (!plan.success || !verifyPlan(plan.data)) {
    throw new InvalidInput(`input.plan: "${planOf}" – ${accepted}; its digest doesn't match`);
  }
  if (!isSealedBy(seal, key, stored.body)) {
    throw new InvalidInput(
      `input.plan: "${planOf}" – ${accepted}; its seal doesn't match: somebody changed it, an earlier version made it, or it was sealed with another key`,
    );
  }
  if (plan.data.clock !== undefined) {
    throw new InvalidInput(
      `input.plan: "${planOf}" – ${accepted}, made with the right time; ${clocksInWords(plan.data.clock)}`,
    );
  }
  if (plan.data.status !== 'READY' && plan.data.status !== 'PREVIEW') {
    throw new InvalidInput(`input.plan: "${planOf}" – ${accepted}; it is ${plan.data.status}`);
  }
  return plan.data;
}
