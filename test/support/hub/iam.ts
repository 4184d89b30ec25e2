import { runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument } from '../../../infra/policies/policy-document.ts';
import { SPOKE } from './synthesized-spokes.ts';

export type Tags = Readonly<Record<string, string>>;

/** Somebody in a role, who asks for something. */
export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  /** The role's own policy. */
  readonly policy: PolicyDocument;
  /** What the session was narrowed to when it was opened. */
  readonly sessionPolicy?: PolicyDocument;
  readonly principal?: string;
  readonly resourceTags?: Tags;
  /** Tags that the request puts on the resource; none: it doesn't tag. */
  readonly requestTags?: Tags;
  readonly context?: Readonly<Record<string, string>>;
  /** The resource's own: a key of KMS always has one. */
  readonly resourcePolicy?: PolicyDocument;
}

export const SNAPSHOT = 'arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0';

/**
 * What IAM answers, in the words of the simulator: `Allowed`, `ExplicitlyDenied`, `ImplicitlyDenied`.
 *
 * @throws when the simulator finds fault with a policy, or when a condition is about something that
 *   AWS doesn't tell IAM for this action: such a condition would never hold
 */
export async function decide(request: IamRequest): Promise<string> {
  const answer = await runSimulation(toSimulation(request), {});
  if (answer.resultType !== 'single') {
    throw new Error(`${request.action} was not decided: ${JSON.stringify(answer)}`);
  }
  const { ignoredContextKeys = [] } = answer.result;
  if (ignoredContextKeys.length > 0) {
    throw new Error(`${request.action} doesn't know ${ignoredContextKeys.join(', ')}`);
  }
  return answer.overallResult;
}

/** Whether IAM lets it, at once and without the checks of the request: for actions by the thousand. */
export function isAllowedUnchecked({ sessionPolicy, ...request }: IamRequest): boolean {
  // This way the simulator passes over session policies: what both allow is what the session may.
  const policies = [request.policy, ...(sessionPolicy ? [sessionPolicy] : [])];
  return policies.every(
    (policy) => runUnsafeSimulation(toSimulation({ ...request, policy }), {}) === 'Allowed',
  );
}

function toSimulation({
  policy,
  sessionPolicy,
  resourcePolicy,
  action,
  resource,
  ...request
}: IamRequest) {
  const { principal = `arn:aws:iam::${SPOKE}:role/somebody` } = request;
  return {
    request: {
      principal,
      action,
      resource: { resource, accountId: SPOKE },
      contextVariables: toContext(request),
    },
    identityPolicies: [{ name: 'role', policy }],
    ...(sessionPolicy && { sessionPolicy }),
    ...(resourcePolicy && { resourcePolicy }),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

function toContext({
  resourceTags = {},
  requestTags,
  context = {},
}: Pick<IamRequest, 'resourceTags' | 'requestTags' | 'context'>) {
  const tagged = (prefix: string, tags: Tags) =>
    Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]);
  return Object.fromEntries([
    ...tagged('aws:ResourceTag', resourceTags),
    ...tagged('aws:RequestTag', requestTags ?? {}),
    ...(requestTags ? [['aws:TagKeys', Object.keys(requestTags)]] : []),
    ...Object.entries(context),
  ]) as Record<string, string | string[]>;
}
