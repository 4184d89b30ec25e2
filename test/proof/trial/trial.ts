import fc from 'fast-check';
import { FAULT_ANSWERS } from '../../../simulation/model/fault.ts';
import type { SimFault } from '../../../simulation/model/fault.ts';
import { contracts, type FunctionName } from '../../../statemachine/contracts.ts';
import { SKIPPABLE } from '../laws/sights.ts';
import { type AmiActShape, withAmis } from '../amis/acts.ts';
import type { LeftoverActShape } from '../leftovers/acts.ts';
import { withAllSeen, withLeftovers } from '../leftovers/steps.ts';
import { ACT_KINDS, type ActKind } from './acts.ts';
import {
  type KindToRemove,
  type VolumeActShape,
  type VolumePolicyShape,
  wholeLife,
  WITHOUT_VOLUMES,
  withVolumes,
} from './volumes.ts';
import { type FloorsShape, withFloors } from './floors.ts';
import { forgery, type ForgeryShape } from './forgery.ts';
import type { Crash } from '../run/life.ts';
import { PROTECT_TAGS } from '../laws/needs.ts';
import { oftenFirst } from './often-first.ts';
import type { PlaceName } from './place.ts';
import { wrongClock, type ClockShape } from './wrong-clock.ts';

/**
 * Everything that happens in one history of an organization, as plain JSON: what it holds, which
 * executions run over it, what AWS answers wrongly, and what other users do meanwhile. The same
 * trial always runs in the same way.
 */
export interface Trial {
  readonly organization: OrganizationShape;
  readonly steps: readonly Step[];
  /** Whether all that was removed is restored in the end, and the last policy applied once more. */
  readonly restores: boolean;
  /** So many days after the last execution. */
  readonly restoresAfterDays: number;
}

export interface OrganizationShape {
  readonly seed: number;
  /** In every Region of every account. */
  readonly snapshots: number;
  /** Whether there are volumes besides those that snapshots are of, and orgsweep looks at volumes. */
  readonly volumes: boolean;
  /** Whether there is what AMIs left behind, or seem to have. */
  readonly leftovers: boolean;
  /** Whether there are AMIs by what needs them, and orgsweep looks at AMIs. */
  readonly amis: boolean;
  /** What the Recycle Bin's rule keeps, in every Region of every account. */
  readonly bin: 'nothing' | 'everything' | 'marked' | 'nothing yet';
  /** Of each volume's snapshots one has the first of `PROTECT_TAGS`, another one the second. */
  readonly areTaggedApart: boolean;
  /** The first is the hub. */
  readonly accounts: readonly AccountShape[];
}

export interface AccountShape {
  readonly state: 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE';
  readonly roles: 'PRESENT' | 'MISSING';
  readonly regions: readonly ('enabled' | 'not-opted-in' | 'denied-by-scp')[];
}

/** One execution, and what happens during it. */
export interface Step {
  readonly mode: 'report' | 'delete';
  /** Of which kinds it may remove something. */
  readonly remove: readonly KindToRemove[];
  /** What its policy says of volumes alone. */
  readonly ofVolumes: VolumePolicyShape;
  /** How long after the step before it. */
  readonly daysLater: number;
  readonly policy: {
    readonly minAgeDays: number;
    readonly graceDays: number;
    readonly allowLastCopy: boolean;
    readonly requireUndo: boolean;
    readonly skipReferences: readonly string[];
    readonly protectTags: readonly string[];
  };
  /** Laid over the policy in one account, by its position. */
  readonly override: {
    readonly account: number;
    readonly policy: Partial<Step['policy']> & { readonly neverRemove?: boolean };
    readonly ofVolumes?: Partial<VolumePolicyShape>;
  } | null;
  readonly limits: {
    readonly maxRemovalsPerTarget: number;
    readonly maxRemovalsPerAccount: number;
    readonly maxRemovals: number;
    readonly maxStalePercent: number;
    readonly maxStalePercentPerAccount: number;
    readonly maxStalePercentOverall: number;
    readonly minReferencePercent: number;
  };
  /** Positions in the organization's accounts and in `REGIONS`. */
  readonly leavesOut: { readonly accounts: readonly number[]; readonly regions: readonly number[] };
  /** Whether it removes from the plan of the step before it. */
  readonly appliesPlan: boolean;
  /** Every call takes up to so long. */
  readonly slowestCallMilliseconds: number;
  readonly faults: readonly FaultShape[];
  readonly acts: readonly ActShape[];
  readonly volumeActs: readonly VolumeActShape[];
  readonly leftoverActs: readonly LeftoverActShape[];
  readonly amiActs: readonly AmiActShape[];
  readonly crash: Crash | null;
  /** Somebody changes the plan before the first removal, and may even put the digest right. */
  readonly tampers: 'no' | 'adds' | 'adds-and-signs';
  /** What somebody who may write to the store does to one file meanwhile. */
  readonly forgery: ForgeryShape | null;
  /** How wrong the clock of the machine is that runs orgsweep. */
  readonly clock: ClockShape;
  /** Whether somebody has to approve, and what they say. */
  readonly approval: 'not asked' | 'yes' | 'no' | 'nobody is there';
  /** What the deployment sets; null: nothing. */
  readonly floors: FloorsShape | null;
  /** Another execution at the same time. */
  readonly beside: BesideShape | null;
}

interface BesideShape {
  readonly place: PlaceName;
  readonly secondsLater: number;
  readonly step: Step;
}

/** What else may happen in a trial, besides faults, other users, crashes and changed plans. */
export interface Dimensions {
  readonly writer: boolean;
  readonly pairs: boolean;
  readonly clock: boolean;
  readonly floors: boolean;
  readonly volumes: boolean;
  /** Executions that take volumes through their whole lives. */
  readonly lives: boolean;
  /** What AMIs left behind. */
  readonly leftovers: boolean;
  /** AMIs themselves, with what they left. */
  readonly amis: boolean;
}

export interface FaultShape {
  readonly operation: string;
  /** Position among the targets; null: everywhere. */
  readonly target: number | null;
  readonly from: number;
  readonly count: number;
  readonly answer: SimFault['answer'];
}

/** What another user of the account does, just before the call of that number is answered. */
interface ActShape {
  readonly operation: string;
  readonly call: number;
  readonly target: number;
  readonly kind: ActKind;
  /** Position among the snapshots that nothing needs. */
  readonly victim: number;
}

const LISTINGS = ['DescribeSnapshots', 'DescribeVolumes', 'DescribeInstances', 'DescribeImages'];
/** Of the reference sources beyond those. */
const MORE_LISTINGS = [
  'DescribeFastSnapshotRestores',
  'DescribeLaunchConfigurations',
  'DescribeLaunchTemplateVersions',
  'DescribeLaunchTemplates',
  'DescribeLockedSnapshots',
  'DescribeServices',
  'DescribeSnapshotAttribute',
  'DescribeSnapshotTierStatus',
  'ListClusters',
  'ListImagesInRecycleBin',
  'ListRules',
  'ListServices',
  'ListSnapshotsInRecycleBin',
  'ListVolumes',
  'ListVolumesInRecycleBin',
];
const REMOVALS = ['CreateTags', 'DeleteSnapshot'];
const OF_THE_HUB = ['ListAccounts', 'DescribeRegions', 'AssumeRole', 'GetCallerIdentity'];
const FOREVER = 1000;
const FUNCTION_NAMES = Object.keys(contracts) as FunctionName[];

const account: fc.Arbitrary<AccountShape> = fc.record({
  state: fc.oneof(
    { weight: 8, arbitrary: fc.constant('ACTIVE' as const) },
    { weight: 1, arbitrary: fc.constantFrom('SUSPENDED' as const, 'PENDING_CLOSURE' as const) },
  ),
  roles: oftenFirst<AccountShape['roles']>('PRESENT', 'MISSING'),
  regions: fc
    .tuple(
      fc.constant('enabled' as const),
      fc.option(
        oftenFirst<AccountShape['regions'][number]>('enabled', 'not-opted-in', 'denied-by-scp'),
      ),
    )
    .map(([first, second]) => (second === null ? [first] : [first, second])),
});

export const organization: fc.Arbitrary<OrganizationShape> = fc
  .record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    snapshots: fc.integer({ min: 5, max: 20 }),
    volumes: fc.constant(false),
    leftovers: fc.constant(false),
    amis: fc.constant(false),
    bin: oftenFirst<OrganizationShape['bin']>('marked', 'everything', 'nothing', 'nothing yet'),
    areTaggedApart: fc.constant(false),
    accounts: fc.array(account, { minLength: 1, maxLength: 3 }),
  })
  .map((shape) => ({
    ...shape,
    // The caller's own account is there, and needs no role.
    accounts: shape.accounts.map((one, index) =>
      index === 0 ? { ...one, state: 'ACTIVE', roles: 'PRESENT' } : one,
    ),
  }));

const fault: fc.Arbitrary<FaultShape> = fc.record({
  operation: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...LISTINGS) },
    { weight: 3, arbitrary: fc.constantFrom(...REMOVALS) },
    { weight: 2, arbitrary: fc.constantFrom(...MORE_LISTINGS) },
    { weight: 1, arbitrary: fc.constantFrom(...OF_THE_HUB) },
  ),
  target: fc.option(fc.nat(3)),
  from: fc.integer({ min: 1, max: 6 }),
  count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(FOREVER)),
  answer: fc.constantFrom(...FAULT_ANSWERS),
});

const act: fc.Arbitrary<ActShape> = fc.record({
  operation: fc.constantFrom(...LISTINGS, ...REMOVALS),
  call: fc.integer({ min: 1, max: 5 }),
  target: fc.nat(3),
  kind: fc.constantFrom(...ACT_KINDS),
  victim: fc.nat(30),
});

export const policy: fc.Arbitrary<Step['policy']> = fc.record({
  minAgeDays: oftenFirst(30, 0, 300),
  graceDays: oftenFirst(0, 7),
  allowLastCopy: fc.boolean(),
  requireUndo: fc.boolean(),
  skipReferences: oftenFirst<readonly string[]>([], ...SKIPPABLE.map((name) => [name])),
  protectTags: fc.constant(PROTECT_TAGS),
});

const override: fc.Arbitrary<NonNullable<Step['override']>> = fc.record({
  account: fc.nat(2),
  policy: fc.oneof(
    fc.record({ minAgeDays: fc.constantFrom(0, 300) }),
    fc.record({ graceDays: fc.constantFrom(0, 7), allowLastCopy: fc.boolean() }),
    fc.record({ requireUndo: fc.boolean() }),
    fc.constant({ neverRemove: true }),
  ),
});

export const limits: fc.Arbitrary<Step['limits']> = fc.record({
  maxRemovalsPerTarget: oftenFirst(500, 2, 7),
  maxRemovalsPerAccount: oftenFirst(1000, 5),
  maxRemovals: oftenFirst(5000, 10),
  maxStalePercent: oftenFirst(100, 40),
  maxStalePercentPerAccount: oftenFirst(100, 40),
  maxStalePercentOverall: oftenFirst(100, 40),
  minReferencePercent: fc.constantFrom(0, 50),
});

/** The first is tried again by the state machine; the others are caught. */
export const RETRIED = 'Lambda.ServiceException';

/** How something dies; where, is another matter. */
export const death = {
  within: fc.oneof(
    { weight: 1, arbitrary: fc.constant('RemovePlannedFunctionArn' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...FUNCTION_NAMES) },
  ),
  at: fc.constantFrom('write' as const, 'call' as const),
  carriedOut: fc.boolean(),
  dies: fc.constantFrom('invocation' as const, 'invocation' as const, 'process' as const),
  errorName: fc.constantFrom(RETRIED, RETRIED, 'Lambda.Unknown', 'States.Timeout'),
};

const crash: fc.Arbitrary<Crash> = fc.record({ ...death, number: fc.integer({ min: 1, max: 12 }) });

type NotOfEvery =
  | keyof typeof WITHOUT_VOLUMES
  | ('leftoverActs' | 'amiActs' | 'forgery' | 'clock' | 'approval' | 'floors' | 'beside');

/** What a step is without the dimensions. */
export const ALONE: Pick<Step, NotOfEvery> = {
  ...WITHOUT_VOLUMES,
  leftoverActs: [],
  amiActs: [],
  forgery: null,
  clock: { minutes: 0, jump: null },
  approval: 'not asked',
  floors: null,
  beside: null,
};

const plainStep: fc.Arbitrary<Step> = fc
  .record({
    mode: oftenFirst<Step['mode']>('delete', 'report'),
    daysLater: fc.constantFrom(0, 8, 20),
    policy,
    override: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: override },
    ),
    limits,
    leavesOut: fc.record({
      accounts: oftenFirst<readonly number[]>([], [1]),
      regions: oftenFirst<readonly number[]>([], [1]),
    }),
    appliesPlan: oftenFirst(false, true),
    slowestCallMilliseconds: fc.constantFrom(0, 50, 150, 400, 1200),
    faults: fc.array(fault, { maxLength: 3 }),
    acts: fc.array(act, { maxLength: 6 }),
    crash: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: crash }),
    tampers: fc.oneof(
      { weight: 12, arbitrary: fc.constant('no' as const) },
      { weight: 1, arbitrary: fc.constantFrom('adds' as const, 'adds-and-signs' as const) },
    ),
  })
  .map((step) => ({ ...step, ...ALONE }));

const approval: fc.Arbitrary<Step['approval']> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('not asked' as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('yes' as const, 'no' as const, 'nobody is there' as const),
  },
);
/** Of the two of a pair: each protects what the other one doesn't, or they don't differ so much. */
const protectTags = fc.constantFrom<readonly (readonly string[])[]>(
  PROTECT_TAGS.map((tag) => [tag]),
  PROTECT_TAGS.map((tag) => [tag]),
  [PROTECT_TAGS, PROTECT_TAGS.slice(1)],
  [PROTECT_TAGS, PROTECT_TAGS],
);

function stepWith({
  writer,
  pairs,
  clock,
  floors,
  volumes,
  leftovers,
  amis,
}: Dimensions): fc.Arbitrary<Step> {
  const unbounded = fc
    .record({
      step: volumes ? withVolumes(plainStep, crash) : plainStep,
      forgery: writer ? fc.option(forgery, { freq: 4 }) : fc.constant(null),
      clock: clock ? wrongClock : fc.constant(ALONE.clock),
      approval: writer ? approval : fc.constant(ALONE.approval),
    })
    .map(({ step, ...more }): Step => ({
      ...step,
      ...more,
      approval: step.mode === 'delete' ? more.approval : 'not asked',
      // One who changes files is enough.
      tampers: more.forgery === null ? step.tampers : 'no',
    }));
  // A report before them may leave the plan that is applied.
  const alone = floors
    ? fc.oneof({ weight: 3, arbitrary: withFloors(unbounded) }, { weight: 1, arbitrary: unbounded })
    : unbounded;
  if (leftovers) return amis ? withAmis(withLeftovers(alone)) : withLeftovers(alone);
  if (!pairs) return alone;
  const beside = fc.record({
    place: fc.constantFrom<PlaceName>('laptop', 'laptop', 'hub'),
    secondsLater: fc.constantFrom(0, 0, 1, 5, 20),
    step: alone,
    isAlike: oftenFirst(true, false),
  });
  // Most of them about to remove what each takes for a copy of what the other one keeps.
  const main = fc
    .record({ step: alone, isBold: oftenFirst(true, false) })
    .map(({ step, isBold }): Step => {
      const bold = { allowLastCopy: false, graceDays: 0, minAgeDays: 0 };
      const isHeld = step.floors !== null || !isBold;
      return isHeld ? step : { ...step, mode: 'delete', policy: { ...step.policy, ...bold } };
    });
  return fc
    .record({ step: main, beside: fc.option(beside, { freq: 4 }) })
    .map(({ step, beside: other }) => ({ ...step, beside: other && besideOf(step, other) }));
}

/** Most pairs want the same, so that they meet; faults, acts and crashes are the first one's. */
function besideOf(
  { mode, policy: own, override: over, limits: most, leavesOut, floors, ...of }: Step,
  { isAlike, step, ...beside }: BesideShape & { readonly isAlike: boolean },
): BesideShape {
  const { remove, ofVolumes } = of;
  const same = { mode, policy: own, override: over, limits: most, leavesOut, floors };
  const alike = { ...same, remove, ofVolumes };
  const calm = {
    daysLater: 0,
    crash: null,
    faults: [],
    acts: [],
    volumeActs: [],
    leftoverActs: [],
    amiActs: [],
  } as const;
  return { ...beside, step: { ...step, ...(isAlike && alike), ...calm, tampers: 'no' } };
}

/** Shrinks towards fewer accounts, steps, faults and acts. */
export function trialWith(dimensions: Dimensions): fc.Arbitrary<Trial> {
  return fc
    .record({
      organization: dimensions.leftovers ? organization.map(withAllSeen) : organization,
      steps: fc.array(stepWith(dimensions), {
        ...(dimensions.volumes ? { minLength: 3, maxLength: 5 } : { minLength: 1, maxLength: 3 }),
      }),
      restores: dimensions.volumes ? fc.boolean() : oftenFirst(false, true),
      restoresAfterDays: dimensions.volumes ? fc.constantFrom(0, 0, 3, 8, 40, 88) : fc.constant(0),
      areTaggedApart: dimensions.pairs ? oftenFirst(true, false) : fc.constant(false),
      tags: protectTags,
    })
    .map((trial) => (dimensions.lives ? { ...trial, steps: wholeLife(trial.steps) } : trial))
    .map(({ areTaggedApart, tags: [tags = [], tagsBeside = []], ...trial }) => ({
      ...trial,
      organization: {
        ...trial.organization,
        areTaggedApart,
        volumes: dimensions.volumes,
        amis: dimensions.amis,
        ...(dimensions.pairs && { snapshots: trial.organization.snapshots + 15 }),
      },
      steps: dimensions.pairs
        ? trial.steps.map((step) => withTags(step, tags, tagsBeside))
        : trial.steps,
    }));
}

function withTags(step: Step, tags: readonly string[], tagsBeside: readonly string[]): Step {
  const { beside, policy: own } = step;
  return {
    ...step,
    policy: { ...own, protectTags: tags },
    beside: beside && { ...beside, step: withTags(beside.step, tagsBeside, tagsBeside) },
  };
}

export const NO_DIMENSION: Dimensions = {
  writer: false,
  pairs: false,
  clock: false,
  floors: false,
  volumes: false,
  lives: false,
  leftovers: false,
  amis: false,
};
export const anyTrial: fc.Arbitrary<Trial> = trialWith(NO_DIMENSION);
