import type { SimOrganization } from '../../model/organization.ts';
import type { Caller, PolicyStatement } from '../call/service.ts';
import { matchesPattern } from './session-policy.ts';

export interface Access {
  readonly caller: Caller;
  /** `service:Operation`. */
  readonly action: string;
  /** An ARN, or `*` for actions that know no resources. */
  readonly resource: string;
  readonly region: string;
}

/**
 * Why the caller may not, in AWS's words; undefined when it may. STS GetCallerIdentity isn't asked
 * here: it needs no permission.
 */
export function findDenial(organization: SimOrganization, access: Access): string | undefined {
  const { caller, action } = access;
  if (isDeniedByScp(organization, access)) {
    return 'with an explicit deny in a service control policy';
  }
  if (caller.role === 'hub') return undefined;
  const { roleActions = [] } = caller;
  if (!roleActions.some((pattern) => matchesPattern(pattern, action))) {
    return `because no identity-based policy allows the ${action} action`;
  }
  return caller.sessionPolicy && findSessionDenial(caller.sessionPolicy, access);
}

/** `… is not authorized to perform: … on resource: … because …`, the same in every service. */
export function denialMessage({ caller, action, resource }: Access, why: string): string {
  return `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}

function findSessionDenial(
  statements: readonly PolicyStatement[],
  { action, resource }: Access,
): string | undefined {
  const effects = statements
    .filter(({ actions }) => actions.some((pattern) => matchesPattern(pattern, action)))
    .filter(({ resources }) => resources.some((pattern) => matchesPattern(pattern, resource)))
    .map(({ effect }) => effect);
  if (effects.includes('Deny')) return 'with an explicit deny in a session policy';
  if (effects.includes('Allow')) return undefined;
  return `because no session policy allows the ${action} action`;
}

/** The simulation's SCP denies all of EC2 in a Region; SCPs never bind the management account. */
function isDeniedByScp(organization: SimOrganization, { caller, action, region }: Access): boolean {
  if (!action.startsWith('ec2:')) return false;
  const account = organization.accounts.find(({ id }) => id === caller.accountId);
  if (account === undefined || account.management) return false;
  return account.regions.some(({ name, deniedByScp }) => name === region && deniedByScp);
}
