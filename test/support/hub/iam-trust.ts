import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument } from '../../../infra/policies/policy-document.ts';
import { policyDocument } from '../../../infra/policies/policy-document.ts';

export interface AssumeRequest {
  readonly trust: PolicyDocument;
  /** The ARN of the role that is to be assumed. */
  readonly roleArn: string;
  /** The role, user or root who asks. A role asks by a session; its `aws:PrincipalArn` is the role's ARN. */
  readonly by: string;
  /** null: in no organization. */
  readonly organizationId: string | null;
  readonly externalId?: string | undefined;
  /** What whoever asks may do; by default assume anything, so that only the trust decides. */
  readonly policy?: PolicyDocument;
  /** The organization of the role that is to be assumed. */
  readonly resourceOrganizationId?: string;
}

const MAY_ASSUME_ANYTHING = policyDocument([
  { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' },
]);

/** What IAM answers to sts:AssumeRole. @throws as `decide` */
export async function decideAssume(request: AssumeRequest): Promise<string> {
  const { trust, roleArn, by, organizationId, externalId, policy = MAY_ASSUME_ANYTHING } = request;
  const answer = await runSimulation(
    {
      request: {
        principal: sessionOf(by),
        action: 'sts:AssumeRole',
        resource: { resource: roleArn, accountId: accountOf(roleArn) },
        contextVariables: {
          'aws:PrincipalArn': by,
          ...(organizationId !== null && { 'aws:PrincipalOrgID': organizationId }),
          ...(request.resourceOrganizationId !== undefined && {
            'aws:ResourceOrgID': request.resourceOrganizationId,
          }),
          ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
        },
      },
      identityPolicies: [{ name: 'own', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: trust,
    },
    {},
  );
  if (answer.resultType !== 'single') {
    throw new Error(`${by} was not decided: ${JSON.stringify(answer)}`);
  }
  const { ignoredContextKeys = [] } = answer.result;
  if (ignoredContextKeys.length > 0) throw new Error(`unknown: ${ignoredContextKeys.join(', ')}`);
  return answer.overallResult;
}

function sessionOf(arn: string): string {
  const [, partition, account, name] =
    /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (name === undefined) return arn;
  return `arn:${partition}:sts::${account}:assumed-role/${name}/session`;
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
