import type { Attachment, EbsVolume, VolumeCopy } from '../../../kinds/ebs-volume/facts.ts';
import { daysAgo } from './snapshots.ts';

/** A day as CloudWatch's metrics have it. */
export const dayAgo = (days: number) => daysAgo(days).slice(0, 10);

/** Facts of a volume that is stale by CloudWatch under the default policy, but for what is given. */
export function anEbsVolume(over: Partial<EbsVolume> = {}): EbsVolume {
  return {
    volumeId: 'vol-0123456789abcdef0',
    state: 'available',
    createdAt: daysAgo(400),
    type: 'gp3',
    sizeGiB: 100,
    iops: 3000,
    throughputMiBps: 125,
    attachments: [],
    isMultiAttach: false,
    managedBy: null,
    encrypted: false,
    kmsKeyId: null,
    snapshotId: null,
    sourceVolumeId: null,
    availabilityZone: 'eu-west-1a',
    outpostArn: null,
    tags: {},
    usedBy: {},
    isOnRunningInstance: false,
    rootReplacements: [],
    metrics: { from: dayAgo(450), lastDay: dayAgo(100) },
    copies: [],
    incompleteReferences: [],
    ...over,
  };
}

/** Of a running instance, but for what is given. */
export function aVolumesAttachment(over: Partial<Attachment> = {}): Attachment {
  return {
    instanceId: 'i-0123456789abcdef0',
    associatedResource: null,
    owningService: null,
    state: 'attached',
    since: daysAgo(200),
    ...over,
  };
}

/** Somebody's snapshot of a volume, of the time after it was attached last. */
export function aVolumesCopy(given: Partial<VolumeCopy> = {}): VolumeCopy {
  return {
    snapshotId: 'snap-1',
    state: 'completed',
    startedAt: daysAgo(50),
    isMarked: false,
    isOfAmi: false,
    isManaged: false,
    finalCopyOf: null,
    keepUntil: null,
    ...given,
  };
}
