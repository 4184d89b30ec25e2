import { sortedUnique } from '../../core/model/order.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import type { Granted, Unless } from '../../kinds/grant.ts';
import type { Condition, PolicyDocument, PolicyStatement } from '../policies/policy-document.ts';
import { managedPolicies } from '../policies/policy-limits.ts';
import { tagConditions } from './tag-conditions.ts';

/**
 * Whatever a role is allowed elsewhere, it may do nothing to what carries such a tag. Not mark it
 * either: that is the first half of a removal, and a marker on something protected would let it go
 * with the protection's own end.
 *
 * Each tag is one statement, however many actions the kinds have: `*` denies more than they need,
 * which is safe. Conditions on several keys in one statement would all have to hold.
 *
 * `orgsweep:keep-until` isn't among those tags: IAM can't compare its date with today's, and a denial
 * for good would turn "until" into "for ever". The second look before each removal reads the date.
 */
export function protectionPolicies(
  kinds: readonly Granted[],
  protectTags: readonly string[],
): PolicyDocument[] {
  const managerKeys = sortedUnique(kinds.flatMap(({ managerTagKeys }) => managerTagKeys));
  return managedPolicies([
    denial(tagExists(PROTECT_TAG)),
    ...managerKeys.map((key) => denial(tagExists(key), keptBy(key, kinds))),
    ...protectTags.flatMap(tagConditions).map((condition) => denial(condition)),
    ...neverRemoved(kinds),
  ]);
}

/** What else a kind says is never removed, by what AWS tells IAM of the resource. */
function neverRemoved(kinds: readonly Granted[]): PolicyStatement[] {
  const denials = kinds
    .flatMap(({ iam }) => iam.remove)
    .flatMap((grant) => (grant.does === 'REMOVE' ? grant : []))
    .flatMap(({ unless = [], resource }) =>
      unless.map((one) => denial(conditionOf(one), `arn:*:${resource}`)),
    );
  const each = new Map(denials.map((statement) => [JSON.stringify(statement), statement]));
  return [...each.values()];
}

function conditionOf({ key, is }: Unless): Condition {
  return is === 'PRESENT' ? { Null: { [key]: 'false' } } : { Bool: { [key]: 'true' } };
}

function denial(condition: Condition, resource: string | readonly string[] = '*'): PolicyStatement {
  return { Effect: 'Deny', Action: '*', Resource: resource, Condition: condition };
}

function tagExists(key: string): Condition {
  return { Null: { [`aws:ResourceTag/${key}`]: 'false' } };
}

/** A manager's tag may keep one kind and say nothing of another: what is removed of those it keeps. */
function keptBy(key: string, kinds: readonly Granted[]): string | readonly string[] {
  const kept = kinds.filter(({ managerTagKeys }) => managerTagKeys.includes(key));
  if (kept.length === kinds.length) return '*';
  const removed = kept
    .flatMap(({ iam }) => iam.remove)
    .flatMap((grant) => (grant.does === 'REMOVE' ? [`arn:*:${grant.resource}`] : []));
  return sortedUnique(removed);
}
