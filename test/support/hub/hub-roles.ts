import type { OrgsweepConfigInput } from '../../../infra/config/config.ts';
import type { PolicyDocument, PolicyStatement } from '../../../infra/policies/policy-document.ts';
import { resolve } from './cloud-formation.ts';
import type { CloudFormationTemplate } from './cloud-formation.ts';
import { synthHub } from './synth-hub.ts';
import { HUB } from './synthesized-spokes.ts';

/** A role's policy: all that it is given, as one document. */
export interface HubRole {
  readonly name: string;
  readonly policy: PolicyDocument;
}

export interface HubKey {
  readonly arn: string;
  readonly keySpec: string | undefined;
  readonly policy: PolicyDocument;
}

/** Every role of the synthesized hub, by its logical id; those without a name have that one. */
export function hubRoles(config: OrgsweepConfigInput = {}): HubRole[] {
  return hubIam(config).roles;
}

/** What of the synthesized hub IAM decides by. */
export function hubIam(config: OrgsweepConfigInput = {}): { roles: HubRole[]; keys: HubKey[] } {
  const template = synthHub(config).template.toJSON() as CloudFormationTemplate;
  const all = Object.entries(template.Resources);
  const values = {
    'AWS::Partition': 'aws',
    'AWS::AccountId': HUB,
    'AWS::Region': 'eu-west-1',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const arnOfKey = (id: string) => `arn:aws:kms:eu-west-1:${HUB}:key/${id}`;
  const standIn = (name: string) => {
    const id = name.replace(/\.Arn$/, '');
    if (template.Resources[id]?.Type === 'AWS::KMS::Key') return arnOfKey(id);
    return `arn:aws:stand:in:${HUB}:${name}`;
  };
  const resolved = (value: unknown) => resolve(value, { template, values, standIn });
  const ofRole = (id: string): PolicyStatement[] =>
    all
      .filter(([, { Type }]) => Type === 'AWS::IAM::Policy')
      .filter(([, { Properties }]) => JSON.stringify(Properties['Roles']).includes(`"${id}"`))
      .flatMap(([, { Properties }]) => {
        const { Statement } = resolved(Properties['PolicyDocument']) as PolicyDocument;
        return Statement;
      });
  const roles = all
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .map(([id, { Properties }]) => {
      const inline = (
        resolved(Properties['Policies'] ?? []) as { PolicyDocument: PolicyDocument }[]
      ).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      if (Properties['ManagedPolicyArns']) throw new Error(`${id} has managed policies`);
      const name = (resolved(Properties['RoleName']) ?? id) as string;
      const statements = [...inline, ...ofRole(id)];
      return { name, policy: { Version: '2012-10-17' as const, Statement: statements } };
    });
  const keys = all
    .filter(([, { Type }]) => Type === 'AWS::KMS::Key')
    .map(([id, { Properties }]) => ({
      arn: arnOfKey(id),
      keySpec: Properties['KeySpec'] as string | undefined,
      policy: resolved(Properties['KeyPolicy']) as PolicyDocument,
    }));
  return { roles, keys };
}
