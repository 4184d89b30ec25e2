import type { Purpose, SessionActions } from '../aws/sessions/spoke-session.ts';
import { sortedUnique } from '../core/model/order.ts';

/**
 * What a spoke role may do for a kind. It says what the actions are for, and the roles' policies say
 * from that how far they reach: a kind can't forget the conditions.
 */
export type Grant = Reads | Changes;

interface Reads {
  readonly does: 'READ';
  readonly actions: readonly string[];
  /** Where the actions know resources, the only ones: an ARN after `arn:PARTITION:`, with `*`. */
  readonly resource?: string;
}

/**
 * - `MARK`: tags with orgsweep's marker, and with nothing else.
 * - `REMOVE`: removes what carries the marker, and no tag that protects.
 * - `BRING_BACK`: takes out of the Recycle Bin; there is nothing in it that may not come back.
 * - `PROTECT`: tags with `orgsweep:protect`, and with nothing else.
 */
export interface Changes {
  readonly does: 'MARK' | 'REMOVE' | 'BRING_BACK' | 'PROTECT';
  readonly actions: readonly string[];
  /** The only resources: an ARN after `arn:PARTITION:`, with `*`. */
  readonly resource: string;
}

/** A kind as far as the policies of sessions and roles are folded from it. */
export interface Granted {
  readonly kind: string;
  readonly iam: Readonly<Record<Purpose, readonly Grant[]>>;
  readonly managerTagKeys: readonly string[];
}

/** Listing an account's Regions needs this, whatever the kinds. */
const LIST_REGIONS: Grant = { does: 'READ', actions: ['ec2:DescribeRegions'] };

/** What a role of this purpose is for: the grants of these kinds, one by one. */
export function grantsOf(kinds: readonly Granted[], purpose: Purpose): readonly Grant[] {
  const base = purpose === 'discover' ? [LIST_REGIONS] : [];
  return [...base, ...kinds.flatMap(({ iam }) => iam[purpose])];
}

/** These grants, and reading these listings: what two of them need alike, once. */
export function withReads(
  grants: readonly Grant[],
  listings: readonly { readonly iam: readonly string[] }[],
): readonly Grant[] {
  const actions = sortedUnique(listings.flatMap(({ iam }) => iam));
  return actions.length === 0 ? grants : [...grants, { does: 'READ', actions }];
}

/** The IAM actions of grants, each once, sorted. */
export function actionsOf(grants: readonly Grant[]): readonly string[] {
  return sortedUnique(grants.flatMap(({ actions }) => actions));
}

/** What each session may do: reading for all kinds in one, changes in one for each kind. */
export function sessionActions(kinds: readonly Granted[]): SessionActions {
  const byKind = (purpose: 'remove' | 'restore') =>
    Object.fromEntries(
      kinds
        .filter(({ iam }) => iam[purpose].length > 0)
        .map(({ kind, iam }) => [kind, actionsOf(iam[purpose])]),
    );
  return {
    discover: actionsOf(grantsOf(kinds, 'discover')),
    remove: byKind('remove'),
    restore: byKind('restore'),
  };
}
