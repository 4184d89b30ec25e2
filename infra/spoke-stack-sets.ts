import {
  Annotations,
  Aws,
  BootstraplessSynthesizer,
  CfnCondition,
  CfnParameter,
  CfnStackSet,
  Fn,
  Stack,
} from 'aws-cdk-lib';
import type { App, IStackSynthesizer } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { OrgsweepConfig } from './config.ts';
import { TRUST_PARAMETERS, addTrustParameters } from './spoke-parameters.ts';
import { RecycleBinRuleStack, SpokeRolesStack } from './spoke-stack.ts';
import { templateBody } from './template-body.ts';

interface StackSetFacts {
  readonly name: string;
  readonly description: string;
  readonly template: (app: App) => Stack;
  /** Parameters of the template, handed on under the same names. */
  readonly parameters: readonly string[];
  readonly organizationalUnitIds: string[];
  readonly regions: string[];
  readonly condition?: CfnCondition;
}

/**
 * What carries orgsweep to all other accounts, those to come too: the roles to look and to restore
 * everywhere; the deletion role and the Recycle Bin rule only to the OUs where deletion is enabled.
 * For the management account or a delegated administrator of StackSets. StackSets pass over the
 * management account itself.
 */
export class SpokeStackSetsStack extends Stack {
  constructor(scope: Construct, id: string, { config }: { config: OrgsweepConfig }) {
    super(scope, id, {
      description: 'orgsweep: what every other account gets',
      // Its types aren't made for exactOptionalPropertyTypes.
      synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
    });
    addTrustParameters(this, config);
    const everywhere = addList(this, 'OrganizationalUnitIds', config.organizationalUnits, {
      description: 'The root, or the OUs whose accounts are looked at.',
      isRequired: true,
    });
    const deletion = addList(
      this,
      'DeletionOrganizationalUnitIds',
      config.deletion.organizationalUnits,
      { description: 'The OUs in whose accounts orgsweep may delete; empty: none.' },
    );
    const ruleRegions = addList(this, 'RecycleBinRegions', config.recycleBin.regions, {
      description: 'Where the Recycle Bin rule is rolled out; empty: nowhere.',
    });
    if (config.deletion.organizationalUnits.length > 0 && config.recycleBin.regions.length === 0) {
      Annotations.of(this).addWarningV2(
        'orgsweep:recycleBin',
        'recycleBin.regions: none – without a rule nothing is removed, unless an input asks for that',
      );
    }
    const mayDelete = whenAll(this, 'MayDelete', [deletion]);
    const hasRules = whenAll(this, 'HasRules', [deletion, ruleRegions]);

    addStackSet(this, 'Spoke', config, {
      name: 'spoke',
      description: 'orgsweep: roles to look and to restore',
      template: (app) =>
        new SpokeRolesStack(app, 'Roles', { config, roles: ['discovery', 'restore'] }),
      parameters: TRUST_PARAMETERS,
      organizationalUnitIds: everywhere,
      regions: [Aws.REGION],
    });
    addStackSet(this, 'Deletion', config, {
      name: 'deletion',
      description: 'orgsweep: the role to delete, where that is enabled',
      template: (app) => new SpokeRolesStack(app, 'Deletion', { config, roles: ['deletion'] }),
      parameters: TRUST_PARAMETERS,
      organizationalUnitIds: deletion,
      regions: [Aws.REGION],
      condition: mayDelete,
    });
    addStackSet(this, 'RecycleBin', config, {
      name: 'recycle-bin',
      description: 'orgsweep: what is removed can come back',
      template: (app) => new RecycleBinRuleStack(app, 'RecycleBin', { config }),
      parameters: [],
      organizationalUnitIds: deletion,
      regions: ruleRegions,
      condition: hasRules,
    });
  }
}

function addStackSet(
  stack: Stack,
  id: string,
  { prefix, stackSets }: OrgsweepConfig,
  facts: StackSetFacts,
): void {
  const resource = new CfnStackSet(stack, id, {
    stackSetName: `${prefix}-${facts.name}`,
    description: facts.description,
    permissionModel: 'SERVICE_MANAGED',
    callAs: stackSets.callAs,
    // Whoever leaves the organization or the OU must not keep a role that trusts the hub. What is in
    // a Recycle Bin stays there for its time, also without the rule that put it there.
    autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
    managedExecution: { Active: true },
    // An account that refuses must not keep the others waiting: an execution names what is missing.
    operationPreferences: {
      failureTolerancePercentage: 100,
      maxConcurrentPercentage: 100,
      regionConcurrencyType: 'PARALLEL',
    },
    capabilities: ['CAPABILITY_NAMED_IAM'],
    parameters: facts.parameters.map((name) => ({
      parameterKey: name,
      parameterValue: Fn.ref(name),
    })),
    stackInstancesGroup: [
      {
        regions: facts.regions,
        deploymentTargets: { organizationalUnitIds: facts.organizationalUnitIds },
      },
    ],
    templateBody: templateBody(facts.template),
  });
  if (facts.condition) resource.cfnOptions.condition = facts.condition;
}

function addList(
  stack: Stack,
  id: string,
  values: readonly string[],
  { description, isRequired = false }: { description: string; isRequired?: boolean },
): string[] {
  const hasDefault = values.length > 0 || !isRequired;
  const parameter = new CfnParameter(stack, id, {
    type: 'CommaDelimitedList',
    description,
    ...(hasDefault && { default: values.join(',') }),
  });
  return parameter.valueAsList;
}

function whenAll(stack: Stack, id: string, lists: readonly string[][]): CfnCondition {
  const given = lists.map((list) => Fn.conditionNot(Fn.conditionEquals(Fn.join('', list), '')));
  return new CfnCondition(stack, id, {
    expression: given.length === 1 ? given[0]! : Fn.conditionAnd(...given),
  });
}
