import { groupBy } from '../../core/model/group-by.ts';

/** STS takes no longer inline session policy, in characters. */
const MAX_LENGTH = 2048;

/**
 * The policy of a session that changes something: these IAM actions and no other. A session policy
 * only takes away: the session may do what both it and the role allow.
 *
 * @throws when STS would not take it
 */
export function changingPolicy(actions: readonly string[]): string {
  const policy = allowing(actions);
  if (isTaken(policy)) return policy;
  throw new Error(`the session policy has ${policy.length} characters; STS takes ${MAX_LENGTH}`);
}

/**
 * The policy of a session that reads, for all kinds: each action by its name while STS takes that
 * many, else folded. Folding gives the session nothing more: the discovery role names each action, and
 * the session may do no more than the role.
 *
 * @throws when STS would not take it even so
 */
export function readingPolicy(actions: readonly string[]): string {
  const exact = allowing(actions);
  return isTaken(exact) ? exact : changingPolicy(folded(actions));
}

/**
 * Several `Describe…` of a service as `Describe*`, and so with `List…`. Not `Get…`: some of those
 * read data (`ssm:GetParameter`), and a role that somebody else made for orgsweep may allow them.
 */
function folded(actions: readonly string[]): string[] {
  return groupBy(actions, foldedName).flatMap((names) =>
    names.length > 1 ? [foldedName(names[0] ?? '')] : names,
  );
}

function foldedName(action: string): string {
  return action.replace(/^([a-z0-9-]+:(?:Describe|List))[A-Z].*$/, '$1*');
}

function allowing(actions: readonly string[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });
}

function isTaken({ length }: string): boolean {
  return length <= MAX_LENGTH;
}
