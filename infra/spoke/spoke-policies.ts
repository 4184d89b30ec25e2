import type { Purpose } from '../../aws/sessions/spoke-session.ts';
import { MARKER } from '../../core/tags/marker.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import type { Changes, Grant } from '../../kinds/grant.ts';
import { MANAGER_TAG_KEYS, grantsOf } from '../../kinds/registry.ts';
import { policyDocument } from '../policies/policy-document.ts';
import type { Condition, PolicyDocument, PolicyStatement } from '../policies/policy-document.ts';
import { tagConditions } from './tag-conditions.ts';

export interface SpokePolicyOptions {
  /** The partition's name, or what CloudFormation puts it in for. */
  readonly partition: string;
  /** The deployment's own, as `protectTags` of the configuration. */
  readonly protectTags: readonly string[];
}

/**
 * What a spoke role may do: what the kinds declare, each narrowed to what orgsweep does with it. The
 * deletion role is denied, whatever else allows it, to touch what carries a tag that protects.
 *
 * `orgsweep:keep-until` isn't among those tags: IAM can't compare its date with today's, and a denial
 * for good would turn "until" into "for ever". The second look before each removal reads the date.
 */
export function spokePolicy(purpose: Purpose, options: SpokePolicyOptions): PolicyDocument {
  const grants = grantsOf(purpose);
  const reads = grants.filter((grant) => grant.does === 'READ');
  const anywhere = sorted(reads.filter(({ resource }) => resource === undefined));
  const changes = grants.filter((grant) => grant.does !== 'READ');
  return policyDocument([
    ...(anywhere.length > 0 ? [readStatement(anywhere, '*')] : []),
    ...reads.flatMap(({ actions, resource }) =>
      resource === undefined
        ? []
        : [readStatement([...actions].sort(), `arn:${options.partition}:${resource}`)],
    ),
    ...changes.map((change) => changeStatement(change, options.partition)),
    ...(purpose === 'remove' ? protectionStatements(options.protectTags) : []),
  ]);
}

/** Nearly no describe of EC2 knows resources or tags. */
function readStatement(actions: readonly string[], resource: string): PolicyStatement {
  return { Effect: 'Allow', Action: actions, Resource: resource };
}

function changeStatement({ does, actions, resource }: Changes, partition: string): PolicyStatement {
  return {
    Effect: 'Allow',
    Action: actions,
    Resource: `arn:${partition}:${resource}`,
    ...CONDITIONS[does],
  };
}

const CONDITIONS: Readonly<Record<Changes['does'], { readonly Condition?: Condition }>> = {
  MARK: { Condition: tagsOnly(MARKER.key, MARKER.value) },
  REMOVE: { Condition: { StringEquals: { [`aws:ResourceTag/${MARKER.key}`]: MARKER.value } } },
  // Also what has lost the marker: a way back that is closed too often is worse than one open.
  BRING_BACK: {},
  PROTECT: { Condition: tagsOnly(PROTECT_TAG) },
};

/** A request with this tag and no other. */
function tagsOnly(key: string, value?: string): Condition {
  const tag = `aws:RequestTag/${key}`;
  return {
    ...(value !== undefined && { StringEquals: { [tag]: value } }),
    'ForAllValues:StringEquals': { 'aws:TagKeys': [key] },
    // ForAllValues is also true of a request without tags.
    Null: { [tag]: 'false' },
  };
}

/**
 * Whatever a role is allowed elsewhere, it may do nothing to what carries such a tag. Not mark it
 * either: that is the first half of a removal, and a marker on something protected would let it go
 * with the protection's own end. Actions by name would take a third of the room that IAM gives.
 */
function protectionStatements(protectTags: readonly string[]): PolicyStatement[] {
  const keys = [PROTECT_TAG, ...MANAGER_TAG_KEYS];
  return [...keys.map(tagExists), ...protectTags.flatMap(tagConditions)].map((condition) => ({
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: condition,
  }));
}

function tagExists(key: string): Condition {
  return { Null: { [`aws:ResourceTag/${key}`]: 'false' } };
}

function sorted(grants: readonly Grant[]): readonly string[] {
  return [...new Set(grants.flatMap(({ actions }) => actions))].sort();
}
