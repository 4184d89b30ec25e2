import { policyOfKind } from '../../../core/input/of-kind.ts';
import type { Policy } from '../../../core/input/input.ts';
import { assess } from '../../../kinds/ebs-volume/assess.ts';
import type { EbsVolume } from '../../../kinds/ebs-volume/facts.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';
import { anEbsVolume, aVolumesAttachment, dayAgo } from '../../support/organizations/volumes.ts';

const verdictOn = (given: Partial<EbsVolume>, policy: Partial<Policy> = {}) =>
  assess(anEbsVolume(given), policyOfKind(aPolicy(policy), 'ebs-volume'), NOW);
const keeps = (reason: string) => ({ verdict: 'KEEP', reasons: [reason] });
const STALE = { verdict: 'STALE', reasons: ['VOLUME_UNATTACHED'] };
const HISTORY = { kinds: { 'ebs-volume': { volumeEvidence: 'history' } } };

it('a volume that CloudWatch has shown nothing of for 32 days is unused', () => {
  expect(verdictOn({})).toEqual(STALE);
});

it.each<[string, Partial<EbsVolume>, string]>([
  ['attached', { state: 'in-use', attachments: [aVolumesAttachment()] }, 'IN_USE'],
  [
    'that is being detached',
    { attachments: [aVolumesAttachment({ state: 'detaching' })] },
    'IN_USE',
  ],
  [
    'attached to what AWS manages, which has no instance',
    { attachments: [aVolumesAttachment({ instanceId: null, associatedResource: 'arn:x' })] },
    'IN_USE',
  ],
  ['in use, of which no attachment is shown', { state: 'in-use' }, 'IN_USE'],
  ['that an instance says it has', { usedBy: { instances: ['i-1'] } }, 'IN_USE'],
  ['that is being made', { state: 'creating' }, 'NOT_READY'],
  ['in a state that nobody knows', { state: 'resting' }, 'NOT_READY'],
  ['for several instances', { isMultiAttach: true }, 'MULTI_ATTACH'],
  ['that a service manages', { managedBy: 'ecs.amazonaws.com' }, 'MANAGED_BY_AWS_SERVICE'],
  ['younger than the policy asks for', { createdAt: daysAgo(20) }, 'TOO_YOUNG'],
  ['that is being copied', { usedBy: { 'volume-copies': ['vol-2'] } }, 'BEING_COPIED'],
  ['under modification', { usedBy: { 'volume-modifications': ['optimizing'] } }, 'BEING_MODIFIED'],
  ['on an Outpost', { outpostArn: 'arn:aws:outposts:x' }, 'ON_OUTPOST'],
  ['in a Local Zone', { availabilityZone: 'us-west-2-lax-1a' }, 'IN_LOCAL_ZONE'],
  ['in a Wavelength Zone', { availabilityZone: 'us-east-1-wl1-bos-wlz-1' }, 'IN_LOCAL_ZONE'],
  ['that a tag protects', { tags: { 'orgsweep:protect': '' } }, 'PROTECTED_BY_TAG'],
  ['of a tag of AWS that nobody knows', { tags: { 'aws:new:x': '' } }, 'UNKNOWN_AWS_TAG'],
  [
    'whose owner wants no automation of AWS to delete it',
    { tags: { 'exclude-from-compute-optimizer-automation': 'anything' } },
    'EXCLUDED_FROM_AUTOMATION',
  ],
  ['of ECS', { tags: { AmazonECSManaged: 'true' } }, 'MANAGED_BY_ECS'],
  ['of DRS', { tags: { AWSElasticDisasterRecoveryManaged: 'drs' } }, 'MANAGED_BY_DRS'],
  ['of MGN', { tags: { AWSApplicationMigrationServiceManaged: 'x' } }, 'MANAGED_BY_MGN'],
  ['that AWS Backup restored', { tags: { 'aws:backup:x': '' } }, 'MANAGED_BY_AWS_BACKUP'],
])('a volume %s is kept', (_what, given, reason) => {
  expect(verdictOn(given)).toEqual(keeps(reason));
});

it.each(['us-east-1a', 'ap-southeast-2c', 'us-gov-west-1b', null])(
  'zone %s is one of a Region, or not told',
  (availabilityZone) => expect(verdictOn({ availabilityZone })).toEqual(STALE),
);

// T3, of https://github.com/2i2c-org/infrastructure/issues/6379
it.each([
  'kubernetes.io/created-for/pv/name',
  'kubernetes.io/created-for/pvc/name',
  'kubernetes.io/created-for/pvc/namespace',
  'kubernetes.io/cluster/shop',
  'CSIVolumeName',
  'ebs.csi.aws.com/cluster',
  'KubernetesCluster',
  'eks:eks-cluster-name',
])('keeps a detached volume with the tag %s, whether or not its cluster exists', (key) => {
  expect(verdictOn({ tags: { [key]: 'shop' } })).toEqual(keeps('MANAGED_BY_KUBERNETES'));
});

// T6, of https://github.com/mitodl/ol-infrastructure/issues/5871
it('an old tagged volume of terminated instances is found', () => {
  const tags = {
    Name: 'mongodb-data',
    Environment: 'production',
    'aws:cloudformation:stack-name': 'mongo',
    'aws:autoscaling:groupName': 'mongo',
  };
  expect(verdictOn({ tags, metrics: { from: dayAgo(450), lastDay: null } })).toEqual(STALE);
});

// T4, of aws-samples/aws-systems-manager-amazon-ebs-management, issue 2
it("a volume freed an hour ago by terminating its instance isn't stale, whatever CloudTrail lacks", () => {
  const metrics = { from: dayAgo(450), lastDay: dayAgo(0) };
  expect(verdictOn({ metrics })).toEqual(keeps('ATTACHED_LATELY'));
});

it.each([
  [32, keeps('ATTACHED_LATELY')],
  [33, STALE],
])('the day of its last metrics counts as a day of use: %d days ago', (days, verdict) => {
  expect(verdictOn({ metrics: { from: dayAgo(450), lastDay: dayAgo(days) } })).toEqual(verdict);
});

it('the policy may wait for longer', () => {
  const policy = { kinds: { 'ebs-volume': { minUnattachedDays: 120 } } };
  expect(verdictOn({}, policy)).toEqual(keeps('ATTACHED_LATELY'));
});

it('a volume younger than it would have to be unattached for is too young, whatever the least age', () => {
  const metrics = { from: dayAgo(450), lastDay: null };
  expect(verdictOn({ createdAt: daysAgo(31), metrics }, { minAgeDays: 0 })).toEqual(
    keeps('TOO_YOUNG'),
  );
  expect(verdictOn({ createdAt: daysAgo(32), metrics }, { minAgeDays: 0 })).toEqual(STALE);
});

// T6b: https://github.com/cleancloud-io/cleancloud counts from the creation
it("age isn't called unattached time", () => {
  const old = { createdAt: daysAgo(3000) };
  expect(verdictOn({ ...old, metrics: { from: dayAgo(450), lastDay: dayAgo(1) } }).verdict).toBe(
    'KEEP',
  );
  expect(verdictOn({ ...old, metrics: null }).reasons).toEqual(['VOLUME_SEEN_UNATTACHED']);
  expect(verdictOn({ ...old, metrics: 'no-control' }, HISTORY).verdict).toBe('UNKNOWN');
});

describe("orgsweep's own looks, where the policy takes them and no volume is attached", () => {
  const seen = (days: number) => ({
    unattached: { since: daysAgo(days), lastSeen: daysAgo(0), looks: 6 },
  });
  const policy = policyOfKind(aPolicy(HISTORY), 'ebs-volume');
  const bySeen = (days: number, given: Partial<EbsVolume> = { metrics: 'no-control' }) =>
    assess(anEbsVolume(given), policy, NOW, seen(days));

  it('are enough after 32 days, and not before', () => {
    expect(bySeen(32)).toEqual(STALE);
    expect(bySeen(31)).toEqual({ verdict: 'UNKNOWN', reasons: ['UNATTACHED_SINCE_UNKNOWN'] });
  });

  it('say nothing against what CloudWatch shows', () => {
    const metrics = { from: dayAgo(450), lastDay: dayAgo(2) };
    expect(bySeen(200, { metrics })).toEqual(keeps('ATTACHED_LATELY'));
  });

  it('a volume that a replacement may have left behind is kept: no metrics tell it from others', () => {
    const rootReplacements = [aReplacement(60)];
    expect(bySeen(200, { metrics: 'no-control', rootReplacements })).toEqual(
      keeps('FALLBACK_ROOT_VOLUME'),
    );
  });
});

describe('a volume that failed', () => {
  const failed = { state: 'error', metrics: 'not-needed' } as const;

  it('is told apart: nothing could ever have it', () => {
    expect(verdictOn(failed)).toEqual({ verdict: 'STALE', reasons: ['VOLUME_FAILED'] });
  });

  it('is kept by age and tags as any other', () => {
    expect(verdictOn({ ...failed, tags: { 'orgsweep:protect': '' } }).verdict).toBe('KEEP');
    expect(verdictOn({ ...failed, createdAt: daysAgo(1) })).toEqual(keeps('TOO_YOUNG'));
  });
});

function aReplacement(days: number) {
  const at = daysAgo(days);
  return { taskId: 'replacevol-1', instanceId: 'i-1', startedAt: at, endedAt: at };
}

it.each([
  [60, keeps('FALLBACK_ROOT_VOLUME')],
  [80, STALE],
  [40, STALE],
])('the old root volume is the one whose metrics end when it was replaced: %d days', (days, is) => {
  const rootReplacements = [aReplacement(60)];
  const metrics = { from: dayAgo(450), lastDay: dayAgo(days) };
  expect(verdictOn({ metrics, rootReplacements })).toEqual(is);
});

it('what could not be listed leaves it unknown, and so does a time that AWS does not tell', () => {
  expect(verdictOn({ incompleteReferences: ['instances'], createdAt: null })).toEqual({
    verdict: 'UNKNOWN',
    reasons: ['REFERENCES_INCOMPLETE', 'AGE_UNKNOWN'],
  });
});

it('tells every reason, each once', () => {
  const attachments = [aVolumesAttachment()];
  expect(verdictOn({ attachments, usedBy: { instances: ['i-1'] }, isMultiAttach: true })).toEqual({
    verdict: 'KEEP',
    reasons: ['IN_USE', 'MULTI_ATTACH'],
  });
});
