import { denialMessage } from './iam.ts';
import { commonRefusal } from './refusals.ts';
import { ServiceError, type SimRequest } from '../dispatch/service.ts';
import { matchesPattern } from './session-policy.ts';

/** Somebody with keys of their own, who may do what is named here and nothing else. */
export interface SimPerson {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly arn: string;
  /** Patterns of `service:Operation`, the operation as the API calls it. */
  readonly actions: readonly string[];
  /** Roles of their own account, by path and name. */
  readonly mayAssume: readonly string[];
}

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
