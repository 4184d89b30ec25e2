import cdk from '../../../cdk.json' with { type: 'json' };
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Template } from 'aws-cdk-lib/assertions';
import type { OrgsweepConfigInput } from '../../../infra/config/config.ts';
import { HubStack } from '../../../infra/hub/hub-stack.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string[];
}

/** A hub's template, as `cdk synth` would write it, and its resources by type. */
export function synthHub(
  config: OrgsweepConfigInput = {},
  env?: { account: string; region: string },
) {
  const app = new App({ context: cdk.context });
  // Bundling is another test's; it takes longer than all the rest.
  const codeOf = () => Code.fromInline('exports.handler = async () => {};');
  const stack = new HubStack(app, 'OrgsweepHub', { config, codeOf, ...(env && { env }) });
  const template = Template.fromStack(stack);
  const resources = template.toJSON()['Resources'] as Record<string, Resource>;
  const ofType = (type: string) => Object.values(resources).filter(({ Type }) => Type === type);
  return { app, stack, template, resources, ofType };
}

/** CloudFormation's references as text: `<Ref>`, `<Resource.Attribute>`. */
export function flat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(flat).join(',');
  const node = value as Record<string, unknown>;
  if ('Ref' in node) return `<${String(node['Ref'])}>`;
  if ('Fn::GetAtt' in node) return `<${(node['Fn::GetAtt'] as string[]).join('.')}>`;
  if ('Fn::Join' in node) {
    const [delimiter, items] = node['Fn::Join'] as [string, unknown[]];
    return items.map(flat).join(delimiter);
  }
  return JSON.stringify(value);
}
