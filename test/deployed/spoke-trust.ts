import {
  type DeployedInto,
  type Resource,
  resolveTemplate,
  type Template,
} from './resolved-template.ts';
import type { Synthesized } from './synthesized.ts';

/** The trust policies of the roles that the synthesized StackSets put into an account, by role name. */
export function trustOfSpokeRoles(
  stackSets: Synthesized,
  into: DeployedInto,
): ReadonlyMap<string, unknown> {
  const parameters = { ...into.parameters, HubAccountId: into.accountId };
  const resources = resolveTemplate(stackSets.template, { ...into, parameters });
  const carried = Object.values(resources).filter(
    ({ Type }) => Type === 'AWS::CloudFormation::StackSet',
  );
  return new Map(
    carried
      .flatMap((stackSet) => rolesCarriedBy(stackSet, into))
      .map(({ Properties = {} }) => [
        String(Properties['RoleName']),
        Properties['AssumeRolePolicyDocument'],
      ]),
  );
}

function rolesCarriedBy({ Properties = {} }: Resource, into: DeployedInto): Resource[] {
  const template = JSON.parse(String(Properties['TemplateBody'])) as Template;
  const given = (Properties['Parameters'] ?? []) as {
    ParameterKey: string;
    ParameterValue: string;
  }[];
  const parameters = Object.fromEntries(
    given.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]),
  );
  return Object.values(resolveTemplate(template, { ...into, parameters })).filter(
    ({ Type }) => Type === 'AWS::IAM::Role',
  );
}
