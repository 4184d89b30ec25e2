import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { DeployedName } from '../../functions/deployed.ts';
import { allow } from '../allow.ts';
import type { HubNames } from '../hub-names.ts';

export interface SealKeyProps {
  readonly names: HubNames;
  /** The functions that seal, or believe what is sealed. */
  readonly sealing: readonly DeployedName[];
}

/**
 * The key that gives each execution what it seals its files with. It stays when the stack goes, as
 * the bucket does: what was sealed can be told from what was forged only with it.
 */
export class SealKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, { names, sealing }: SealKeyProps) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: `orgsweep: what executions of ${names.stateMachine} seal their files with`,
      keySpec: KeySpec.HMAC_256,
      // KMS rotates no HMAC key; a new one would not know what the old one sealed.
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.key.addToResourcePolicy(onlyFor(names, sealing));
  }

  allow(role: Role): void {
    allow(role, {
      actions: ['kms:GenerateMac'],
      resources: [this.key.keyArn],
      conditions: { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } },
    });
  }
}

/**
 * The key's policy leaves it to the account's IAM who may, as a key without an administrator could
 * never be changed again. So a policy that allows `kms:*` on everything would be enough to forge
 * with: it isn't, as this denies it to everybody else, grants included.
 */
function onlyFor(names: HubNames, sealing: readonly DeployedName[]): PolicyStatement {
  const roles = sealing.map(
    (name) => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${names.functionRole(name)}`,
  );
  return new PolicyStatement({
    sid: 'OnlyFunctionsThatSeal',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['kms:GenerateMac', 'kms:VerifyMac'],
    resources: ['*'],
    conditions: { ArnNotEquals: { 'aws:PrincipalArn': roles } },
  });
}
