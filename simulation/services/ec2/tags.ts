import type { SimChange } from '../../model/change.ts';
import type { SimEstateView } from '../../model/organization.ts';
import { ServiceError } from '../call/service.ts';
import { element } from '../protocols/xml.ts';
import type { Ec2Call, Ec2Operation } from './operation.ts';
import { BUCKETS, placeOf, refuseUnlessRoleAllows } from './operation.ts';
import type { IdKind } from './resource-ids.ts';
import { findAll } from './resource-ids.ts';
import type { Place } from './visibility.ts';

const MAX_RESOURCES = 1000;
const MAX_TAGS = 50;

type Tags = Readonly<Record<string, string>>;

/** How CreateTags knows the resources of one kind. */
export interface TaggableKind {
  readonly ids: IdKind;
  arnOf(call: Ec2Call, id: string): string;
  /** Undefined: there is none of that id. */
  tagsOf(estate: SimEstateView, id: string): Tags | undefined;
  /** As a describe shows them now. */
  tagsAsSeen(call: Ec2Call, id: string): Tags | undefined;
  change(place: Place, ids: string[], tags: [string, string][]): SimChange;
}

/** CreateTags on resources of these kinds: all or none. */
export function makeCreateTags(kinds: readonly TaggableKind[]): Ec2Operation {
  const kindOf = (id: string) => kinds.find(({ ids }) => ids.shape.test(id));
  const idsOf = (call: Ec2Call) =>
    call.parameters.list('ResourceId').flatMap((id) => {
      const kind = kindOf(id);
      return kind === undefined ? [] : [{ id, kind }];
    });
  return {
    accepts: ['ResourceId', 'Tag'],
    bucket: () => ({ name: 'CreateTags', size: BUCKETS.createTags }),
    // What has no ARN here, the answer refuses by its id.
    resources: (call) => idsOf(call).map(({ id, kind }) => kind.arnOf(call, id)),
    authorize: (call) => {
      const requestTags = parseTags(call);
      for (const { id, kind } of idsOf(call)) {
        // What isn't there has no tags; that it isn't there, the answer says.
        const tags = kind.tagsAsSeen(call, id) ?? {};
        refuseUnlessRoleAllows(call, { arn: kind.arnOf(call, id), tags }, requestTags);
      }
    },
    answer: (call) => {
      const ids = parseResourceIds(call, kindOf);
      const tags = parseTags(call);
      const estate = call.estate();
      const changes = kinds.flatMap((kind) => {
        const own = ids.filter((id) => kind.ids.shape.test(id));
        for (const before of findAll(kind.ids, own, (id) => kind.tagsOf(estate, id))) {
          refuseTooMany({ ...before, ...tags });
        }
        return own.length === 0 ? [] : [kind.change(placeOf(call), own, Object.entries(tags))];
      });
      for (const change of changes) call.change(change);
      return element('return', true);
    },
  };
}

function refuseTooMany(tags: Tags): void {
  if (Object.keys(tags).filter(isOwn).length <= MAX_TAGS) return;
  throw new ServiceError(
    'TagLimitExceeded',
    `The maximum number of Tags for a resource is ${MAX_TAGS}`,
  );
}

/** AWS's own tags don't count against the 50. */
function isOwn(key: string): boolean {
  return !/^aws:/i.test(key);
}

function parseResourceIds(
  { parameters }: Ec2Call,
  kindOf: (id: string) => TaggableKind | undefined,
): readonly string[] {
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
  const other = ids.find((id) => kindOf(id) === undefined);
  if (other !== undefined) throw new ServiceError('InvalidID', `The ID '${other}' is not valid`);
  return [...new Set(ids)];
}

/** Of what a call makes: the tags of its TagSpecification for that type. @throws {ServiceError} */
export function tagsOfNew({ parameters }: Ec2Call, type: string): Tags {
  const all = parameters.indexes('TagSpecification').flatMap((index) => {
    const name = `TagSpecification.${index}`;
    if (parameters.get(`${name}.ResourceType`) !== type)
      throw invalid(
        `'${parameters.get(`${name}.ResourceType`)}' is not a valid taggable resource type for this operation.`,
      );
    return pairsAt(parameters, `${name}.Tag`);
  });
  refuseTooMany(Object.fromEntries(all));
  return Object.fromEntries(all);
}

function parseTags({ parameters }: Ec2Call): Tags {
  const pairs = pairsAt(parameters, 'Tag');
  if (pairs.length === 0) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter tagSet');
  }
  return Object.fromEntries(pairs);
}

function pairsAt(parameters: Ec2Call['parameters'], name: string): [string, string][] {
  return parameters.indexes(name).map((index): [string, string] => {
    const key = parameters.get(`${name}.${index}.Key`) ?? '';
    const value = parameters.get(`${name}.${index}.Value`) ?? '';
    if (!isOwn(key)) {
      throw invalid(`Tag keys starting with 'aws:' are reserved for internal use`);
    }
    if (key === '' || key.length > 128) throw invalid('Tag key must be 1 to 128 characters long');
    if (value.length > 256) throw invalid('Tag value exceeds the maximum length of 256 characters');
    return [key, value];
  });
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}
