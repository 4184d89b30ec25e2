import type { SimInstance } from '../../../model/organization.ts';
import { element, itemList, wrap } from '../../protocols/xml.ts';
import type { Filter, FilterFields } from '../filters.ts';
import { parseFilters, plainValues, toPredicate } from '../filters.ts';
import type { Ec2Call, Ec2Operation } from '../operation.ts';
import { listingBucket } from '../operation.ts';
import type { Source } from '../paging.ts';
import { arraySource, listPage, onePage } from '../paging.ts';
import { ID_KINDS, findAll } from '../resource-ids.ts';
import { describeOperator } from '../operator.ts';

const LIMITS = { min: 5, max: 1000, clamp: false, idParameter: 'InstanceId' } as const;

/** InstanceState's codes, the low byte as EC2 documents it. */
const STATE_CODES: Readonly<Record<SimInstance['state'], number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

const FIELDS: FilterFields<SimInstance> = {
  'block-device-mapping.volume-id': ({ volumeIds }) => volumeIds,
  'instance-id': ({ instanceId }) => [instanceId],
  'instance-state-code': ({ state }) => [String(STATE_CODES[state])],
  'instance-state-name': ({ state }) => [state],
};

/** An AMI of AWS's own, of which nothing here is listed. EC2 names one for each instance. */
const AMI_OF_AWS = 'ami-0c7e1f2a3b4d5e6f7';

/** DescribeInstances, one reservation an instance; managed ones hidden as in DescribeVolumes. */
export const describeInstances: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'InstanceId', 'IncludeManagedResources', 'Filter'],
  bucket: listingBucket('InstanceId'),
  answer: (call) => {
    const filters = parseFilters(call.parameters);
    const passes = toPredicate(filters, FIELDS);
    const matches = (instance: SimInstance) => isShown(call, instance) && passes(instance);
    const source = sourceOf(call, filters);
    const { items, nextToken } = listPage(call, { source, matches, limits: LIMITS });
    const reservations = items.map((instance) => describeReservation(instance, call));
    return itemList('reservationSet', reservations) + nextToken;
  },
};

function isShown({ parameters }: Ec2Call, { managedBy }: SimInstance): boolean {
  return managedBy === undefined || parameters.isTrue('IncludeManagedResources');
}

function sourceOf(call: Ec2Call, filters: readonly Filter[]): Source<SimInstance> {
  const estate = call.estate();
  const ids = call.parameters.list('InstanceId');
  if (ids.length > 0) {
    return arraySource(
      findAll(ID_KINDS.instance, ids, (id) => {
        const instance = estate.instance(id);
        return instance && isShown(call, instance) ? instance : undefined;
      }),
    );
  }
  const named = plainValues(filters, 'instance-id')?.flatMap((id) => estate.instance(id) ?? []);
  const lookedUp = named && onePage(call, named);
  return lookedUp ?? ((from, limit) => estate.instances(from, limit));
}

function describeReservation(instance: SimInstance, { caller, region }: Ec2Call): string {
  return (
    element('reservationId', instance.instanceId.replace(/^i-/, 'r-')) +
    element('ownerId', caller.accountId) +
    itemList('instancesSet', [describeInstance(instance, region)])
  );
}

function describeInstance(instance: SimInstance, region: string): string {
  const { instanceId, imageId = AMI_OF_AWS, state, volumeIds, managedBy } = instance;
  return (
    element('instanceId', instanceId) +
    element('imageId', imageId) +
    wrap('instanceState', element('code', STATE_CODES[state]) + element('name', state)) +
    wrap('placement', element('availabilityZone', `${region}a`)) +
    element('rootDeviceType', 'ebs') +
    itemList('blockDeviceMapping', volumeIds.map(describeDevice)) +
    describeOperator(managedBy)
  );
}

function describeDevice(volumeId: string, index: number): string {
  const device = `/dev/xvd${String.fromCharCode('a'.charCodeAt(0) + (index % 26))}`;
  const ebs = element('volumeId', volumeId) + element('status', 'attached');
  return element('deviceName', device) + wrap('ebs', ebs);
}
