import { Aws, CfnCondition, CfnParameter, Fn, Token } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import type { OrgsweepConfig } from './config.ts';
import { TRUST_PATTERNS } from './spoke-trust.ts';

/** What a spoke role trusts, as CloudFormation parameters; a StackSet hands them on by these names. */
export const TRUST_PARAMETERS = ['HubAccountId', 'OrganizationId', 'HubPrefix', 'ExternalId'];

/**
 * Parameters with the configured values as their defaults. What isn't configured has to be given at
 * deployment.
 */
export function addTrustParameters(stack: Stack, config: OrgsweepConfig) {
  const hubAccountId = addText(stack, 'HubAccountId', config.hubAccountId, {
    allowedPattern: TRUST_PATTERNS.hubAccountId,
    description: 'The account where the hub runs.',
  });
  const organizationId = addText(stack, 'OrganizationId', config.organizationId, {
    allowedPattern: TRUST_PATTERNS.organizationId,
    description: 'The organization that the hub account is in.',
  });
  const hubPrefix = addText(stack, 'HubPrefix', config.prefix, {
    allowedPattern: TRUST_PATTERNS.hubPrefix,
    description: 'How the names of the hub begin.',
  });
  const externalId = addText(stack, 'ExternalId', config.externalId ?? '', {
    allowedPattern: TRUST_PATTERNS.externalId,
    description: 'The external id of the hub; empty: it has none.',
  });
  return { hubAccountId, organizationId, hubPrefix, externalId };
}

/** The external id as a condition's value, which isn't there where the parameter is empty. */
export function ifGiven(stack: Stack, externalId: string): string {
  const condition = new CfnCondition(stack, 'HasExternalId', {
    expression: Fn.conditionNot(Fn.conditionEquals(externalId, '')),
  });
  return Token.asString(Fn.conditionIf(condition.logicalId, externalId, Aws.NO_VALUE));
}

function addText(
  stack: Stack,
  id: string,
  value: string | undefined,
  about: { allowedPattern: string; description: string },
): string {
  const parameter = new CfnParameter(stack, id, {
    ...about,
    ...(value !== undefined && { default: value }),
  });
  return parameter.valueAsString;
}
