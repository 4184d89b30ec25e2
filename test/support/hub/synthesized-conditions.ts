import type { MayChange, RoleRequest } from '../../../simulation/services/ec2/role-conditions.ts';
import type { OrgsweepConfigInput } from '../../../infra/config/config.ts';
import { isAllowedUnchecked } from './iam.ts';
import { spokeRoles } from './synthesized-spokes.ts';

/** What the synthesized policies of the spoke roles say, and all that they were asked. */
export function synthesizedConditions(config: OrgsweepConfigInput = {}) {
  const roles = spokeRoles(config);
  const asked: (RoleRequest & { readonly isAllowed: boolean })[] = [];
  const mayChange: MayChange = (request) => {
    const { policy } = roles[`orgsweep-${request.role}`]!;
    const isAllowed = isAllowedUnchecked({ ...request, policy });
    asked.push({ ...request, isAllowed });
    return isAllowed;
  };
  return { mayChange, asked };
}
