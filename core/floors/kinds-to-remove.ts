import { z } from 'zod';
import { fault } from '../input/bad-input.ts';
import type { ExecutionInput } from '../input/input.ts';
import { InvalidInput } from '../model/errors.ts';
import type { Plan } from '../plan/plan.ts';

/** Those of the kinds that a deployment removes at all. */
export function kindsAtMost(remove: readonly string[], deployed: readonly string[]): string[] {
  return remove.filter((kind) => deployed.includes(kind));
}

/** What bounds the kinds. */
interface Bounds {
  /** `deletion.kinds` of the deployment. */
  readonly deployed: readonly string[];
  /** The plan that is applied: nothing else can be removed. */
  readonly namedPlan?: Pick<Plan, 'removals'> | null;
  /** What the input is called in messages. */
  readonly root?: string;
}

/**
 * The kinds that delete mode may remove something of. What the input left to its default are those
 * of the plan that it names, and is bounded by the deployment.
 *
 * @param asked as it was given, before defaults were filled in
 * @throws {InvalidInput} naming each kind that the input names and the deployment doesn't
 */
export function kindsToRemove(
  { remove }: Pick<ExecutionInput, 'remove'>,
  asked: unknown,
  { deployed, namedPlan = null, root = 'input' }: Bounds,
): string[] {
  if (Asked.parse(asked ?? {}).remove === undefined)
    return kindsAtMost(kindsOf(namedPlan) ?? remove, deployed);
  const atMost = kindsAtMost(remove, deployed);
  const accepted = deployed.map((kind) => `"${kind}"`).join(', ') || 'none';
  const faults = [...remove.entries()]
    .filter(([, kind]) => !atMost.includes(kind))
    .map(([index, kind]) =>
      fault(`${root}.remove[${index}]`, kind, `${accepted} (deletion.kinds of this deployment)`),
    );
  if (faults.length > 0) throw new InvalidInput(faults.join('; '));
  return atMost;
}

/** None where the plan has nothing: then there is nothing to say of which kind. */
function kindsOf(plan: Bounds['namedPlan']): string[] | undefined {
  const kinds = [...new Set(plan?.removals.map(({ kind }) => kind))];
  return kinds.length === 0 ? undefined : kinds;
}

const Asked = z.looseObject({ remove: z.unknown().optional() });
