import type { OrgsweepConfigInput } from '../../infra/config.ts';
import type { PolicyDocument, PolicyStatement } from '../../infra/policy-document.ts';
import { resolve } from './cloud-formation.ts';
import type { CloudFormationTemplate } from './cloud-formation.ts';
import { synthHub } from './synth-hub.ts';
import { HUB } from './synthesized-spokes.ts';

/** A role's policy: all that it is given, as one document. */
export interface HubRole {
  readonly name: string;
  readonly policy: PolicyDocument;
}

/** Every role of the synthesized hub, by its logical id; those without a name have that one. */
export function hubRoles(config: OrgsweepConfigInput = {}): HubRole[] {
  const template = synthHub(config).template.toJSON() as CloudFormationTemplate;
  const values = {
    'AWS::Partition': 'aws',
    'AWS::AccountId': HUB,
    'AWS::Region': 'eu-west-1',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const standIn = (name: string) => `arn:aws:stand:in:${HUB}:${name}`;
  const resolved = (value: unknown) => resolve(value, { template, values, standIn });
  const all = Object.entries(template.Resources);
  const ofRole = (id: string): PolicyStatement[] =>
    all
      .filter(([, { Type }]) => Type === 'AWS::IAM::Policy')
      .filter(([, { Properties }]) => JSON.stringify(Properties['Roles']).includes(`"${id}"`))
      .flatMap(([, { Properties }]) => {
        const { Statement } = resolved(Properties['PolicyDocument']) as PolicyDocument;
        return Statement;
      });
  return all
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .map(([id, { Properties }]) => {
      const inline = (
        resolved(Properties['Policies'] ?? []) as { PolicyDocument: PolicyDocument }[]
      ).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      if (Properties['ManagedPolicyArns']) throw new Error(`${id} has managed policies`);
      const name = (resolved(Properties['RoleName']) ?? id) as string;
      return { name, policy: { Version: '2012-10-17', Statement: [...inline, ...ofRole(id)] } };
    });
}
