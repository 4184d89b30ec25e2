import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../infra/config/config.ts';
import { HubStack } from '../../infra/hub/hub-stack.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly RoleName?: string;
    readonly Roles?: unknown;
    readonly PolicyDocument?: { readonly Statement: readonly Statement[] };
  };
}

/** Of `docs/iam-permissions.md`: what each role of the hub may do, where deletion is enabled. */
export function hubPermissions(): string {
  const app = new App({ autoSynth: false });
  const config = readConfig({ deletion: { enabled: true } });
  const codeOf = () => Code.fromInline('exports.handler = async () => {};');
  const template = Template.fromStack(new HubStack(app, 'Hub', { config, codeOf })).toJSON();
  const resources = Object.entries(template['Resources'] as Record<string, Resource>);
  return resources
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .map(([id, { Properties }]) => [
      `### ${Properties.RoleName ?? withoutHash(id)}`,
      ...statementsOf(id, resources).map(toLine),
    ])
    .map(([title, ...lines]) => `${title}\n\n${lines.join('\n')}`)
    .toSorted()
    .join('\n\n');
}

function statementsOf(role: string, resources: readonly (readonly [string, Resource])[]) {
  return resources
    .filter(([, { Type }]) => Type === 'AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties.Roles).includes(`"${role}"`))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument?.Statement ?? []);
}

function toLine({ Effect, Action, Resource, Condition }: Statement): string {
  const actions = [Action].flat().map(code).join(', ');
  const on = [Resource]
    .flat()
    .map((one) => code(flat(one)))
    .join(', ');
  const condition = Condition === undefined ? '' : `, if ${code(JSON.stringify(Condition))}`;
  return `- ${Effect === 'Deny' ? '**not** ' : ''}${actions} on ${on}${condition}`;
}

/** CloudFormation's references as text: `<Resource>`, `<Resource.Attribute>`. */
function flat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const node = value as Record<string, unknown>;
  if ('Ref' in node) return `<${withoutHash(String(node['Ref']))}>`;
  if ('Fn::GetAtt' in node) {
    const [id = '', attribute = ''] = node['Fn::GetAtt'] as string[];
    return `<${withoutHash(id)}.${attribute}>`;
  }
  if ('Fn::Join' in node) {
    const [delimiter, items] = node['Fn::Join'] as [string, unknown[]];
    return items.map(flat).join(delimiter);
  }
  return JSON.stringify(value);
}

/** CDK ends logical ids with eight characters that say nothing. */
function withoutHash(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '').replace(/^Orgsweep(?=.)/, '');
}

function code(text: string): string {
  return `\`${text}\``;
}
