import { z } from 'zod';
import { fault } from '../input/bad-input.ts';
import { InvalidInput } from '../model/errors.ts';
import type { Plan, PlannedRemoval } from '../plan/plan.ts';
import type { Policies } from '../input/policy-for.ts';
import {
  Approval,
  days,
  type ExecutionInput,
  type Limits,
  limitKeys,
  type Policy,
} from '../input/input.ts';

/**
 * What a deployment sets and no execution input gets below. Ages and grace in days. A limit that
 * isn't named has no floor.
 */
export const Floors = floors(z.string());
export type Floors = z.infer<typeof Floors>;

/** @param source the reference sources that `skippableSources` may name */
export function floors<S extends z.ZodType<string>>(source: S) {
  return z.strictObject({
    approval: Approval.default('none').describe(
      '"required": nothing is deleted before a person has approved the plan.',
    ),
    requireUndo: z
      .boolean()
      .default(true)
      .describe(
        'Only what can be restored is deleted: what an available Recycle Bin rule will retain.',
      ),
    minAgeDays: days.default(0).describe('The least `policy.minAgeDays`.'),
    graceDays: days.default(0).describe('The least `policy.graceDays`.'),
    keepLastCopy: z
      .boolean()
      .default(false)
      .describe('The last snapshot of a volume is never deleted.'),
    skippableSources: z
      .array(source)
      .default([])
      .describe('What `policy.skipReferences` may name; none: nothing.'),
    maxRemovalsPerTarget: limitKeys.maxRemovalsPerTarget
      .optional()
      .describe(
        'The most that an input may name for `limits.maxRemovalsPerTarget`; none: as much as it likes.',
      ),
    maxRemovalsPerAccount: limitKeys.maxRemovalsPerAccount
      .optional()
      .describe(
        'The most that an input may name for `limits.maxRemovalsPerAccount`; none: as much as it likes.',
      ),
    maxRemovals: limitKeys.maxRemovals
      .optional()
      .describe(
        'The most that an input may name for `limits.maxRemovals`; none: as much as it likes.',
      ),
    maxStalePercent: limitKeys.maxStalePercent
      .optional()
      .describe(
        'The most that an input may name for `limits.maxStalePercent`; none: as much as it likes.',
      ),
    maxStalePercentPerAccount: limitKeys.maxStalePercentPerAccount
      .optional()
      .describe(
        'The most that an input may name for `limits.maxStalePercentPerAccount`; none: as much as it likes.',
      ),
    maxStalePercentOverall: limitKeys.maxStalePercentOverall
      .optional()
      .describe(
        'The most that an input may name for `limits.maxStalePercentOverall`; none: as much as it likes.',
      ),
    maxPlanAgeDays: limitKeys.maxPlanAgeDays
      .optional()
      .describe(
        'The most that an input may name for `limits.maxPlanAgeDays`; none: as much as it likes.',
      ),
    minReferencePercent: limitKeys.minReferencePercent
      .optional()
      .describe('The least that an input may name for `limits.minReferencePercent`; none: 0.'),
  });
}

/** Of a run with the caller's own credentials: nobody deployed it, and nobody set any. */
export function noFloors(skippable: readonly string[]): Floors {
  return {
    approval: 'none',
    requireUndo: false,
    minAgeDays: 0,
    graceDays: 0,
    keepLastCopy: false,
    skippableSources: [...skippable],
  };
}

/** The policy, with nothing in it below a floor. */
export function policyAtLeast(policy: Policy, floor: Floors): Policy {
  return {
    ...policy,
    minAgeDays: Math.max(policy.minAgeDays, floor.minAgeDays),
    graceDays: Math.max(policy.graceDays, floor.graceDays),
    allowLastCopy: policy.allowLastCopy && !floor.keepLastCopy,
    requireRecycleBin: policy.requireRecycleBin || floor.requireUndo,
    skipReferences: policy.skipReferences.filter((name) => floor.skippableSources.includes(name)),
  };
}

/** The policies of all accounts, with nothing in them below a floor. */
export function policiesAtLeast({ policy, policies }: Policies, floor: Floors): Policies {
  const raised = Object.entries(policies).map(([id, own]) => [id, policyAtLeast(own, floor)]);
  return { policy: policyAtLeast(policy, floor), policies: Object.fromEntries(raised) };
}

/** The limits, with none of them looser than its floor. */
export function limitsAtLeast(limits: Limits, floor: Floors): Limits {
  const entries = LIMIT_NAMES.map((name) => [name, stricter(name, limits[name], floor[name])]);
  return Object.fromEntries(entries) as Limits;
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
  target: Pick<PlannedRemoval, 'accountId' | 'region'>,
  floor: Floors,
): boolean {
  const ofAccount = plan.removals.filter(({ accountId }) => accountId === target.accountId);
  const inTarget = ofAccount.filter(({ region }) => region === target.region);
  const isOver = (most: number | undefined, { length }: readonly PlannedRemoval[]) =>
    most !== undefined && length > most;
  const skipped = [scanned.policy, ...Object.values(scanned.policies)].flatMap(
    ({ skipReferences }) => skipReferences,
  );
  return (
    isOver(floor.maxRemovals, plan.removals) ||
    isOver(floor.maxRemovalsPerAccount, ofAccount) ||
    isOver(floor.maxRemovalsPerTarget, inTarget) ||
    SHARES.some((name) => plan.limits[name] !== stricter(name, plan.limits[name], floor[name])) ||
    skipped.some((name) => !floor.skippableSources.includes(name))
  );
}

type Given = Pick<ExecutionInput, 'mode' | 'approval' | 'policy' | 'policyOverrides' | 'limits'>;

/**
 * The input with what it left to its defaults raised to the floors.
 *
 * @param asked as it was given, before defaults were filled in
 * @param root what the input is called in messages
 * @throws {InvalidInput} naming each value that is below a floor, and the floor
 */
export function raiseToFloors<I extends Given>(
  input: I,
  asked: unknown,
  floor: Floors,
  root = 'input',
): I {
  const faults = [...faultsBelow(input, asked, floor, root)];
  if (faults.length > 0) throw new InvalidInput(faults.join('; '));
  return {
    ...input,
    approval: approvalAtLeast(input, floor),
    policy: policyAtLeast(input.policy, floor),
    limits: limitsAtLeast(input.limits, floor),
  };
}

const LIMIT_NAMES = Object.keys(limitKeys) as (keyof Limits)[];
/** Of what was seen; a plan lists only what it removes. */
const SHARES = [
  'maxStalePercent',
  'maxStalePercentPerAccount',
  'maxStalePercentOverall',
  'minReferencePercent',
] as const satisfies readonly (keyof Limits)[];
/** Of all others, the smaller one is the stricter. */
const LARGER_IS_STRICTER: ReadonlySet<keyof Limits> = new Set(['minReferencePercent']);

function stricter(name: keyof Limits, value: number, floor: number | undefined): number {
  if (floor === undefined) return value;
  return LARGER_IS_STRICTER.has(name) ? Math.max(value, floor) : Math.min(value, floor);
}

/** What names keys at all; the values are those of the parsed input. */
const Asked = z.looseObject({
  approval: z.unknown().optional(),
  policy: z.record(z.string(), z.unknown()).default({}),
  limits: z.record(z.string(), z.unknown()).default({}),
});

function* faultsBelow(
  input: Given,
  asked: unknown,
  floor: Floors,
  root: string,
): Generator<string> {
  const named = Asked.parse(asked ?? {});
  const isApproved = input.approval === approvalAtLeast(input, floor);
  if (named.approval !== undefined && !isApproved) {
    yield fault(`${root}.approval`, input.approval, `"required" ${because('approval')}`);
  }
  yield* faultsOfPolicy(pick(input.policy, named.policy), floor, `${root}.policy`);
  for (const [index, { policy }] of input.policyOverrides.entries()) {
    yield* faultsOfPolicy(policy, floor, `${root}.policyOverrides[${index}].policy`);
  }
  for (const name of LIMIT_NAMES) {
    const value = input.limits[name];
    const least = stricter(name, value, floor[name]);
    if (!(name in named.limits) || value === least) continue;
    const accepted = LARGER_IS_STRICTER.has(name) ? `${least} or more` : `at most ${least}`;
    yield fault(`${root}.limits.${name}`, value, `${accepted} ${because(name)}`);
  }
}

function pick(policy: Policy, named: Readonly<Record<string, unknown>>): Partial<Policy> {
  return Object.fromEntries(Object.entries(policy).filter(([key]) => key in named));
}

type PolicyChange = Given['policyOverrides'][number]['policy'];

function* faultsOfPolicy(policy: PolicyChange, floor: Floors, path: string): Generator<string> {
  for (const name of ['minAgeDays', 'graceDays'] as const) {
    const value = policy[name];
    if (value === undefined || value >= floor[name]) continue;
    yield fault(`${path}.${name}`, value, `${floor[name]} or more ${because(name)}`);
  }
  if (policy.allowLastCopy === true && floor.keepLastCopy) {
    yield fault(`${path}.allowLastCopy`, true, `false ${because('keepLastCopy')}`);
  }
  if (policy.requireRecycleBin === false && floor.requireUndo) {
    yield fault(`${path}.requireRecycleBin`, false, `true ${because('requireUndo')}`);
  }
  const { skippableSources } = floor;
  for (const [index, name] of (policy.skipReferences ?? []).entries()) {
    if (skippableSources.includes(name)) continue;
    const list = skippableSources.map((source) => `"${source}"`).join(', ') || 'none';
    yield fault(`${path}.skipReferences[${index}]`, name, `${list} ${because('skippableSources')}`);
  }
}

/** Where who deploys may change it. */
function because(key: keyof Floors): string {
  return `(deletion.floors.${key} of this deployment)`;
}
