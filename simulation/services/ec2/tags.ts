import { ServiceError } from '../call/service.ts';
import { element } from '../protocols/xml.ts';
import type { Ec2Call, Ec2Operation } from './operation.ts';
import { BUCKETS, placeOf, refuseUnlessRoleAllows, snapshotArn } from './operation.ts';
import { ID_KINDS, findAll } from './resource-ids.ts';

const MAX_RESOURCES = 1000;
const MAX_TAGS = 50;

/** CreateTags on snapshots, the only resources that the simulation can tag: all or none. */
export const createTags: Ec2Operation = {
  accepts: ['ResourceId', 'Tag'],
  bucket: () => ({ name: 'CreateTags', size: BUCKETS.createTags }),
  resources: ({ parameters, region }) =>
    parameters.list('ResourceId').map((id) => snapshotArn(region, id)),
  authorize: (call) => {
    const requestTags = parseTags(call);
    for (const snapshotId of call.parameters.list('ResourceId')) {
      const snapshot = call.estate().snapshot(snapshotId);
      // What isn't there has no tags; that it isn't there, the answer says.
      const seen = snapshot && call.visibility.see(placeOf(call), snapshot);
      refuseUnlessRoleAllows(call, { snapshotId, tags: seen?.tags ?? {} }, requestTags);
    }
  },
  answer: (call) => {
    const ids = parseResourceIds(call);
    const tags = parseTags(call);
    const estate = call.estate();
    const snapshots = findAll('snapshot', ids, (id) => estate.snapshot(id));
    for (const snapshot of snapshots) {
      if (Object.keys({ ...snapshot.tags, ...tags }).filter(isOwn).length > MAX_TAGS) {
        throw new ServiceError(
          'TagLimitExceeded',
          `The maximum number of Tags for a resource is ${MAX_TAGS}`,
        );
      }
    }
    const snapshotIds = snapshots.map(({ snapshotId }) => snapshotId);
    call.change({
      kind: 'tag-snapshots',
      ...placeOf(call),
      snapshotIds,
      tags: Object.entries(tags),
    });
    return element('return', true);
  },
};

/** AWS's own tags don't count against the 50. */
function isOwn(key: string): boolean {
  return !/^aws:/i.test(key);
}

function parseResourceIds({ parameters }: Ec2Call): readonly string[] {
  const ids = parameters.list('ResourceId');
  if (ids.length === 0) {
    throw new ServiceError(
      'MissingParameter',
      'The request must contain the parameter resourceIdSet',
    );
  }
  if (ids.length > MAX_RESOURCES) {
    throw new ServiceError(
      'InvalidParameterValue',
      `The maximum number of resources to tag in one call is ${MAX_RESOURCES}`,
    );
  }
  const other = ids.find((id) => !ID_KINDS.snapshot.shape.test(id));
  if (other !== undefined) throw new ServiceError('InvalidID', `The ID '${other}' is not valid`);
  return [...new Set(ids)];
}

function parseTags({ parameters }: Ec2Call): Readonly<Record<string, string>> {
  const pairs = parameters.indexes('Tag').map((index): [string, string] => {
    const key = parameters.get(`Tag.${index}.Key`) ?? '';
    const value = parameters.get(`Tag.${index}.Value`) ?? '';
    if (!isOwn(key)) {
      throw invalid(`Tag keys starting with 'aws:' are reserved for internal use`);
    }
    if (key === '' || key.length > 128) throw invalid('Tag key must be 1 to 128 characters long');
    if (value.length > 256) throw invalid('Tag value exceeds the maximum length of 256 characters');
    return [key, value];
  });
  if (pairs.length === 0) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter tagSet');
  }
  return Object.fromEntries(pairs);
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}
