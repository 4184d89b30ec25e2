import type { SimSnapshot } from '../../model/snapshot.ts';
import { element, itemList, tagSet } from '../../services/protocols/xml.ts';
import type { Filter, FilterFields } from '../../services/ec2/filters.ts';
import { parseFilters, plainValues, toPredicate } from '../../services/ec2/filters.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import { listingBucket, placeOf } from '../../services/ec2/operation.ts';
import type { Source } from '../../services/ec2/paging.ts';
import { arraySource, concat, listPage, onePage } from '../../services/ec2/paging.ts';
import { ID_KINDS, findAll } from '../../services/ec2/resource-ids.ts';
import { seeSnapshot, SNAPSHOTS } from './seen.ts';

const LIMITS = { min: 5, max: 1000, clamp: false, idParameter: 'SnapshotId' } as const;

const FIELDS: FilterFields<SimSnapshot> = {
  description: ({ description }) => [description],
  encrypted: ({ encrypted }) => [String(encrypted)],
  'owner-id': ({ ownerId }) => [ownerId],
  'snapshot-id': ({ snapshotId }) => [snapshotId],
  'start-time': ({ startTime }) => [startTime.toISOString()],
  status: ({ state }) => [state],
  'storage-tier': ({ storageTier }) => [storageTier],
  'transfer-type': ({ transferType }) => (transferType ? [transferType] : []),
  'volume-id': ({ volumeId }) => [volumeId],
  'volume-size': ({ volumeSizeGiB }) => [String(volumeSizeGiB)],
};

/** DescribeSnapshots. Without owners it shows the public snapshots of other accounts too. */
export const describeSnapshots: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'Owner', 'RestorableBy', 'SnapshotId', 'Filter'],
  bucket: listingBucket('SnapshotId'),
  answer: (call) => {
    const filters = parseFilters(call.parameters);
    const passes = toPredicate(filters, FIELDS, ({ tags }) => tags);
    const hasOwner = ownerPredicate(call);
    const matches = (snapshot: SimSnapshot) => hasOwner(snapshot) && passes(snapshot);
    const source = sourceOf(call, filters);
    const { items, nextToken } = listPage(call, { source, matches, limits: LIMITS });
    return itemList('snapshotSet', items.map(describeSnapshot)) + nextToken;
  },
};

/** A snapshot as a describe in this account and Region shows it now, ghosts included. */
export function findVisibleSnapshot(call: Ec2Call, id: string): SimSnapshot | undefined {
  const place = placeOf(call);
  const found = call.estate().snapshot(id);
  if (found !== undefined) return seeSnapshot(call.visibility, place, found);
  return ghostsOf(call).find(({ snapshotId }) => snapshotId === id);
}

function sourceOf(call: Ec2Call, filters: readonly Filter[]): Source<SimSnapshot> {
  const ids = call.parameters.list('SnapshotId');
  if (ids.length > 0) {
    const find = (id: string) => findVisibleSnapshot(call, id) ?? findPublicSnapshot(call, id);
    return arraySource(findAll(ID_KINDS.snapshot, ids, find));
  }
  if (!asksForOwnOnly(call)) return concat([ownSource(call), arraySource(publicSnapshots(call))]);
  if (filters.length === 0 && asksForPublicOnly(call)) return ownPublicSource(call);
  return ownSnapshots(call, filters);
}

/** All of the account's own; where a filter names some by id, those alone. */
export function ownSnapshots(call: Ec2Call, filters: readonly Filter[]): Source<SimSnapshot> {
  return lookedUp(call, filters) ?? ownSource(call);
}

/** What a filter names by plain id isn't searched for in the whole estate. */
function lookedUp(call: Ec2Call, filters: readonly Filter[]): Source<SimSnapshot> | undefined {
  const estate = call.estate();
  const ids = plainValues(filters, 'snapshot-id');
  const volumeIds = plainValues(filters, 'volume-id');
  const found =
    ids?.flatMap((id) => estate.snapshot(id) ?? []) ??
    volumeIds?.flatMap((id) => estate.snapshotsOfVolume(id));
  if (found === undefined) return undefined;
  const { visibility } = call;
  const place = placeOf(call);
  const seen = found.map((snapshot) => seeSnapshot(visibility, place, snapshot));
  return onePage(call, [...ghostsOf(call), ...seen]);
}

/** Ghosts come first and on the first page only, so that no listing shows one twice. */
function ownSource(call: Ec2Call): Source<SimSnapshot> {
  const { visibility } = call;
  const place = placeOf(call);
  return (from, limit) => {
    const ghosts = from === 0 ? ghostsOf(call).slice(0, limit - 1) : [];
    const page = call.estate().snapshots(from, limit - ghosts.length);
    const seen = page.items.map((snapshot) => seeSnapshot(visibility, place, snapshot));
    return { items: [...ghosts, ...seen], next: page.next };
  };
}

/** Deleted, and still shown: not those that were restored meanwhile. */
function ghostsOf(call: Ec2Call): readonly SimSnapshot[] {
  const ghosts = call.visibility.of(SNAPSHOTS).ghosts(placeOf(call));
  return ghosts.filter(({ snapshotId }) => call.estate().snapshot(snapshotId) === undefined);
}

function asksForPublicOnly({ parameters }: Ec2Call): boolean {
  const restorers = parameters.list('RestorableBy');
  return restorers.length === 1 && restorers[0] === 'all';
}

/** The few public ones, without going through all the others. */
function ownPublicSource(call: Ec2Call): Source<SimSnapshot> {
  return (from, limit) => {
    const { items, next } = call.estate().ownPublicSnapshots(from, limit);
    const place = placeOf(call);
    return { items: items.map((snapshot) => seeSnapshot(call.visibility, place, snapshot)), next };
  };
}

function publicSnapshots({ organization, caller, region }: Ec2Call): readonly SimSnapshot[] {
  return organization.publicSnapshots(region).filter(({ ownerId }) => ownerId !== caller.accountId);
}

function findPublicSnapshot(call: Ec2Call, id: string): SimSnapshot | undefined {
  return publicSnapshots(call).find(({ snapshotId }) => snapshotId === id);
}

function asksForOwnOnly({ parameters, caller }: Ec2Call): boolean {
  const owners = parameters.list('Owner');
  return (
    owners.length > 0 && owners.every((owner) => owner === 'self' || owner === caller.accountId)
  );
}

function ownerPredicate({ parameters, caller }: Ec2Call): (snapshot: SimSnapshot) => boolean {
  const toAccount = (owner: string) => (owner === 'self' ? caller.accountId : owner);
  const owners = parameters.list('Owner').map(toAccount);
  const restorers = parameters.list('RestorableBy');
  return (snapshot) =>
    (owners.length === 0 || owners.includes(snapshot.ownerId)) &&
    (restorers.length === 0 || restorers.some((who) => mayRestore(snapshot, toAccount(who))));
}

/** "all" means public snapshots; an account, what it owns or has a permission of its own for. */
function mayRestore(snapshot: SimSnapshot, restorer: string): boolean {
  if (restorer === 'all') return snapshot.public;
  return snapshot.ownerId === restorer || snapshot.sharedWith.includes(restorer);
}

function describeSnapshot(snapshot: SimSnapshot): string {
  return (
    element('snapshotId', snapshot.snapshotId) +
    element('volumeId', snapshot.volumeId) +
    element('status', snapshot.state) +
    element('startTime', snapshot.startTime) +
    element('progress', snapshot.state === 'pending' ? '42%' : '100%') +
    element('ownerId', snapshot.ownerId) +
    element('volumeSize', snapshot.volumeSizeGiB) +
    element('description', snapshot.description) +
    tagSet(snapshot.tags) +
    element('encrypted', snapshot.encrypted) +
    element('storageTier', snapshot.storageTier) +
    element('transferType', snapshot.transferType) +
    element('fullSnapshotSizeInBytes', snapshot.fullSizeBytes) +
    element('outpostArn', snapshot.outpostArn) +
    element('dataEncryptionKeyId', snapshot.dataEncryptionKeyId)
  );
}
