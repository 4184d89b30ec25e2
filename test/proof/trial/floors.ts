import fc from 'fast-check';
import type { Floors } from '../../../core/floors/floors.ts';
import type { FunctionName } from '../../../statemachine/contracts.ts';
import { SKIPPABLE } from '../laws/sights.ts';
import type { Step } from './trial.ts';
import type { VolumePolicyShape } from './volumes.ts';

/** What the deployment sets while an execution runs, and what its input says to it. */
export interface FloorsShape {
  readonly first: Floors;
  /** Who deploys sets more, just before that function is called first. */
  readonly raised: { readonly from: FunctionName; readonly by: Floors } | null;
  /** What the input leaves to its defaults. */
  readonly unnamed: readonly string[];
}

/** What is looked at in an execution, by the floors that held then. */
export type Moment = 'scan' | 'plan' | 'removal';

const most = (value: number) => oftenFirst<number | undefined>(undefined, value);

const anyFloors: fc.Arbitrary<Floors> = fc
  .record({
    approval: oftenFirst<Floors['approval']>('none', 'required'),
    requireUndo: fc.boolean(),
    minAgeDays: oftenFirst(0, 30, 300),
    graceDays: oftenFirst(0, 7),
    keepLastCopy: fc.boolean(),
    skippableSources: oftenFirst<readonly string[]>(SKIPPABLE, SKIPPABLE.slice(1), []),
    maxRemovalsPerTarget: most(2),
    maxRemovalsPerAccount: most(4),
    maxRemovals: most(3),
    maxStalePercent: most(40),
    maxStalePercentPerAccount: most(40),
    maxStalePercentOverall: most(40),
    maxPlanAgeDays: most(1),
    minReferencePercent: most(50),
  })
  .map((floors) => JSON.parse(JSON.stringify(floors)) as Floors);

/** So that something is left to be forbidden by what is raised. */
const NONE: Floors = {
  approval: 'none',
  ...{ requireUndo: false, keepLastCopy: false, minAgeDays: 0, graceDays: 0 },
  skippableSources: [...SKIPPABLE],
};

/** So that nothing else keeps what this one has to. */
const oneFloor = fc
  .constantFrom<Partial<Floors>>(
    { approval: 'required' },
    { approval: 'required' },
    { approval: 'required' },
    { maxRemovals: 1 },
    { maxRemovalsPerAccount: 1 },
    { maxRemovalsPerTarget: 1 },
    { maxStalePercentOverall: 30 },
    { graceDays: 7 },
    { minAgeDays: 300 },
    { keepLastCopy: true },
    { requireUndo: true },
  )
  .map((floor): Floors => ({ ...NONE, ...floor }));

const raised = fc.record({
  from: fc.constantFrom<FunctionName>(
    'DiscoverTargetFunctionArn',
    'PlanFunctionArn',
    'RemovePlannedFunctionArn',
    'RemovePlannedFunctionArn',
  ),
  by: fc.oneof({ weight: 3, arbitrary: oneFloor }, { weight: 1, arbitrary: anyFloors }),
});

/** The step under a deployment's floors. */
export function withFloors(step: fc.Arbitrary<Step>): fc.Arbitrary<Step> {
  return fc
    .record({
      step,
      first: fc.oneof(fc.constant(NONE), anyFloors),
      raised: fc.option(raised, { freq: 2 }),
      isBelow: oftenFirst(false, true),
      says: oftenFirst<Step['approval']>('yes', 'no', 'nobody is there'),
    })
    .map(({ step: asked, isBelow, says, ...floors }) => {
      const shape = { ...floors, unnamed: [] };
      return isBelow ? { ...asked, floors: shape } : above(asked, shape, says);
    });
}

const DEFAULTS = {
  minAgeDays: 30,
  graceDays: 14,
  allowLastCopy: false,
  requireUndo: true,
  skipReferences: [],
  maxRemovalsPerTarget: 500,
  maxRemovalsPerAccount: 1000,
  maxRemovals: 5000,
  maxStalePercent: 80,
  maxStalePercentPerAccount: 80,
  maxStalePercentOverall: 80,
  minReferencePercent: 50,
} as const;

/** What would be below a floor is left to its default, and is what that makes of it. */
function above(step: Step, shape: FloorsShape, says: Step['approval']): Step {
  const { first } = shape;
  const unnamed: string[] = [];
  const heldBy = <T extends Record<string, unknown>>(values: T, raise: (of: T) => T): T => {
    const held = raise(values);
    const below = Object.keys(values).filter((key) => differ(values[key], held[key]));
    unnamed.push(...below);
    const defaults = Object.fromEntries(below.map((key) => [key, DEFAULTS[key as never]]));
    return raise({ ...values, ...defaults });
  };
  const policy = heldBy(step.policy, (of) => policyUnder(of, first));
  const limits = heldBy(step.limits, (of) => limitsUnder(of, first));
  const isAsked = step.mode === 'delete' && first.approval === 'required';
  if (isAsked) unnamed.push('approval');
  return {
    ...step,
    policy,
    limits,
    override: step.override && {
      ...step.override,
      policy: pickOf(
        policyUnder({ ...policy, ...step.override.policy }, first),
        step.override.policy,
      ),
      ...(step.override.ofVolumes && {
        ofVolumes: pickOf(
          volumePolicyUnder({ ...step.ofVolumes, ...step.override.ofVolumes }, first),
          step.override.ofVolumes,
        ),
      }),
    },
    // The kind's own keys are said as they may be.
    ofVolumes: volumePolicyUnder(step.ofVolumes, first),
    approval: isAsked && step.approval === 'not asked' ? says : step.approval,
    floors: { ...shape, unnamed },
  };
}

function pickOf<T extends object>(values: T, keys: object): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in keys)) as Partial<T>;
}

function differ(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

/** Not the product's own words for it: a proof that asks the accused proves nothing. */
function policyUnder<P extends Step['policy']>(policy: P, floors: Floors): P {
  return {
    ...policy,
    minAgeDays: policy.minAgeDays < floors.minAgeDays ? floors.minAgeDays : policy.minAgeDays,
    graceDays: policy.graceDays < floors.graceDays ? floors.graceDays : policy.graceDays,
    allowLastCopy: floors.keepLastCopy ? false : policy.allowLastCopy,
    requireUndo: floors.requireUndo ? true : policy.requireUndo,
    skipReferences: policy.skipReferences.filter((one) =>
      floors.skippableSources.some((skippable) => skippable === one),
    ),
  };
}

/** The same of what a policy says of volumes alone. */
function volumePolicyUnder(of: VolumePolicyShape, floors: Floors): VolumePolicyShape {
  const { minUnattachedDays: days } = of;
  const mayLookOnly = floors.skippableSources.includes('volume-metrics');
  return {
    ...of,
    minUnattachedDays: days < floors.graceDays ? floors.graceDays : days,
    allowNoCopy: floors.keepLastCopy ? false : of.allowNoCopy,
    volumeEvidence: mayLookOnly ? of.volumeEvidence : 'metrics',
  };
}

function limitsUnder(limits: Step['limits'], floors: Floors): Step['limits'] {
  const { minReferencePercent, ...mosts } = limits;
  const lowered = Object.entries(mosts).map(([name, value]) => {
    const floor = floors[name as keyof typeof mosts];
    return [name, floor !== undefined && floor < value ? floor : value];
  });
  const least = floors.minReferencePercent ?? 0;
  return {
    ...(Object.fromEntries(lowered) as typeof mosts),
    minReferencePercent: minReferencePercent < least ? least : minReferencePercent,
  };
}

/** All floors that hold at a moment of the execution. */
function floorsAt({ floors }: Step, moment: Moment): readonly Floors[] {
  if (floors === null) return [];
  const { first, raised: more } = floors;
  const isThere =
    more !== null &&
    (moment === 'removal' || (moment === 'plan' && more.from !== 'RemovePlannedFunctionArn'));
  return isThere ? [first, more.by] : [first];
}

/** As who deploys sets them then, strictest of all. */
export function allFloors(step: Step, moment: Moment): Floors {
  const [first, ...others] = floorsAt(step, moment);
  if (first === undefined) throw new Error('the step has no floors');
  return others.reduce(bothFloors, first);
}

function bothFloors(a: Floors, b: Floors): Floors {
  const { minReferencePercent: _least, ...mosts } = { ...a, ...b };
  const least = [a, b].flatMap(({ minReferencePercent }) => minReferencePercent ?? []);
  const lowest = Object.keys(mosts)
    .filter((name) => name.startsWith('max'))
    .map((name) => [
      name,
      Math.min(a[name as 'maxRemovals'] ?? Infinity, b[name as 'maxRemovals'] ?? Infinity),
    ]);
  return {
    ...mosts,
    ...Object.fromEntries(lowest),
    approval: [a, b].some(({ approval }) => approval === 'required') ? 'required' : 'none',
    requireUndo: a.requireUndo || b.requireUndo,
    minAgeDays: Math.max(a.minAgeDays, b.minAgeDays),
    graceDays: Math.max(a.graceDays, b.graceDays),
    keepLastCopy: a.keepLastCopy || b.keepLastCopy,
    skippableSources: a.skippableSources.filter((name) => b.skippableSources.includes(name)),
    ...(least.length > 0 && { minReferencePercent: Math.max(...least) }),
  };
}

export function policyAt<P extends Step['policy']>(step: Step, policy: P, moment: Moment): P {
  return floorsAt(step, moment).reduce(policyUnder, policy);
}

export function volumePolicyAt(
  step: Step,
  policy: VolumePolicyShape,
  moment: Moment,
): VolumePolicyShape {
  return floorsAt(step, moment).reduce(volumePolicyUnder, policy);
}

export function limitsAt(step: Step, moment: Moment): Step['limits'] {
  return floorsAt(step, moment).reduce(limitsUnder, step.limits);
}

export function isApprovalRequiredAt(step: Step, moment: Moment): boolean {
  return floorsAt(step, moment).some(({ approval }) => approval === 'required');
}

/** The days after which no plan is carried out. */
export function planAgeDaysAt(step: Step, moment: Moment): number {
  const days = floorsAt(step, moment).flatMap(({ maxPlanAgeDays }) => maxPlanAgeDays ?? []);
  return Math.min(7, ...days);
}

/** Whether the input names what is below a floor. */
export function namesBelow(step: Step): boolean {
  if (step.floors === null) return false;
  const { first, unnamed } = step.floors;
  const override = { ...step.policy, ...step.override?.policy };
  const isBelow = (values: object, held: object) =>
    Object.keys(values).some(
      (key) => !unnamed.includes(key) && differ(values[key as never], held[key as never]),
    );
  return (
    isBelow(step.policy, policyUnder(step.policy, first)) ||
    (step.override !== null &&
      Object.keys(step.override.policy).some((key) =>
        differ(override[key as never], policyUnder(override, first)[key as never]),
      )) ||
    isBelow(step.limits, limitsUnder(step.limits, first)) ||
    areVolumesBelow(step, first) ||
    (step.mode === 'delete' &&
      first.approval === 'required' &&
      step.approval === 'not asked' &&
      !unnamed.includes('approval'))
  );
}

function areVolumesBelow({ ofVolumes, override }: Step, floors: Floors): boolean {
  const overridden = { ...ofVolumes, ...override?.ofVolumes };
  return [ofVolumes, overridden].some((one) => differ(one, volumePolicyUnder(one, floors)));
}

/** The first in two of three cases. */
function oftenFirst<T>(first: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(first) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}
