import {
  type Approval,
  type ExecutionInput,
  isLooserLimit,
  type LimitKey,
  limitKeys,
  type Limits,
  type Policy,
} from '../input/input.ts';
import type { OwnFloors } from '../input/own-floors.ts';
import type { Policies } from '../input/policy-for.ts';
import type { Plan, PlannedRemoval } from '../plan/plan.ts';
import type { Floors } from './floors.ts';
import { ownKeysAtLeast } from './own-keys-at-least.ts';
import { groupBy } from '../model/group-by.ts';
import type { TargetRef } from '../model/target.ts';

/**
 * The policy, with nothing in it below a floor.
 *
 * @param own what the kinds say of their own keys
 */
export function policyAtLeast(policy: Policy, floor: Floors, own: OwnFloors): Policy {
  const kinds = ownKeysAtLeast(policy.kinds, floor, own);
  return {
    ...policy,
    minAgeDays: Math.max(policy.minAgeDays, floor.minAgeDays),
    graceDays: Math.max(policy.graceDays, floor.graceDays),
    allowLastCopy: policy.allowLastCopy && !floor.keepLastCopy,
    requireUndo: policy.requireUndo || floor.requireUndo,
    allowRecreation: floor.requireUndo ? [] : policy.allowRecreation,
    allowIrreversible: floor.requireUndo ? [] : policy.allowIrreversible,
    skipReferences: policy.skipReferences.filter((name) => floor.skippableSources.includes(name)),
    ...(kinds && { kinds }),
  };
}

/** The policies of all accounts, with nothing in them below a floor. */
export function policiesAtLeast(
  { policy, policies }: Policies,
  floor: Floors,
  own: OwnFloors,
): Policies {
  const raised = Object.entries(policies).map(([id, ofAccount]) => [
    id,
    policyAtLeast(ofAccount, floor, own),
  ]);
  return { policy: policyAtLeast(policy, floor, own), policies: Object.fromEntries(raised) };
}

/** The limits, with none of them looser than its floor. */
export function limitsAtLeast(limits: Limits, floor: Floors): Limits {
  const entries = LIMIT_NAMES.map((name) => [name, stricter(name, limits[name], floor[name])]);
  return { ...limits, ...(Object.fromEntries(entries) as Omit<Limits, 'kinds'>) };
}

/** Only removals are approved, so a report is never waited for. */
export function approvalAtLeast(
  { mode, approval }: Pick<ExecutionInput, 'mode' | 'approval'>,
  floor: Floors,
): Approval {
  return mode === 'delete' && floor.approval === 'required' ? 'required' : approval;
}

/**
 * Whether a plan is of a size, or was made in a way, that the floors forbid by now: then nothing of
 * it is carried out in that account and Region. What a plan alone can't tell any more, the
 * percentages and the sources that were not asked, goes by what they were allowed to be.
 *
 * @param scanned the policies that the scan went by
 */
export function isPlanBelow(
  plan: Pick<Plan, 'limits' | 'removals'>,
  scanned: Policies,
  target: TargetRef,
  floor: Floors,
): boolean {
  const ofAccount = plan.removals.filter(({ accountId }) => accountId === target.accountId);
  const inTarget = ofAccount.filter(({ region }) => region === target.region);
  const isOver = (most: number | undefined, { length }: readonly PlannedRemoval[]) =>
    most !== undefined && length > most;
  // As the plan's own limits, these count each kind by itself.
  const isAnyOver = (most: number | undefined, removals: readonly PlannedRemoval[]) =>
    groupBy(removals, ({ kind }) => kind).some((ofKind) => isOver(most, ofKind));
  const skipped = [scanned.policy, ...Object.values(scanned.policies)].flatMap(
    ({ skipReferences }) => skipReferences,
  );
  return (
    isOver(floor.maxRemovals, plan.removals) ||
    isAnyOver(floor.maxRemovalsPerAccount, ofAccount) ||
    isAnyOver(floor.maxRemovalsPerTarget, inTarget) ||
    SHARES.some((name) => plan.limits[name] !== stricter(name, plan.limits[name], floor[name])) ||
    skipped.some((name) => !floor.skippableSources.includes(name))
  );
}

const LIMIT_NAMES = Object.keys(limitKeys) as LimitKey[];
/** Of what was seen; a plan lists only what it removes. */
const SHARES = [
  'maxStalePercent',
  'maxStalePercentPerAccount',
  'maxStalePercentOverall',
  'minReferencePercent',
] as const satisfies readonly LimitKey[];

function stricter(name: LimitKey, value: number, floor: number | undefined): number {
  return floor !== undefined && isLooserLimit(name, value, floor) ? floor : value;
}
