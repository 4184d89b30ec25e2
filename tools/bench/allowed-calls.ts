import type { TargetTruth } from './messages.ts';

/**
 * What discovery of one target may cost, by operation: a call per page of the largest size that AWS
 * gives, counted from what the target really holds. An empty listing is one page, too.
 */
const CALLS_OF_A_TARGET = {
  // Once all snapshots, once those that are public.
  'ec2:DescribeSnapshots': (truth) =>
    truth.snapshots === 0 ? 1 : pages(truth.snapshots, 1000) + pages(truth.publicSnapshots, 1000),
  // Once those that move between the tiers; those in the archive by id.
  'ec2:DescribeSnapshotTierStatus': ({ snapshots, archivedSnapshots }) =>
    snapshots === 0 ? 0 : 1 + Math.ceil(archivedSnapshots / 200),
  'ec2:DescribeVolumes': listing('volumes', 500),
  'ec2:DescribeInstances': listing('instances', 1000),
  'ec2:DescribeImages': listing('images', 1000),
  'ec2:ListVolumesInRecycleBin': listing('volumesInRecycleBin', 500),
  // Before the AMIs and after them.
  'ec2:ListImagesInRecycleBin': (truth) => 2 * listing('imagesInRecycleBin', 1000)(truth),
  'ec2:DescribeLockedSnapshots': listing('lockedSnapshots', 1000),
  'ec2:DescribeFastSnapshotRestores': listing('fastRestores', 200),
  'ec2:DescribeLaunchTemplates': listing('launchTemplates', 200),
  'ec2:DescribeLaunchTemplateVersions': launchTemplateVersions,
  'autoscaling:DescribeLaunchConfigurations': listing('launchConfigurations', 100),
  'ecs:ListClusters': ({ snapshots, servicesByCluster }) =>
    snapshots === 0 ? 0 : pages(servicesByCluster.length, 100),
  'ecs:ListServices': perCluster((services) => pages(services, 100)),
  'ecs:DescribeServices': perCluster((services) => Math.ceil(services / 10)),
  'storagegateway:ListVolumes': ({ snapshots, gatewayVolumes }) =>
    snapshots === 0 || gatewayVolumes === null ? 0 : pages(gatewayVolumes, 100),
  'rbin:ListRules': ({ stale }) => (stale === 0 ? 0 : 1),
  'rbin:GetRule': ({ stale, retentionRules }) => (stale === 0 ? 0 : retentionRules),
} as const satisfies Record<string, (truth: TargetTruth) => number>;

export type TargetOperation = keyof typeof CALLS_OF_A_TARGET;

export const TARGET_OPERATIONS = Object.keys(CALLS_OF_A_TARGET) as TargetOperation[];

/** How many calls of the operation a target that holds this may cost. */
export function allowedCalls(operation: TargetOperation, truth: TargetTruth): number {
  return CALLS_OF_A_TARGET[operation](truth);
}

/** What nothing can refer to isn't asked for: no snapshots, no further listing. */
function listing(
  of: {
    [K in keyof TargetTruth]: TargetTruth[K] extends number ? K : never;
  }[keyof TargetTruth],
  pageSize: number,
) {
  return (truth: TargetTruth) => (truth.snapshots === 0 ? 0 : pages(truth[of], pageSize));
}

/**
 * Two of each template at once, the latest and the default version; then all of those templates
 * that have others.
 */
function launchTemplateVersions(truth: TargetTruth): number {
  const { snapshots, launchTemplates, versionsOfTemplatesWithOthers } = truth;
  if (snapshots === 0 || launchTemplates === 0) return 0;
  return versionsOfTemplatesWithOthers.reduce(
    (total, versions) => total + pages(versions, 200),
    pages(2 * launchTemplates, 200),
  );
}

function perCluster(callsFor: (services: number) => number) {
  return ({ snapshots, servicesByCluster }: TargetTruth) =>
    snapshots === 0
      ? 0
      : servicesByCluster.reduce((total, services) => total + callsFor(services), 0);
}

export function pages(items: number, pageSize: number): number {
  return Math.max(1, Math.ceil(items / pageSize));
}
