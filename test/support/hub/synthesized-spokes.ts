import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../../infra/config/config.ts';
import type { OrgsweepConfigInput } from '../../../infra/config/config.ts';
import type { PolicyDocument } from '../../../infra/policies/policy-document.ts';
import { SpokeStackSetsStack } from '../../../infra/spoke/spoke-stack-sets.ts';
import { resolve } from './cloud-formation.ts';
import type { CloudFormationTemplate } from './cloud-formation.ts';

export const HUB = '999988887777';
export const SPOKE = '111122223333';
export const ORGANIZATION = 'o-a1b2c3d4e5';
export const EXTERNAL_ID = 'between-the-two-of-us';

/** A role as CloudFormation makes it from the synthesized template. */
export interface SynthesizedRole {
  readonly name: string;
  readonly maxSessionSeconds: number;
  readonly trust: PolicyDocument;
  /** What stands in the role, and what is attached to it. */
  readonly policy: PolicyDocument;
}

export function synthesizeStackSets(context: OrgsweepConfigInput = {}): CloudFormationTemplate {
  const app = new App({ autoSynth: false, analyticsReporting: false });
  const stack = new SpokeStackSetsStack(app, 'Spokes', { config: readConfig(context) });
  return Template.fromStack(stack).toJSON() as CloudFormationTemplate;
}

/** The templates that the StackSets hand out, by the StackSets' logical ids. */
export function bodiesOf(template: CloudFormationTemplate): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template.Resources).map(([id, { Properties }]) => [
      id,
      Properties['TemplateBody'] as string,
    ]),
  );
}

/** What stands in a spoke account where deletion is enabled: every role of the StackSets. */
export function spokeRoles(context: OrgsweepConfigInput = {}): Record<string, SynthesizedRole> {
  const deletion = { organizationalUnits: ['ou-ab12-cdef3456'] };
  const bodies = Object.values(bodiesOf(synthesizeStackSets({ deletion, ...context })));
  const roles = bodies.flatMap(rolesOf);
  return Object.fromEntries(roles.map((role) => [role.name, role]));
}

function rolesOf(body: string): SynthesizedRole[] {
  const template = JSON.parse(body) as CloudFormationTemplate;
  const values = {
    'AWS::Partition': 'aws',
    HubAccountId: HUB,
    OrganizationId: ORGANIZATION,
    ...defaultsOf(template),
  };
  const read = (given: unknown) =>
    // Of another resource: its own logical id.
    resolve(given, { template, values, standIn: (id) => id }) as Record<string, unknown>;
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Role')
    .map(({ Properties }) => {
      const role = read(Properties);
      const [inline] = role['Policies'] as [{ PolicyDocument: PolicyDocument }];
      const attached = ((role['ManagedPolicyArns'] ?? []) as string[]).map(
        (id) => read(template.Resources[id]?.Properties)['PolicyDocument'] as PolicyDocument,
      );
      return {
        name: role['RoleName'] as string,
        maxSessionSeconds: role['MaxSessionDuration'] as number,
        trust: role['AssumeRolePolicyDocument'] as PolicyDocument,
        policy: {
          ...inline.PolicyDocument,
          Statement: [inline.PolicyDocument, ...attached].flatMap(({ Statement }) => Statement),
        },
      };
    });
}

function defaultsOf({ Parameters = {} }: CloudFormationTemplate): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(Parameters).flatMap(([name, { Default }]) =>
      Default === undefined ? [] : [[name, Default]],
    ),
  );
}
