import type { SimAttachment, SimVolume } from '../../model/organization.ts';
import { element, itemList, tagSet } from '../../services/protocols/xml.ts';
import type { Filter, FilterFields } from '../../services/ec2/filters.ts';
import { parseFilters, plainValues, toPredicate } from '../../services/ec2/filters.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import { listingBucket } from '../../services/ec2/operation.ts';
import { describeOperator } from '../../services/ec2/operator.ts';
import type { Source } from '../../services/ec2/paging.ts';
import { arraySource, listPage, onePage } from '../../services/ec2/paging.ts';
import { ID_KINDS, findAll } from '../../services/ec2/resource-ids.ts';
import { deletingVolumes, findVisibleVolume, seeVolume } from './seen.ts';

/** "between 5 and 500; if you specify a value larger than 500, only 500 items are returned". */
const LIMITS = { min: 5, max: 500, clamp: true, idParameter: 'VolumeId' } as const;

const FIELDS: FilterFields<SimVolume> = {
  'attachment.instance-id': ({ attachments }) =>
    attachments.flatMap(({ instanceId }) => instanceId ?? []),
  'snapshot-id': ({ snapshotId }) => (snapshotId === undefined ? [] : [snapshotId]),
  'create-time': ({ createTime }) => [createTime.toISOString()],
  encrypted: ({ kmsKeyId }) => [String(kmsKeyId !== undefined)],
  status: ({ state }) => [state],
  'volume-type': ({ type = 'gp3' }) => [type],
  'volume-id': ({ volumeId }) => [volumeId],
};

/** DescribeVolumes. What an AWS service manages is hidden unless IncludeManagedResources is true. */
export const describeVolumes: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'VolumeId', 'IncludeManagedResources', 'Filter'],
  bucket: listingBucket('VolumeId'),
  answer: (call) => {
    const filters = parseFilters(call.parameters);
    const passes = toPredicate(filters, FIELDS, ({ tags }) => tags);
    const matches = (volume: SimVolume) => isShown(call, volume) && passes(volume);
    const source = sourceOf(call, filters);
    const { items, nextToken } = listPage(call, { source, matches, limits: LIMITS });
    return (
      itemList(
        'volumeSet',
        items.map((volume) => describeVolume(volume, call.region)),
      ) + nextToken
    );
  },
};

function isShown({ parameters }: Ec2Call, { managedBy }: SimVolume): boolean {
  return managedBy === undefined || parameters.isTrue('IncludeManagedResources');
}

function sourceOf(call: Ec2Call, filters: readonly Filter[]): Source<SimVolume> {
  const ids = call.parameters.list('VolumeId');
  if (ids.length > 0) {
    return arraySource(
      findAll(ID_KINDS.volume, ids, (id) => {
        const volume = findVisibleVolume(call, id);
        return volume && isShown(call, volume) ? volume : undefined;
      }),
    );
  }
  const named = plainValues(filters, 'volume-id')?.flatMap(
    (id) => findVisibleVolume(call, id) ?? [],
  );
  const lookedUp = named && onePage(call, named);
  return lookedUp ?? everySource(call);
}

/** Those being deleted come first and on the first page only, so that no listing shows one twice. */
function everySource(call: Ec2Call): Source<SimVolume> {
  return (from, limit) => {
    const deleting = from === 0 ? deletingVolumes(call).slice(0, limit - 1) : [];
    const page = call.estate().volumes(from, limit - deleting.length);
    const seen = page.items.map((volume) => seeVolume(call, volume));
    return { items: [...deleting, ...seen], next: page.next };
  };
}

/** What EC2 shows of a volume for which nothing else was asked. st1, sc1 and standard show none. */
const IOPS_OF_TYPE: Partial<Record<NonNullable<SimVolume['type']>, number>> = {
  gp2: 100,
  gp3: 3_000,
  io1: 1_000,
  io2: 1_000,
};

/** Only of gp3. */
function throughputOf({ type = 'gp3', throughputMiBps = 125 }: SimVolume): number | undefined {
  return type === 'gp3' ? throughputMiBps : undefined;
}

function describeVolume(volume: SimVolume, region: string): string {
  return (
    element('volumeId', volume.volumeId) +
    element('size', volume.sizeGiB) +
    element('snapshotId', volume.snapshotId ?? '') +
    element('availabilityZone', volume.availabilityZone ?? `${region}a`) +
    element('status', volume.state) +
    element('createTime', volume.createTime) +
    itemList(
      'attachmentSet',
      volume.attachments.map((each) => describeAttachment(each, volume)),
    ) +
    tagSet(volume.tags) +
    element('volumeType', volume.type ?? 'gp3') +
    element('iops', volume.iops ?? IOPS_OF_TYPE[volume.type ?? 'gp3']) +
    element('throughput', throughputOf(volume)) +
    element('encrypted', volume.kmsKeyId !== undefined) +
    element('kmsKeyId', volume.kmsKeyId) +
    element('multiAttachEnabled', volume.multiAttach ?? volume.attachments.length > 1) +
    element('outpostArn', volume.outpostArn) +
    element('sourceVolumeId', volume.sourceVolumeId) +
    describeOperator(volume.managedBy)
  );
}

/** "If the volume is attached to an AWS-managed resource", instanceId isn't there. */
function describeAttachment(attachment: SimAttachment, volume: SimVolume): string {
  return (
    element('volumeId', volume.volumeId) +
    element('instanceId', attachment.instanceId) +
    element('associatedResource', attachment.associatedResource) +
    element('instanceOwningService', attachment.instanceOwningService) +
    element('device', attachment.device) +
    element('status', attachment.state) +
    element('attachTime', attachment.attachTime ?? volume.createTime) +
    element('deleteOnTermination', false)
  );
}
