import fc from 'fast-check';
import { POLICY } from '../../../kinds/ebs-volume/policy.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { VOLUME_ACTS, type VolumeAct } from '../volumes/acts.ts';
import { oftenFirst } from './often-first.ts';
import type { FaultShape, Step } from './trial.ts';

const BOTH = ['ebs-volume', 'ebs-snapshot'] as const;
export type KindToRemove = (typeof BOTH)[number];

/** What a policy says of volumes alone. */
export interface VolumePolicyShape {
  readonly minUnattachedDays: number;
  readonly finalCopy: 'ifNoCopy' | 'always' | 'never';
  readonly allowNoCopy: boolean;
  readonly volumeEvidence: 'metrics' | 'history';
}

/** What another user does to volumes, just before the call of that number is answered. */
export interface VolumeActShape {
  readonly operation: string;
  readonly call: number;
  readonly target: number;
  readonly kind: VolumeAct;
  /** Position among the volumes that it can be done to. */
  readonly victim: number;
}

/** As it is where nobody looks at volumes: what is removed without being asked. */
export const WITHOUT_VOLUMES: Pick<Step, 'remove' | 'ofVolumes' | 'volumeActs'> = {
  remove: ['ebs-snapshot'],
  ofVolumes: {
    ...{ minUnattachedDays: 32, finalCopy: 'ifNoCopy', allowNoCopy: false },
    volumeEvidence: 'metrics',
  },
  volumeActs: [],
};

/** What the kind as it is takes of that: of what is only reported, nothing is asked. */
export function kindsAsked(remove: readonly KindToRemove[]): readonly KindToRemove[] {
  return remove.filter((name) => KINDS.some(({ kind, removal }) => kind === name && removal));
}

const KEYS = Object.keys(POLICY.keys ?? {});

/** As an input has it: the keys that there are. */
export function ownPolicyOf(
  shape: Partial<VolumePolicyShape> | undefined,
  hasVolumes: boolean,
): object {
  const own = Object.entries(shape ?? {}).filter(([key]) => KEYS.includes(key));
  return hasVolumes && own.length > 0 ? { kinds: { 'ebs-volume': Object.fromEntries(own) } } : {};
}

const LOOKS_AT_VOLUMES = [
  'DescribeVolumes',
  'DescribeInstances',
  'DescribeVolumesModifications',
  'DescribeReplaceRootVolumeTasks',
  'GetMetricData',
  'DescribeSnapshots',
];
const CHANGES_OF_VOLUMES = ['CreateTags', 'CreateSnapshot', 'DeleteVolume', 'DeleteSnapshot'];
const OF_THE_BIN = ['ListVolumesInRecycleBin', 'ListRules', 'GetRule'];

const fault: fc.Arbitrary<FaultShape> = fc.record({
  operation: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...LOOKS_AT_VOLUMES) },
    { weight: 4, arbitrary: fc.constantFrom(...CHANGES_OF_VOLUMES) },
    { weight: 1, arbitrary: fc.constantFrom(...OF_THE_BIN) },
  ),
  target: fc.option(fc.nat(3)),
  from: fc.integer({ min: 1, max: 6 }),
  count: fc.constantFrom(1, 1, 2, 4, 1000),
  answer: fc.oneof(
    { weight: 2, arbitrary: fc.constant<FaultShape['answer']>('lost') },
    {
      weight: 3,
      arbitrary: fc.constantFrom<FaultShape['answer']>(
        ...(['deny', 'throttle', 'error', 'reset', 'timeout', 'truncate', 'short', 'scp'] as const),
      ),
    },
  ),
});

const act: fc.Arbitrary<VolumeActShape> = fc.record({
  operation: fc.constantFrom(...LOOKS_AT_VOLUMES, ...CHANGES_OF_VOLUMES, ...CHANGES_OF_VOLUMES),
  call: fc.integer({ min: 1, max: 6 }),
  target: fc.nat(3),
  kind: fc.constantFrom(...VOLUME_ACTS),
  victim: fc.nat(40),
});

const more = fc.record({
  remove: fc.oneof(
    { weight: 6, arbitrary: fc.constant<readonly KindToRemove[]>(BOTH) },
    { weight: 2, arbitrary: fc.constant<readonly KindToRemove[]>(['ebs-volume']) },
    { weight: 1, arbitrary: fc.constant<readonly KindToRemove[]>(['ebs-snapshot']) },
    { weight: 1, arbitrary: fc.constant<readonly KindToRemove[]>([]) },
  ),
  ofVolumes: fc.record({
    minUnattachedDays: oftenFirst(32, 1, 60),
    finalCopy: oftenFirst<VolumePolicyShape['finalCopy']>('ifNoCopy', 'always', 'never'),
    allowNoCopy: oftenFirst(false, true),
    volumeEvidence: oftenFirst<VolumePolicyShape['volumeEvidence']>('metrics', 'history'),
  }),
  overridden: fc.constantFrom<Partial<VolumePolicyShape>>(
    { minUnattachedDays: 60 },
    { finalCopy: 'never' },
    { allowNoCopy: true },
    { volumeEvidence: 'history' },
  ),
  volumeActs: fc.array(act, { maxLength: 6 }),
  // A copy, its volume a day or more after it, the bin's end, and the copy's own.
  daysLater: fc.constantFrom(0, 1, 1, 2, 8, 20, 95, 95),
});

/** Steps of executions that look at both kinds, and remove of both, one or none. */
export function withVolumes(
  step: fc.Arbitrary<Step>,
  crash: fc.Arbitrary<NonNullable<Step['crash']>>,
): fc.Arbitrary<Step> {
  return fc
    .record({
      ...{ step, more, faults: fc.array(fault, { maxLength: 2 }) },
      // Of several executions in a row one often dies.
      died: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: crash }),
    })
    .map(({ step: asked, more: { overridden, ...own }, faults, died }) => ({
      ...asked,
      ...own,
      crash: died ?? asked.crash,
      override: asked.override && { ...asked.override, ofVolumes: overridden },
      // What a report looks at is looked at in the others as well.
      mode: asked.daysLater === 20 ? asked.mode : 'delete',
      // An older plan is refused.
      appliesPlan: asked.appliesPlan && own.daysLater < 7,
      faults: [...asked.faults.slice(0, 1), ...faults],
      acts: asked.acts.slice(0, 2),
    }));
}

/** A copy, its volume a day later, and the copy itself when its days are over. */
const DAYS_OF_A_LIFE = [0, 1, 95, 8, 8];

/**
 * Executions that take volumes through all of their lives, and in which nobody decided otherwise: what
 * AWS, other users and crashes do may still be in the way.
 */
export function wholeLife(steps: readonly Step[]): Step[] {
  return steps.map((step, index) => ({
    ...step,
    mode: 'delete',
    remove: BOTH,
    daysLater: DAYS_OF_A_LIFE[index] ?? 1,
    appliesPlan: false,
    leavesOut: { accounts: [], regions: [] },
    policy: { ...step.policy, minAgeDays: 30, graceDays: 0 },
    ofVolumes: {
      ...step.ofVolumes,
      finalCopy: step.policy.allowLastCopy ? 'ifNoCopy' : 'always',
      minUnattachedDays: 32,
    },
    limits: { ...step.limits, maxRemovalsPerTarget: 500, maxRemovalsPerAccount: 1000 },
    // One is enough to end a life.
    faults: index === 1 ? step.faults.slice(0, 1) : [],
    tampers: 'no',
  }));
}
