import type { Purpose } from '../../aws/sessions/spoke-session.ts';
import { MARKER } from '../../core/tags/marker.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import { actionsOf, grantsOf } from '../../kinds/grant.ts';
import type { Changes, Granted } from '../../kinds/grant.ts';
import { policyDocument } from '../policies/policy-document.ts';
import type { Condition, PolicyDocument, PolicyStatement } from '../policies/policy-document.ts';
import { protectionPolicies } from './protection-policies.ts';

export interface SpokePolicyOptions {
  /** Those that the role is for. */
  readonly kinds: readonly Granted[];
  /** The partition's name, or what CloudFormation puts it in for. */
  readonly partition: string;
  /** The deployment's own, as `protectTags` of the configuration. */
  readonly protectTags: readonly string[];
}

export interface SpokePolicies {
  /** In the role itself: what it may do. */
  readonly inline: PolicyDocument;
  /** Attached to it: what it is denied, whatever else allows it. */
  readonly attached: readonly PolicyDocument[];
}

/**
 * What a spoke role may do: what the kinds declare, each narrowed to what orgsweep does with it. The
 * deletion role is denied, whatever else allows it, to touch what carries a tag that protects.
 */
export function spokePolicies(purpose: Purpose, options: SpokePolicyOptions): SpokePolicies {
  const { kinds, partition, protectTags } = options;
  const grants = grantsOf(kinds, purpose);
  const reads = grants.filter((grant) => grant.does === 'READ');
  const anywhere = actionsOf(reads.filter(({ resource }) => resource === undefined));
  const changes = grants.filter((grant) => grant.does !== 'READ');
  return {
    inline: policyDocument([
      ...(anywhere.length > 0 ? [readStatement(anywhere, '*')] : []),
      ...reads.flatMap(({ actions, resource }) =>
        resource === undefined
          ? []
          : [readStatement([...actions].sort(), `arn:${partition}:${resource}`)],
      ),
      ...changes.map((change) => changeStatement(change, partition)),
    ]),
    attached: purpose === 'remove' ? protectionPolicies(kinds, protectTags) : [],
  };
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
