import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, type IKey, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { DeployedName } from '../../functions/deployed.ts';
import { allow } from '../policies/allow.ts';
import type { HubNames } from '../config/hub-names.ts';

export interface SealKeyProps {
  readonly names: HubNames;
  /** The functions that seal, or believe what is sealed. */
  readonly sealing: readonly DeployedName[];
  /** Of a key that stayed when an earlier hub went. */
  readonly keyArn?: string | undefined;
}

/**
 * The key that gives each execution what it seals its files with. It stays when the stack goes, as
 * the bucket does: what was sealed can be told from what was forged only with it. A later hub may
 * adopt it. A deployment that fails at its very first try leaves none behind.
 */
export class SealKey extends Construct {
  readonly key: IKey;

  constructor(scope: Construct, id: string, props: SealKeyProps) {
    super(scope, id);
    this.key =
      props.keyArn === undefined ? this.#make(props) : this.#adopt(props.names, props.keyArn);
  }

  #make({ names, sealing }: SealKeyProps): IKey {
    const key = new Key(this, 'Key', {
      description: `orgsweep: what executions of ${names.stateMachine} seal their files with`,
      keySpec: KeySpec.HMAC_256,
      // KMS rotates no HMAC key; a new one would not know what the old one sealed.
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    key.addToResourcePolicy(onlyFor(names, sealing));
    return key;
  }

  /**
   * Its policy stayed with it, and names the roles that seal: those of a hub of the same prefix. KMS
   * gives an alias only to a key that is there, in this account and Region, and not about to be deleted.
   */
  #adopt({ prefix }: HubNames, keyArn: string): IKey {
    new CfnAlias(this, 'Adopted', { aliasName: `alias/${prefix}-seal`, targetKeyId: keyArn });
    return Key.fromKeyArn(this, 'Key', keyArn);
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
