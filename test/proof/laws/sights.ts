import { KINDS } from '../../../kinds/registry.ts';
import type { SeenCall } from './seen-call.ts';

/** Where a check sees a need: the call that shows it, and the reference source it belongs to. */
export interface Sight {
  /** As `kinds/` calls it; null: never left out. */
  readonly source: string | null;
  readonly operation: string;
  /** Whether this call of the operation would show a need of the snapshot. */
  readonly shows?: (call: SeenCall, snapshotId: string) => boolean;
  /** After marking, the call is about copies and what they are copies of, and no longer about uses. */
  readonly isBeforeMark?: true;
  /** Of several calls that belong together, the first counts. */
  readonly isFirstOfMany?: true;
}

const asksFor =
  (attribute: string) =>
  ({ params }: SeenCall, snapshotId: string): boolean =>
    params.get('SnapshotId') === snapshotId && params.get('Attribute') === attribute;

/** By the names that `needsNow` gives. */
export const SIGHTS: Readonly<Record<string, Sight>> = {
  snapshots: { source: null, operation: 'DescribeSnapshots', shows: showsItself },
  volumes: { source: null, operation: 'DescribeVolumes', isBeforeMark: true },
  images: { source: 'amis', operation: 'DescribeImages' },
  'volumes-in-recycle-bin': {
    source: 'volumes-in-recycle-bin',
    operation: 'ListVolumesInRecycleBin',
  },
  'images-in-recycle-bin': { source: 'amis-in-recycle-bin', operation: 'ListImagesInRecycleBin' },
  locks: { source: 'snapshot-locks', operation: 'DescribeLockedSnapshots' },
  'fast restore': { source: 'fast-restores', operation: 'DescribeFastSnapshotRestores' },
  'tier change': {
    source: 'tier-changes',
    operation: 'DescribeSnapshotTierStatus',
    shows: ({ params }) => [...params.values()].includes('last-tiering-operation'),
  },
  'launch template': {
    source: 'launch-templates',
    operation: 'DescribeLaunchTemplates',
    isFirstOfMany: true,
  },
  'launch configuration': {
    source: 'launch-configurations',
    operation: 'DescribeLaunchConfigurations',
  },
  'ECS service': { source: 'ecs-services', operation: 'ListClusters', isFirstOfMany: true },
  gateway: { source: 'storage-gateway-volumes', operation: 'ListVolumes' },
  public: {
    source: 'public-sharing',
    operation: 'DescribeSnapshots',
    shows: ({ params }) => params.has('RestorableBy.1'),
  },
  sharing: {
    source: 'snapshot-attributes',
    operation: 'DescribeSnapshotAttribute',
    shows: asksFor('createVolumePermission'),
  },
  buyers: {
    source: 'snapshot-attributes',
    operation: 'DescribeSnapshotAttribute',
    shows: asksFor('productCodes'),
  },
};

/** @throws for a need that nobody looks for */
export function sightOf(name: string): Sight {
  const sight = SIGHTS[name];
  if (sight === undefined) throw new Error(`SIGHTS doesn't say where a need by ${name} shows`);
  return sight;
}

const SOURCES = KINDS.flatMap(({ references }) => references);
/** Of snapshots: an input that names what no kind looks at is refused. */
export const SKIPPABLE = KINDS.filter(({ kind }) => kind === 'ebs-snapshot')
  .flatMap(({ references }) => references)
  .filter(({ skippable }) => skippable)
  .map(({ name }) => name);

/** Whether orgsweep looks there at all: what it doesn't, its summary names as a blind spot. */
export function isLookedAt({ source }: Sight, skipReferences: readonly string[]): boolean {
  if (source === null) return true;
  return SOURCES.some(({ name }) => name === source) && !skipReferences.includes(source);
}

/** A listing by id, or of everything; not one of public ones, for markers, or by volume. */
function showsItself({ params }: SeenCall, snapshotId: string): boolean {
  if (params.has('RestorableBy.1')) return false;
  const names = [...params].filter(([name]) => /^Filter\.\d+\.Name$/.test(name));
  if (names.length === 0) return true;
  const isById = names.every(([, filter]) => filter === 'snapshot-id');
  return isById && [...params.values()].includes(snapshotId);
}
