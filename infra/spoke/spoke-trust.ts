import type { Purpose } from '../../aws/sessions/purpose.ts';
import { DEPLOYED } from '../../functions/deployed.ts';
import type { DeployedFunction, DeployedName } from '../../functions/deployed.ts';
import { hubNames } from '../config/hub-names.ts';
import { policyDocument } from '../policies/policy-document.ts';
import type { PolicyDocument } from '../policies/policy-document.ts';

export interface SpokeTrust {
  /** The partition's name, or what CloudFormation puts it in for; so are the others. */
  readonly partition: string;
  readonly hubAccountId: string;
  readonly organizationId: string;
  /** Begins the names of the hub's roles. */
  readonly hubPrefix: string;
  readonly externalId?: string | undefined;
}

/** None lets `*` or `?` in: `aws:PrincipalArn` would take them for wildcards. */
export const TRUST_PATTERNS = {
  hubAccountId: '^\\d{12}$',
  organizationId: '^o-[a-z0-9]{10,32}$',
  hubPrefix: '^[a-z][a-z0-9-]{0,19}$',
  externalId: '^([\\w+=,.@:/-]{2,1224})?$',
} as const;

/**
 * Who may assume a spoke role: the hub's roles that need it, by name, as members of the organization.
 *
 * The principal is the hub account and not the roles, because IAM turns a role's ARN into its unique
 * id when the policy is saved: the roles would have to be there first, and made anew they would be
 * strangers. Of a role's session, `aws:PrincipalArn` is the role's ARN.
 */
export function spokeTrustPolicy(purpose: Purpose, trust: SpokeTrust): PolicyDocument {
  const hub = `arn:${trust.partition}:iam::${trust.hubAccountId}`;
  return policyDocument([
    {
      Effect: 'Allow',
      Principal: { AWS: `${hub}:root` },
      Action: 'sts:AssumeRole',
      Condition: {
        ArnEquals: {
          'aws:PrincipalArn': trustedRoleNames(purpose, trust.hubPrefix).map(
            (name) => `${hub}:role/${name}`,
          ),
        },
        StringEquals: {
          'aws:PrincipalOrgID': trust.organizationId,
          ...(trust.externalId !== undefined && { 'sts:ExternalId': trust.externalId }),
        },
      },
    },
  ]);
}

/**
 * The names of the hub's roles that a spoke role trusts: functions', or for restoring an operator's.
 *
 * @internal A test holds it against the roles that are deployed.
 */
export function trustedRoleNames(purpose: Purpose, hubPrefix: string): string[] {
  const names = hubNames(hubPrefix);
  if (purpose === 'restore') return [names.operatorRole];
  const functions = Object.entries(DEPLOYED) as [DeployedName, DeployedFunction][];
  return functions
    .filter(([, { assumes }]) => assumes.includes(purpose))
    .map(([name]) => names.functionRole(name));
}
