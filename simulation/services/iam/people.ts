import { denialMessage } from './iam.ts';
import { commonRefusal } from '../call/refusals.ts';
import { ServiceError, type SimRequest } from '../call/service.ts';
import { matchesPattern } from './session-policy.ts';

/** Why the caller may not, in IAM's words; undefined when it may. */
export type MayCall = (request: SimRequest, operation: string) => Promise<string | undefined>;

/** By what a person's own policies allow. STS asks the role that is to be assumed. */
export const mayCallByDefault: MayCall = async ({ caller, service }, operation) => {
  if (caller.person === undefined || service === 'sts') return undefined;
  const action = `${service}:${operation}`;
  if (caller.person.actions.some((pattern) => matchesPattern(pattern, action))) return undefined;
  return `because no identity-based policy allows the ${action} action`;
};

/** @throws {ServiceError} in the service's own words */
export async function refuseByPolicy(
  mayCall: MayCall,
  request: SimRequest,
  operation: string,
): Promise<void> {
  const why = await mayCall(request, operation);
  if (why === undefined) return;
  const { caller, region, service } = request;
  const { code, status } = commonRefusal(service, 'DENIED');
  const access = { caller, action: `${service}:${operation}`, resource: '*', region };
  throw new ServiceError(code, denialMessage(access, why), status);
}
