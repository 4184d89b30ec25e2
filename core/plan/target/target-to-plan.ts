import type { History } from '../../history/history.ts';
import type { Limits, Policy } from '../../input/input.ts';
import type { Finding } from '../../model/verdict.ts';
import type { RulesByKind } from '../../outcome/kind-rules.ts';
import type { TargetOutcome } from '../../outcome/outcome.ts';
import type { PlannedRemoval } from '../plan.ts';

/** What decides about the removals of one target. */
export interface TargetToPlan {
  readonly outcome: TargetOutcome;
  /** Of all targets of its account, this one included. */
  readonly accountOutcomes: readonly TargetOutcome[];
  readonly staleFindings: Iterable<Finding>;
  /** Of this target, after this look; what it lacks is seen stale for the first time. */
  readonly history: History;
  /** The one that holds in the target's account. */
  readonly policy: Policy;
  readonly limits: Limits;
  readonly rules: RulesByKind;
  /** The kinds that something may be removed of. */
  readonly remove: readonly string[];
  /** What some other account refers to in this Region can't be believed. */
  readonly isOthersUseUnknown?: boolean;
  /** The named plan's removals in this target; undefined when no plan is named. */
  readonly namedRemovals?: readonly PlannedRemoval[] | undefined;
  readonly now: Date;
}
