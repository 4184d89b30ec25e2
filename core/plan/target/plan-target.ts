import { limitsOfKind } from '../../input/input.ts';
import { policyOfKind } from '../../input/of-kind.ts';
import { groupsByKey } from '../../model/group-by.ts';
import { kindsToldOf } from '../../outcome/kind-look.ts';
import type { TargetOutcome } from '../../outcome/outcome.ts';
import type { HeldRemoval, PlannedRemoval } from '../plan.ts';
import { holdCopiesOfLeaving } from './copies-of-leaving.ts';
import { draftKind } from './draft-kind.ts';
import type { TargetToPlan } from './target-to-plan.ts';
import { withinLimit } from './within-limit.ts';

export interface TargetPlan {
  readonly removals: PlannedRemoval[];
  readonly held: HeldRemoval[];
  /**
   * The kinds of which nothing can be removed there, whatever is found: they don't count in the
   * percentage over all targets, or one account's waste would keep all others' from being removed.
   */
  readonly heldKinds?: Pick<TargetOutcome, 'accountId' | 'region'> & {
    readonly kinds: readonly string[];
  };
}

/**
 * What may be removed in one target and what is held back with every reason that applies, kind by
 * kind: what one holds doesn't hold another, and none takes another's room. Only the copies of
 * what goes stay for another kind's sake. Of each the oldest go first, and the limit on numbers
 * counts what nothing else holds. Of a kind that is only reported nothing is planned, and nothing
 * held.
 */
export function planTarget(target: TargetToPlan): TargetPlan {
  const listed = groupsByKey(target.staleFindings, ({ kind }) => kind);
  const kinds = new Set([...kindsToldOf(target.outcome), ...listed.keys()]);
  const drafted = [...kinds].flatMap((kind) => {
    const rules = target.rules.get(kind);
    const [first, ...later] = rules?.steps ?? [];
    if (rules === undefined || first === undefined) return [];
    const steps = [first, ...later] as const;
    const policy = policyOfKind(target.policy, kind);
    const limits = limitsOfKind(target.limits, kind);
    const here = { ...target, policy, limits };
    return [draftKind(here, kind, { ...rules, steps }, listed.get(kind) ?? [])];
  });
  holdCopiesOfLeaving(drafted, listed, target);
  const plans = drafted.map(({ kind, isHeld, drafts, tooStale, limits }) => {
    return { kind, isHeld, ...withinLimit(drafts, tooStale, limits) };
  });
  const heldKinds = plans.filter(({ isHeld }) => isHeld).map(({ kind }) => kind);
  const { accountId, region } = target.outcome;
  return {
    removals: plans.flatMap(({ removals }) => removals),
    held: plans.flatMap(({ held }) => held),
    ...(heldKinds.length > 0 && { heldKinds: { accountId, region, kinds: heldKinds } }),
  };
}
