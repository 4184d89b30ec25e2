import { CfnParameter } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import type { OrgsweepConfig } from '../config/config.ts';
import { TRUST_PATTERNS } from './spoke-trust.ts';

/**
 * What has to be given at deployment, because the configuration doesn't say. Only that is a
 * parameter: CloudFormation's tools keep a parameter's earlier value when its default changes, and an
 * OU that was taken out of the configuration would keep its deletion role.
 */
const PARAMETERS = {
  hubAccountId: { id: 'HubAccountId', description: 'The account where the hub runs.' },
  organizationId: {
    id: 'OrganizationId',
    description: 'The organization that the hub account is in.',
  },
} as const;
type Asked = keyof typeof PARAMETERS;

/** The parameters that a stack of spoke roles has; a StackSet hands them on by the same names. */
export function trustParameters(config: OrgsweepConfig): string[] {
  const asked = Object.keys(PARAMETERS) as Asked[];
  return asked.filter((key) => config[key] === undefined).map((key) => PARAMETERS[key].id);
}

/** What the spoke roles of a stack trust, as configured or as its parameters will say. */
export function addTrust(stack: Stack, config: OrgsweepConfig) {
  const given = (key: Asked) => config[key] ?? addParameter(stack, key);
  return {
    hubAccountId: given('hubAccountId'),
    organizationId: given('organizationId'),
    hubPrefix: config.prefix,
    externalId: config.externalId,
  };
}

function addParameter(stack: Stack, key: Asked): string {
  const { id, description } = PARAMETERS[key];
  const allowedPattern = TRUST_PATTERNS[key];
  return new CfnParameter(stack, id, { allowedPattern, description }).valueAsString;
}
