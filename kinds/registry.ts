import type { Purpose } from '../aws/sessions/spoke-session.ts';
import { sortedUnique } from '../core/model/order.ts';
import { inputSchemaOf, skippableReferencesOf } from './among.ts';
import { ebsSnapshot } from './ebs-snapshot/index.ts';
import { actionsOf } from './grant.ts';
import type { Grant } from './grant.ts';
import type { Kind } from './kind.ts';

/** Every kind there is. A kind that isn't in this list doesn't exist. */
export const KINDS: readonly Kind[] = [ebsSnapshot];

/** What `policy.skipReferences` may name. */
export const SKIPPABLE_REFERENCES: readonly string[] = skippableReferencesOf(KINDS);

/** The execution input's schema, with the kinds and references that there are. */
export const ExecutionInput = inputSchemaOf(KINDS);

/** Listing an account's Regions needs this, whatever the kinds. */
const LIST_REGIONS: Grant = { does: 'READ', actions: ['ec2:DescribeRegions'] };

/** The IAM actions that a session of this purpose needs: those of all kinds, sorted. */
export function permissionsOf(purpose: Purpose): readonly string[] {
  return sortedUnique(actionsOf(grantsOf(purpose)));
}

/** What a role of this purpose is for: the grants of all kinds, one by one. */
export function grantsOf(purpose: Purpose): readonly Grant[] {
  const base = purpose === 'discover' ? [LIST_REGIONS] : [];
  return [...base, ...KINDS.flatMap(({ iam }) => iam[purpose])];
}

/** Keys of tags by which other services show that something is theirs, of all kinds, sorted. */
export const MANAGER_TAG_KEYS: readonly string[] = sortedUnique(
  KINDS.flatMap(({ managerTagKeys }) => managerTagKeys),
);
