import cdk from '../../../cdk.json' with { type: 'json' };
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { addStacks } from '../../../infra/app-stacks.ts';
import { type OrgsweepConfigInput, readConfig } from '../../../infra/config/config.ts';
import type { Template } from './replacements.ts';

export interface SynthesizedStack {
  readonly template: Template;
  readonly account: string;
  readonly region: string;
  readonly terminationProtection: boolean | undefined;
  /** Of the bootstrapped account, which the CDK takes on to deploy it. */
  readonly roles: readonly string[];
}

/** Every stack of the app, by its name in CloudFormation. */
export function synthApp(context: OrgsweepConfigInput = {}): Record<string, SynthesizedStack> {
  const app = new App({ context: cdk.context, autoSynth: false, analyticsReporting: false });
  addStacks(app, readConfig(context), () => Code.fromInline('exports.handler = async () => {};'));
  const assembly = app.synth({ skipValidation: true });
  const stacks = [
    ...assembly.stacks,
    ...assembly.nestedAssemblies.flatMap(({ nestedAssembly }) => nestedAssembly.stacks),
  ];
  return Object.fromEntries(
    stacks.map((stack) => [
      stack.stackName,
      {
        template: stack.template as Template,
        account: stack.environment.account,
        region: stack.environment.region,
        terminationProtection: stack.terminationProtection,
        roles: [stack.assumeRoleArn, stack.cloudFormationExecutionRoleArn].filter(
          (role) => role !== undefined,
        ),
      },
    ]),
  );
}
