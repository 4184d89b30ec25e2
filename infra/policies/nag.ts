import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says beside a construct why a finding of cdk-nag is right as it is. */
export function acknowledge(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/** The same for each of these resources of a policy that has a wildcard in it. */
export function acknowledgeWildcards(
  construct: IConstruct,
  resources: readonly string[],
  reason: string,
): void {
  for (const resource of resources) {
    const text = flat(Stack.of(construct).resolve(resource));
    if (!text.includes('*')) continue;
    acknowledge(construct, `AwsSolutions-IAM5[Resource::${text}]`, reason);
  }
}

/** CloudFormation's references as cdk-nag writes them in its findings. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('${', '<').replaceAll('}', '>');
  const reference = value as Record<string, unknown>;
  if ('Ref' in reference) return `<${String(reference['Ref'])}>`;
  if ('Fn::GetAtt' in reference) return `<${(reference['Fn::GetAtt'] as string[]).join('.')}>`;
  if ('Fn::Join' in reference) {
    const [delimiter, items] = reference['Fn::Join'] as [string, unknown[]];
    return items.map(flat).join(delimiter);
  }
  return JSON.stringify(value);
}
