import type { SimAttachment, SimVolume } from '../../model/organization.ts';

/**
 * A situation that a volume is found in, and what must become of it: written down beside it, never
 * computed. What is kept, exactly one thing keeps.
 */
export interface VolumeSituation {
  readonly name: string;
  readonly verdict: 'STALE' | 'KEEP';
  readonly reasons: readonly string[];
  /** Left out: 400. */
  readonly ageDays?: number;
  /** How many days ago an instance that is gone had it last; null: none ever had. Left out: 200. */
  readonly hadUntilDaysAgo?: number | null;
  /** An instance that runs has it at these hours of each day, in UTC. */
  readonly hours?: readonly [number, number];
  /** What must become of it at those hours. */
  readonly atThoseHours?: readonly string[];
  readonly volume?: Omit<Partial<SimVolume>, 'volumeId' | 'attachments' | 'rhythm'>;
  readonly attachment?: Omit<SimAttachment, 'device'>;
  readonly besides?:
    | { readonly by: 'modification'; readonly state: 'modifying' | 'optimizing' | 'completed' }
    /** Its instance got another root volume in its place. */
    | { readonly by: 'root-replacement'; readonly daysAgo: number }
    /** Another volume is being made of it. */
    | { readonly by: 'copy' }
    /** An instance says that it has it; the volume doesn't say so yet. */
    | { readonly by: 'instance' };
}

const HOUR = 1 / 24;

function unattached(name: string, more: Partial<VolumeSituation> = {}): VolumeSituation {
  return { name, verdict: 'STALE', reasons: ['VOLUME_UNATTACHED'], ...more };
}

function kept(name: string, reason: string, more: Partial<VolumeSituation> = {}): VolumeSituation {
  return { name, verdict: 'KEEP', reasons: [reason], ...more };
}

function tagged(name: string, reason: string, tags: Record<string, string>): VolumeSituation {
  return kept(name, reason, { volume: { tags } });
}

const STALE: readonly VolumeSituation[] = [
  unattached('unattached'),
  unattached('unattached-gp2', { volume: { type: 'gp2', sizeGiB: 120 } }),
  unattached('unattached-fast-gp3', {
    volume: { type: 'gp3', sizeGiB: 60, iops: 4_000, throughputMiBps: 250 },
  }),
  unattached('unattached-io1', { volume: { type: 'io1', sizeGiB: 50, iops: 500 } }),
  // Dear for its IOPS, not for its size.
  unattached('unattached-io2', { volume: { type: 'io2', sizeGiB: 50, iops: 1_500 } }),
  unattached('unattached-st1', { volume: { type: 'st1', sizeGiB: 125 } }),
  unattached('unattached-sc1', { volume: { type: 'sc1', sizeGiB: 125 } }),
  unattached('unattached-magnetic', { volume: { type: 'standard', sizeGiB: 40 } }),
  unattached('never-attached', { hadUntilDaysAgo: null }),
  unattached('unattached-34-days', { hadUntilDaysAgo: 34 }),
  unattached('encrypted', {
    volume: { kmsKeyId: 'arn:aws:kms:us-east-1:210000000011:key/0b5f6c4e-volumes' },
  }),
  unattached('of-a-stack', { volume: { tags: { 'aws:cloudformation:stack-name': 'reports' } } }),
  unattached('almost-of-a-cluster', { volume: { tags: { cluster: 'blue', 'team/pv': 'x' } } }),
  unattached('modified-once', { besides: { by: 'modification', state: 'completed' } }),
  unattached('root-replaced-long-ago', {
    hadUntilDaysAgo: 120,
    besides: { by: 'root-replacement', daysAgo: 120 },
  }),
  unattached('failed', {
    reasons: ['VOLUME_FAILED'],
    hadUntilDaysAgo: null,
    volume: { state: 'error' },
  }),
];

const IN_USE: readonly VolumeSituation[] = [
  // CloudTrail has no event of it: the instance was terminated.
  kept('freed-an-hour-ago', 'ATTACHED_LATELY', { hadUntilDaysAgo: HOUR }),
  kept('freed-20-days-ago', 'ATTACHED_LATELY', { hadUntilDaysAgo: 20 }),
  // On Xen, and nobody read or wrote: idle time alone tells.
  kept('freed-idle', 'ATTACHED_LATELY', { hadUntilDaysAgo: 10, volume: { isIdle: true } }),
  kept('attached-by-day', 'ATTACHED_LATELY', { hours: [9, 18], atThoseHours: ['IN_USE'] }),
  kept('attached-to-a-service', 'IN_USE', {
    volume: { state: 'in-use' },
    attachment: {
      associatedResource: 'arn:aws:ecs:us-east-1:210000000011:task/nightly/0f1e2d3c',
      instanceOwningService: 'ecs.amazonaws.com',
      state: 'attached',
    },
  }),
  // Neither is listed: that nobody can describe it doesn't mean that it is gone.
  kept('being-detached', 'IN_USE', {
    volume: { state: 'in-use' },
    attachment: { instanceId: 'i-0aaaaaaaaaaaaaaa1', state: 'detaching' },
  }),
  kept('busy', 'IN_USE', {
    volume: { state: 'in-use' },
    attachment: { instanceId: 'i-0aaaaaaaaaaaaaaa2', state: 'busy' },
  }),
  kept('named-by-an-instance', 'IN_USE', { besides: { by: 'instance' } }),
];

const OF_OTHERS: readonly VolumeSituation[] = [
  // Stateful sets that are scaled to zero, and nodes that were drained.
  ...Object.entries({
    'kubernetes.io/created-for/pv/name': 'pvc-6d1f0a52',
    'kubernetes.io/created-for/pvc/name': 'data-postgres-0',
    'kubernetes.io/created-for/pvc/namespace': 'shop',
    CSIVolumeName: 'pvc-9b2e77c1',
    'ebs.csi.aws.com/cluster': 'true',
    'kubernetes.io/cluster/blue': 'owned',
    KubernetesCluster: 'green',
    'eks:eks-cluster-name': 'auto',
  }).map(([key, value]) => tagged(`tag-${key}`, 'MANAGED_BY_KUBERNETES', { [key]: value })),
  tagged('of-an-ecs-service', 'MANAGED_BY_ECS', { AmazonECSManaged: 'true' }),
  tagged('made-by-ecs', 'MANAGED_BY_ECS', { AmazonECSCreated: 'arn:aws:ecs:task/nightly' }),
  tagged('restored-by-backup', 'MANAGED_BY_AWS_BACKUP', {
    'aws:backup:source-resource': 'arn:aws:ec2:us-east-1:210000000011:volume/vol-0',
  }),
  tagged('staging-of-drs', 'MANAGED_BY_DRS', {
    AWSElasticDisasterRecoveryManaged: 'drs.amazonaws.com',
  }),
  tagged('staging-of-mgn', 'MANAGED_BY_MGN', {
    AWSApplicationMigrationServiceManaged: 'mgn.amazonaws.com',
  }),
  tagged('out-of-automation', 'EXCLUDED_FROM_AUTOMATION', {
    'exclude-from-compute-optimizer-automation': '',
  }),
  tagged('protected', 'PROTECTED_BY_TAG', { 'orgsweep:protect': 'audit 2031' }),
  kept('managed', 'MANAGED_BY_AWS_SERVICE', { volume: { managedBy: 'eks.amazonaws.com' } }),
];

const SPECIAL: readonly VolumeSituation[] = [
  kept('multi-attach', 'MULTI_ATTACH', {
    volume: { type: 'io2', iops: 3_000, multiAttach: true },
  }),
  kept('being-modified', 'BEING_MODIFIED', { besides: { by: 'modification', state: 'modifying' } }),
  kept('being-optimized', 'BEING_MODIFIED', {
    besides: { by: 'modification', state: 'optimizing' },
  }),
  kept('being-copied', 'BEING_COPIED', { besides: { by: 'copy' } }),
  kept('replaced-root', 'FALLBACK_ROOT_VOLUME', {
    hadUntilDaysAgo: 60,
    besides: { by: 'root-replacement', daysAgo: 60 },
  }),
  kept('on-an-outpost', 'ON_OUTPOST', {
    volume: { outpostArn: 'arn:aws:outposts:us-east-1:210000000011:outpost/op-0123456789abcdef0' },
  }),
  kept('in-a-wavelength-zone', 'IN_LOCAL_ZONE', {
    volume: { availabilityZone: 'us-east-1-wl1-bos-wlz-1' },
  }),
  kept('being-made', 'NOT_READY', { hadUntilDaysAgo: null, volume: { state: 'creating' } }),
  kept('young', 'TOO_YOUNG', { ageDays: 10, hadUntilDaysAgo: null }),
];

export const VOLUME_SITUATIONS: readonly VolumeSituation[] = [
  ...STALE,
  ...IN_USE,
  ...OF_OTHERS,
  ...SPECIAL,
];
