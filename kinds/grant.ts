import type { ChangeActions, SessionActions } from '../aws/sessions/spoke-session.ts';
import type { Purpose } from '../aws/sessions/purpose.ts';
import { sortedUnique } from '../core/model/order.ts';

/**
 * What a spoke role may do for a kind. It says what the actions are for, and the roles' policies say
 * from that, and from the fences of the kind's steps, how far they reach: a kind can't forget the
 * conditions.
 */
export type Grant = Reads | Changes;

interface OfSteps {
  /** The steps of the removal that it is for, or for whose way back; left out: all of them. */
  readonly steps?: readonly string[];
}

interface Reads extends OfSteps {
  readonly does: 'READ';
  readonly actions: readonly string[];
  /** Where the actions know resources, the only ones: an ARN after `arn:PARTITION:`, with `*`. */
  readonly resource?: string;
}

export type Changes = Tags | Removes | Makes | UsesKeys;

interface Change extends OfSteps {
  readonly actions: readonly string[];
  /** The only resources: an ARN after `arn:PARTITION:`, with `*`. */
  readonly resource: string;
}

/**
 * - `MARK`: tags with orgsweep's marker, and with nothing else.
 * - `BRING_BACK`: takes a step back, as out of the Recycle Bin; there is nothing that may not come back.
 * - `PROTECT`: tags with `orgsweep:protect`, and with nothing else.
 */
interface Tags extends Change {
  readonly does: 'MARK' | 'BRING_BACK' | 'PROTECT';
}

/** Takes a step with what the step's fence lets through, and with nothing that a tag protects. */
interface Removes extends Change {
  readonly does: 'REMOVE';
  /** What is never removed, by the service's own condition keys, whoever allows it. */
  readonly unless?: readonly Unless[];
}

/** PRESENT: the key has a value, as `ec2:ManagedResourceOperator` has of what a service manages. */
export interface Unless {
  readonly key: string;
  readonly is: 'PRESENT' | 'TRUE';
}

/**
 * Makes something of what the step's fence lets through, tagged in the same request. By those tags it
 * is orgsweep's own. A way back has no fence.
 */
interface Makes extends Change {
  readonly does: 'MAKE';
  /** What it is made of, as `resource` says what is made. */
  readonly from: string;
  readonly tags: {
    /** What IAM asks for as well where a request tags: `ec2:CreateTags`. */
    readonly action: string;
    /** All that it gets. AS_BEFORE: what is made again has the tags of its owner. */
    readonly keys: readonly string[] | 'AS_BEFORE';
  };
}

/** Lets a service that is asked use keys of KMS, and uses none by itself: for what is made again encrypted. */
interface UsesKeys extends Change {
  readonly does: 'USE_KEYS';
  /** As KMS names it: `ec2`. */
  readonly through: string;
}

/** What keeps a role that may take a step from taking it with something else, as far as IAM goes. */
export type Fencing = TagOfParent | { readonly by: 'MARKER' | 'ETAG' | 'EXACT_ARNS' | 'NOTHING' };

export interface TagOfParent {
  readonly by: 'PARENT_TAG';
  readonly tag: { readonly key: string; readonly value: string };
}

/** A kind as far as the policies of sessions and roles are folded from it. */
export interface Granted {
  readonly kind: string;
  readonly iam: Readonly<Record<Purpose, readonly Grant[]>>;
  readonly managerTagKeys: readonly string[];
  /** Left out: it is only reported. */
  readonly removal?: { readonly steps: readonly GrantedStep[] } | undefined;
}

interface GrantedStep {
  readonly name: string;
  /** With `arnOf`, its sessions name the resources of their batch. */
  readonly fence: Fencing & { readonly arnOf?: unknown };
}

/** A session's policy has to allow something, also where there is nothing to do. */
const ANYBODY_MAY = 'sts:GetCallerIdentity';

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
  const tagging = grants.flatMap((grant) => (grant.does === 'MAKE' ? grant.tags.action : []));
  return sortedUnique([...grants.flatMap(({ actions }) => actions), ...tagging]);
}

/** What a grant of the deletion role is narrowed by. @throws where its steps are fenced in differently */
export function fencingOf({ kind, removal }: Granted, grant: Changes): Fencing {
  const fences = (removal?.steps ?? []).filter(({ name }) => isFor(grant, name));
  const [first = { fence: { by: 'MARKER' } as const }, ...others] = fences;
  if (others.every(({ fence }) => isSameFencing(fence, first.fence))) return first.fence;
  throw new Error(`${kind}: ${grant.actions.join(', ')} is for steps with different fences`);
}

function isSameFencing(one: Fencing, other: Fencing): boolean {
  if (one.by !== 'PARENT_TAG' || other.by !== 'PARENT_TAG') return one.by === other.by;
  return one.tag.key === other.tag.key && one.tag.value === other.tag.value;
}

/** What each session may do: reading for all kinds in one, changes in one for each step of each kind. */
export function sessionActions(kinds: readonly Granted[]): SessionActions {
  const byKind = (purpose: 'remove' | 'restore') =>
    Object.fromEntries(
      kinds
        .map((kind) => [kind.kind, byStep(kind, purpose)] as const)
        .filter(([, steps]) => Object.keys(steps).length > 0),
    );
  return {
    discover: actionsOf(grantsOf(kinds, 'discover')),
    remove: byKind('remove'),
    restore: byKind('restore'),
  };
}

/** The IAM actions that a session for this step has. */
export function actionsToRemove({ iam }: Pick<Granted, 'iam'>, step: string): readonly string[] {
  return actionsOf(iam.remove.filter((grant) => isFor(grant, step)));
}

/** Looking is for all steps of a kind: also what nothing brings back is looked for. */
function toRestore({ iam }: Pick<Granted, 'iam'>, step: string): readonly string[] {
  const actions = actionsOf(
    iam.restore.filter((grant) => grant.does === 'READ' || isFor(grant, step)),
  );
  return actions.length === 0 ? [ANYBODY_MAY] : actions;
}

function byStep(
  { iam, removal }: Granted,
  purpose: 'remove' | 'restore',
): Record<string, ChangeActions> {
  const steps = (removal?.steps ?? []).map(({ name, fence }): [string, ChangeActions] => {
    const actions =
      purpose === 'remove' ? actionsToRemove({ iam }, name) : toRestore({ iam }, name);
    const isOfExactArns = purpose === 'remove' && fence.arnOf !== undefined;
    return [name, { actions, ...(isOfExactArns && { isOfExactArns }) }];
  });
  return Object.fromEntries(steps.filter(([, { actions }]) => actions.length > 0));
}

function isFor({ steps }: Pick<Grant, 'steps'>, step: string): boolean {
  return steps === undefined || steps.includes(step);
}
