import { peopleRoles } from '../../core/input/hub-name.ts';
import { type DeployedName, kebabName } from '../../functions/deployed.ts';

/** The names of a deployment that doesn't choose; its stacks carry none. */
export const DEFAULT_PREFIX = 'orgsweep';

/** Names that others have to know before the hub is deployed, or without asking it. */
export interface HubNames {
  readonly prefix: string;
  /** Spoke roles trust these roles by name. */
  functionRole(name: DeployedName): string;
  readonly operatorRole: string;
  readonly approverRole: string;
  readonly stateMachine: string;
  readonly topic: string;
  /** The SSM parameter that tells where everything is. */
  readonly parameter: string;
}

export function hubNames(prefix: string): HubNames {
  const { operator, approver } = peopleRoles(prefix);
  return {
    prefix,
    functionRole: (name) => `${prefix}-hub-${kebabName(name)}`,
    operatorRole: operator,
    approverRole: approver,
    stateMachine: prefix,
    topic: prefix,
    parameter: `/${prefix}/hub`,
  };
}
