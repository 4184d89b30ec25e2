import {
  Annotations,
  Aws,
  LegacyStackSynthesizer,
  CfnParameter,
  CfnStackSet,
  Fn,
  Stack,
} from 'aws-cdk-lib';
import type { App, IStackSynthesizer } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AGREED_KEYS, AsDeployed, agreedValues, holdTrust } from '../as-deployed.ts';
import type { OrgsweepConfig } from '../config/config.ts';
import { stackSetsEnvironment } from '../environment.ts';
import { addTrust, trustParameters } from './spoke-parameters.ts';
import { RecycleBinRuleStack, SpokeRolesStack } from './spoke-stack.ts';
import { templateBody } from './template-body.ts';

/**
 * An account that refuses doesn't keep the others waiting: an execution names what is missing. Where
 * more than half of a Region's accounts refuse, the fault is in the roll-out: the stack fails, and goes
 * back. CloudFormation rounds down, so that one account, or all of them, are never tolerated. Accounts
 * that join later are rolled out to without these preferences.
 */
const OPERATION_PREFERENCES = {
  failureTolerancePercentage: 50,
  maxConcurrentPercentage: 100,
  // Without it no more accounts would be worked on at a time than may fail.
  concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
  regionConcurrencyType: 'PARALLEL',
};

interface StackSetFacts {
  readonly name: string;
  readonly description: string;
  readonly template: (app: App) => Stack;
  /** Parameters of the template, handed on under the same names. */
  readonly parameters: readonly string[];
  readonly organizationalUnitIds: string[];
  readonly regions: string[];
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
      env: stackSetsEnvironment(config),
      terminationProtection: true,
      // Deployed with the caller's own credentials. The "bootstrapless" synthesizer would take on the
      // roles of a bootstrapped account. Its types aren't made for exactOptionalPropertyTypes.
      synthesizer: new LegacyStackSynthesizer() as IStackSynthesizer,
    });
    addTrust(this, config);
    new AsDeployed(this, 'AsDeployed', agreedValues(config), AGREED_KEYS);
    holdTrust(this, config);
    const { deletion, recycleBin } = config;
    const parameters = trustParameters(config);

    addStackSet(this, 'Spoke', config, {
      name: 'spoke',
      description: 'orgsweep: roles to look and to restore',
      template: (app) =>
        new SpokeRolesStack(app, 'Roles', { config, roles: ['discovery', 'restore'] }),
      parameters,
      organizationalUnitIds: lookedAt(this, config),
      regions: [Aws.REGION],
    });
    if (deletion.organizationalUnits.length === 0) return;
    addStackSet(this, 'Deletion', config, {
      name: 'deletion',
      description: 'orgsweep: the role to delete, where that is enabled',
      template: (app) => new SpokeRolesStack(app, 'Deletion', { config, roles: ['deletion'] }),
      parameters,
      organizationalUnitIds: deletion.organizationalUnits,
      regions: [Aws.REGION],
    });
    if (recycleBin.regions.length === 0) {
      Annotations.of(this).addWarningV2(
        'orgsweep:recycleBin',
        'recycleBin.regions: none – without a rule nothing is removed, unless an input asks for that',
      );
      return;
    }
    addStackSet(this, 'RecycleBin', config, {
      name: 'recycle-bin',
      description: 'orgsweep: what is removed can come back',
      template: (app) => new RecycleBinRuleStack(app, 'RecycleBin', { config }),
      parameters: [],
      organizationalUnitIds: deletion.organizationalUnits,
      regions: recycleBin.regions,
    });
  }
}

function addStackSet(
  stack: Stack,
  id: string,
  { prefix, stackSets }: OrgsweepConfig,
  facts: StackSetFacts,
): void {
  new CfnStackSet(stack, id, {
    stackSetName: `${prefix}-${facts.name}`,
    description: facts.description,
    permissionModel: 'SERVICE_MANAGED',
    callAs: stackSets.callAs,
    // Whoever leaves the organization or the OU must not keep a role that trusts the hub. What is in
    // a Recycle Bin stays there for its time, also without the rule that put it there.
    autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
    managedExecution: { Active: true },
    operationPreferences: OPERATION_PREFERENCES,
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
}

function lookedAt(stack: Stack, { organizationalUnits }: OrgsweepConfig): string[] {
  if (organizationalUnits.length > 0) return organizationalUnits;
  const parameter = new CfnParameter(stack, 'OrganizationalUnitIds', {
    type: 'CommaDelimitedList',
    description: 'The root, or the OUs whose accounts are looked at.',
  });
  return parameter.valueAsList;
}
