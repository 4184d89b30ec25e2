import type { z } from 'zod';
import type { SimVolume } from '../../model/organization.ts';
import { hashKey } from '../../population/hash.ts';
import { idCodec, type IdPrefix } from '../../population/resource-ids.ts';
import { ServiceError } from '../../services/call/service.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import {
  BUCKETS,
  placeOf,
  refuseUnlessRoleAllows,
  snapshotArn,
} from '../../services/ec2/operation.ts';
import { findAll, ID_KINDS } from '../../services/ec2/resource-ids.ts';
import { tagsOfNew } from '../../services/ec2/tags.ts';
import { element, tagSet } from '../../services/protocols/xml.ts';
import { CREATE_SNAPSHOT, CREATE_VOLUME, VolumeType } from './changes.ts';
import { getVolume, refuseUnlessMarked } from './removal.ts';
import { volumeArn } from './seen.ts';
import { VOLUME_SURROUNDINGS } from './state.ts';

const MINUTE_MS = 60_000;
/** How long a snapshot takes, besides a minute for every 10 GiB. */
const LEAST_MINUTES = 10;
const VOLUME_READY_MS = 5_000;
/** EBS makes so many snapshots of one volume at a time; of st1 and sc1 one. */
const MOST_PENDING = 5;

/** CreateSnapshot: `pending` for minutes to hours. It has no client token. */
export const createSnapshot: Ec2Operation = {
  accepts: ['VolumeId', 'Description', 'TagSpecification'],
  bucket: () => ({ name: 'CreateSnapshot', size: BUCKETS.deleteSnapshot }),
  resources: (call) => [
    volumeArn(call, call.parameters.get('VolumeId') ?? ''),
    snapshotArn(call.region, '*'),
  ],
  authorize: (call) => {
    const volume = getVolume(call);
    refuseUnlessMarked(call, volume);
    const tags = tagsOfNew(call, 'snapshot');
    const arn = snapshotArn(call.region, '*');
    refuseUnlessRoleAllows(call, { arn, tags: {} }, tags, true);
  },
  answer: (call) => {
    const volume = getVolume(call);
    refuseTooManyPending(call, volume);
    if (volume.state === 'creating' || volume.state === 'error') {
      const message = `The volume '${volume.volumeId}' is in the '${volume.state}' state`;
      throw new ServiceError('IncorrectState', message);
    }
    const { volumeId, sizeGiB } = volume;
    const snapshotId = newId(call, 'snap');
    const description = call.parameters.get('Description') ?? '';
    const now = call.estate().now();
    const completedFrom = new Date(now.getTime() + (LEAST_MINUTES + sizeGiB / 10) * MINUTE_MS);
    const tags = tagsOfNew(call, 'snapshot');
    call.change(
      CREATE_SNAPSHOT.of(placeOf(call), {
        ...{ snapshotId, volumeId, description },
        completedFrom: completedFrom.toISOString(),
        tags: Object.entries(tags),
      }),
    );
    return (
      element('snapshotId', snapshotId) +
      element('volumeId', volumeId) +
      element('status', 'pending') +
      element('startTime', now) +
      element('progress', '') +
      element('ownerId', call.caller.accountId) +
      element('volumeSize', sizeGiB) +
      element('description', description) +
      element('encrypted', volume.kmsKeyId !== undefined) +
      tagSet(tags)
    );
  },
};

/** CreateVolume: from a snapshot or empty, `creating` for a while, under a new id. */
export const createVolume: Ec2Operation = {
  accepts: [
    ...['AvailabilityZone', 'ClientToken', 'Encrypted', 'Iops', 'KmsKeyId', 'MultiAttachEnabled'],
    ...['Size', 'SnapshotId', 'TagSpecification', 'Throughput', 'VolumeType'],
  ],
  bucket: () => ({ name: 'CreateVolume', size: BUCKETS.deleteSnapshot }),
  resources: (call) => [volumeArn(call, '*')],
  authorize: (call) => {
    const tags = tagsOfNew(call, 'volume');
    refuseUnlessRoleAllows(call, { arn: volumeArn(call, '*'), tags: {} }, tags, true);
  },
  answer: (call) => {
    const { parameters } = call;
    const estate = call.estate();
    const token = parameters.get('ClientToken');
    const { tokens } = VOLUME_SURROUNDINGS.of(estate);
    const known = token === undefined ? undefined : estate.volume(tokens.get(token) ?? '');
    if (known !== undefined) return describeNew(call, known);
    const snapshot = snapshotOf(call);
    const number = (name: string) => numberOf(call, name);
    const sizeGiB = number('Size') ?? snapshot?.volumeSizeGiB;
    if (sizeGiB === undefined) throw missing('size or snapshotId');
    if (sizeGiB < (snapshot?.volumeSizeGiB ?? 1))
      throw invalid(`The size of a volume must be at least that of its snapshot`);
    refuseUnfit(call);
    const volumeId = newId(call, 'vol');
    const [iops, throughputMiBps] = [number('Iops'), number('Throughput')];
    const kmsKeyId = parameters.get('KmsKeyId');
    const readyFrom = new Date(estate.now().getTime() + VOLUME_READY_MS);
    call.change(
      CREATE_VOLUME.of(placeOf(call), {
        volumeId,
        ...(token !== undefined && { clientToken: token }),
        ...(snapshot && { snapshotId: snapshot.snapshotId }),
        availabilityZone: zoneOf(call),
        sizeGiB,
        type: typeOf(call),
        ...(iops !== undefined && { iops }),
        ...(throughputMiBps !== undefined && { throughputMiBps }),
        ...(kmsKeyId !== undefined && { kmsKeyId }),
        multiAttach: parameters.isTrue('MultiAttachEnabled'),
        readyFrom: readyFrom.toISOString(),
        tags: Object.entries(tagsOfNew(call, 'volume')),
      }),
    );
    return describeNew(call, estate.volume(volumeId)!);
  },
};

function describeNew({ region }: Ec2Call, volume: SimVolume): string {
  return (
    element('volumeId', volume.volumeId) +
    element('size', volume.sizeGiB) +
    element('snapshotId', volume.snapshotId ?? '') +
    element('availabilityZone', volume.availabilityZone ?? `${region}a`) +
    element('status', 'creating') +
    element('createTime', volume.createTime) +
    element('volumeType', volume.type) +
    element('iops', volume.iops) +
    element('throughput', volume.throughputMiBps) +
    element('encrypted', volume.kmsKeyId !== undefined) +
    tagSet(volume.tags)
  );
}

/** What a type of volume doesn't take, EC2 refuses: also what a describe shows of such a volume. */
function refuseUnfit(call: Ec2Call): void {
  const { parameters } = call;
  const type = typeOf(call);
  const given = (name: string) => parameters.get(name) !== undefined;
  const unfit = [
    ...(given('Iops') && !['gp3', 'io1', 'io2'].includes(type) ? ['iops'] : []),
    ...(given('Throughput') && type !== 'gp3' ? ['throughput'] : []),
  ];
  const [first] = unfit;
  if (first === undefined) return;
  const message = `The parameter ${first} is not supported for ${type} volumes.`;
  throw new ServiceError('InvalidParameterCombination', message);
}

function snapshotOf(call: Ec2Call) {
  const id = call.parameters.get('SnapshotId');
  if (id === undefined) return undefined;
  const [snapshot] = findAll(ID_KINDS.snapshot, [id], (each) => call.estate().snapshot(each));
  if (snapshot?.state === 'completed') return snapshot;
  throw new ServiceError('IncorrectState', `Snapshot is in invalid state - ${snapshot?.state}`);
}

function refuseTooManyPending(call: Ec2Call, { volumeId, type }: SimVolume): void {
  const pending = call
    .estate()
    .snapshotsOfVolume(volumeId)
    .filter(({ state }) => state === 'pending');
  const most = type === 'st1' || type === 'sc1' ? 1 : MOST_PENDING;
  if (pending.length < most) return;
  const message = 'Maximum allowed in-progress snapshots for a single volume exceeded.';
  throw new ServiceError('ConcurrentSnapshotLimitExceeded', message);
}

function zoneOf({ parameters, region }: Ec2Call): string {
  const zone = parameters.require('AvailabilityZone');
  if (zone.startsWith(region)) return zone;
  throw new ServiceError('InvalidZone.NotFound', `The zone '${zone}' does not exist.`);
}

function typeOf({ parameters }: Ec2Call): z.infer<typeof VolumeType> {
  const { data } = VolumeType.safeParse(parameters.get('VolumeType') ?? 'gp2');
  if (data !== undefined) return data;
  throw new ServiceError('UnknownVolumeType', `Unknown volume type`);
}

function numberOf({ parameters }: Ec2Call, name: string): number | undefined {
  const text = parameters.get(name);
  const number = Number(text);
  if (text === undefined) return undefined;
  if (Number.isInteger(number) && number > 0) return number;
  throw invalid(`Invalid value '${text}' for ${name}`);
}

/** No two things that calls make have the same id, also after it was reopened. */
function newId(call: Ec2Call, prefix: IdPrefix): string {
  const { origin, accountId, region } = call.estate();
  const codec = idCodec(prefix, hashKey(origin.seed, 'made by a call', accountId, region));
  return codec.encode(VOLUME_SURROUNDINGS.of(call.estate()).made);
}

function missing(name: string): ServiceError {
  return new ServiceError('MissingParameter', `The request must contain the parameter ${name}`);
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}
