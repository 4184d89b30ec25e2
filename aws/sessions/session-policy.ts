import { groupBy } from '../../core/model/group-by.ts';

/** STS takes no longer inline session policy, in characters. */
const MAX_LENGTH = 2048;

/** The longest name that a partition has. */
const LONGEST_PARTITION = 'aws-us-gov';

/**
 * The policy of a session that changes something: these IAM actions and no other. A session policy
 * only takes away: the session may do what both it and the role allow.
 *
 * @param arns the only resources; left out: all that the role allows
 * @throws when STS would not take it, or would read an ARN as more than one
 */
export function changingPolicy(actions: readonly string[], arns?: readonly string[]): string {
  for (const arn of arns ?? []) {
    if (!isExact(arn)) throw new Error(`${arn} is no exact ARN`);
  }
  const policy = allowing(actions, arns);
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

/** Whether a session with these actions can name this ARN, after `arn:PARTITION:`, and nothing else by it. */
export function canName(actions: readonly string[], arn: string): boolean {
  return isExact(arn) && doFit(actions, [arn]);
}

/**
 * Of these ARNs, after `arn:PARTITION:`, the first ones that a session with these actions can name. At
 * least one: what even that is too long for is refused when the session is opened.
 */
export function arnsThatFit(actions: readonly string[], arns: readonly string[]): string[] {
  const fits = (count: number) => doFit(actions, arns.slice(0, count));
  let count = 1;
  while (count < arns.length && fits(count + 1)) count += 1;
  return arns.slice(0, count);
}

function doFit(actions: readonly string[], arns: readonly string[]): boolean {
  const inFull = arns.map((arn) => `arn:${LONGEST_PARTITION}:${arn}`);
  return isTaken(allowing(actions, inFull));
}

/** IAM reads these as more than one, or as a variable. */
function isExact(arn: string): boolean {
  return !/[*?$]/.test(arn);
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

function allowing(actions: readonly string[], resource: '*' | readonly string[] = '*'): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }],
  });
}

function isTaken({ length }: string): boolean {
  return length <= MAX_LENGTH;
}
