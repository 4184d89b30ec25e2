import type { Purpose } from '../../aws/sessions/purpose.ts';
import { MARKER } from '../../core/tags/marker.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import { actionsOf, fencingOf, grantsOf } from '../../kinds/grant.ts';
import type { Changes, Fencing, Granted } from '../../kinds/grant.ts';
import { policyDocument } from '../policies/policy-document.ts';
import type { Condition, PolicyDocument, PolicyStatement } from '../policies/policy-document.ts';
import { refuseLostFences } from './lost-fences.ts';
import { protectionPolicies } from './protection-policies.ts';

/** A grant lets somebody else use a key: an AWS service alone. */
const CREATE_GRANT = 'kms:CreateGrant';

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
 *
 * @throws where one of these kinds, or of their steps, would take away the fence of another
 */
export function spokePolicies(purpose: Purpose, options: SpokePolicyOptions): SpokePolicies {
  const { kinds, partition, protectTags } = options;
  if (purpose === 'remove') refuseLostFences(kinds, fencedIn);
  const reads = grantsOf(kinds, purpose).filter((grant) => grant.does === 'READ');
  const anywhere = actionsOf(reads.filter(({ resource }) => resource === undefined));
  return {
    inline: policyDocument([
      ...(anywhere.length > 0 ? [readStatement(anywhere, '*')] : []),
      ...reads.flatMap(({ actions, resource }) =>
        resource === undefined
          ? []
          : [readStatement([...actions].sort(), `arn:${partition}:${resource}`)],
      ),
      ...kinds.flatMap((kind) =>
        kind.iam[purpose].flatMap((grant) =>
          grant.does === 'READ' ? [] : changeStatements(kind, grant, purpose, partition),
        ),
      ),
    ]),
    attached: purpose === 'remove' ? protectionPolicies(kinds, protectTags) : [],
  };
}

/** Nearly no describe of EC2 knows resources or tags. */
function readStatement(actions: readonly string[], resource: string): PolicyStatement {
  return { Effect: 'Allow', Action: actions, Resource: resource };
}

function changeStatements(
  kind: Granted,
  change: Changes,
  purpose: Purpose,
  partition: string,
): PolicyStatement[] {
  const arnOf = (resource: string) => `arn:${partition}:${resource}`;
  const { actions, resource } = change;
  const allow = (on: string, Condition: Condition | undefined, Action = actions) => ({
    ...({ Effect: 'Allow', Action, Resource: arnOf(on) } as const),
    ...(Condition && { Condition }),
  });
  switch (change.does) {
    case 'MARK':
      return [allow(resource, tagsOnly([MARKER.key], MARKER.value))];
    case 'REMOVE':
      return [allow(resource, fencedIn(fencingOf(kind, change)))];
    case 'MAKE': {
      const { from, tags } = change;
      const tagged = tags.keys === 'AS_BEFORE' ? undefined : tagsOnly(tags.keys);
      const fence = purpose === 'remove' ? fencedIn(fencingOf(kind, change)) : undefined;
      const made = { ...tagged, StringEquals: madeBy(actions) };
      return [allow(from, fence), allow(resource, tagged), allow(resource, made, [tags.action])];
    }
    // Also what has lost the marker: a way back that is closed too often is worse than one open.
    case 'BRING_BACK':
      return [allow(resource, undefined)];
    case 'PROTECT':
      return [allow(resource, tagsOnly([PROTECT_TAG]))];
    case 'USE_KEYS': {
      const through = { StringLike: { 'kms:ViaService': `${change.through}.*` } };
      const grants = actions.filter((action) => action === CREATE_GRANT);
      const others = actions.filter((action) => action !== CREATE_GRANT);
      return [
        allow(resource, through, others),
        allow(resource, { ...through, Bool: { 'kms:GrantIsForAWSResource': 'true' } }, grants),
      ];
    }
  }
}

/** What IAM knows of an ETag, or of which resources were planned, is nothing. */
function fencedIn(fencing: Fencing): Condition | undefined {
  const { key, value } = fencing.by === 'PARENT_TAG' ? fencing.tag : MARKER;
  const isByTag = fencing.by === 'PARENT_TAG' || fencing.by === 'MARKER';
  return isByTag ? { StringEquals: { [`aws:ResourceTag/${key}`]: value } } : undefined;
}

/** Tags that go with a request of these, and none that are put on what is there. */
function madeBy(actions: readonly string[]): Condition[string] {
  const [service = ''] = (actions[0] ?? '').split(':');
  const names = actions.map((action) => action.slice(service.length + 1));
  return { [`${service}:CreateAction`]: names };
}

/** A request with these tags and no other. */
function tagsOnly(keys: readonly string[], value?: string): Condition {
  const tags = keys.map((key) => `aws:RequestTag/${key}`);
  const each = (is: string) => Object.fromEntries(tags.map((tag) => [tag, is]));
  return {
    ...(value !== undefined && { StringEquals: each(value) }),
    'ForAllValues:StringEquals': { 'aws:TagKeys': keys },
    // ForAllValues is also true of a request without tags.
    Null: each('false'),
  };
}
