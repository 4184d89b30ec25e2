import { CfnParameter, CfnRule, Fn, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { OrgsweepConfig } from './config/config.ts';

/**
 * Refuses an update that changes what hub, roles and people have to agree on, until somebody says that
 * it is meant. The CDK gives a parameter the value that it had, whatever its default is by now; the
 * rule compares it with the configuration, and CloudFormation refuses the update before it begins.
 *
 * So the text of what didn't change must not change either, in no later version: what is to be held
 * besides needs a parameter of its own.
 */
export class AsDeployed extends Construct {
  /** @param keys of the configuration that the values are of, as people are told */
  constructor(scope: Construct, id: string, values: string, keys: string) {
    super(scope, id);
    const deployed = new CfnParameter(this, 'Values', {
      default: values,
      description: 'What this stack was deployed with. Leave it to the CDK.',
    });
    new CfnRule(this, 'Unchanged', {
      assertions: [
        {
          assert: Fn.conditionEquals(deployed.valueAsString, values),
          assertDescription: `This changes ${keys} of a live deployment: accounts and history would be out of reach until everything fits again. Nothing was changed. If it is meant, deploy ${Stack.of(this).stackName} again with --no-previous-parameters.`,
        },
      ],
    });
  }
}

export const AGREED_KEYS = 'prefix, roleNames, externalId or store';

/**
 * Whom the roles in the accounts trust: of another account or organization, none of them lets the hub
 * in. Each for itself, and only where it is configured: to name it later is no change, nor to leave it
 * to a parameter again.
 */
export function holdTrust(
  scope: Construct,
  { hubAccountId, organizationId }: Pick<OrgsweepConfig, 'hubAccountId' | 'organizationId'>,
): void {
  for (const [key, value] of Object.entries({ hubAccountId, organizationId })) {
    if (value !== undefined) new AsDeployed(scope, `AsDeployed-${key}`, value, key);
  }
}

/** What the roles in the accounts and the hub have to agree on. */
export function agreedValues({ prefix, roleNames, externalId }: OrgsweepConfig): string {
  const { discovery, deletion, restore } = roleNames;
  return [
    `prefix=${prefix}`,
    `roleNames=${[discovery, deletion, restore].join(',')}`,
    `externalId=${externalId ?? ''}`,
  ].join(' ');
}

/** Beside that, what the hub keeps its files in. */
export function hubValues(config: OrgsweepConfig): string {
  const { bucketName = '', sealKeyArn = '' } = config.store;
  return `${agreedValues(config)} bucketName=${bucketName} sealKeyArn=${sealKeyArn}`;
}
