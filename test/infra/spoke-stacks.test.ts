import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readConfig } from '../../infra/config/config.ts';
import type { OrgsweepConfigInput } from '../../infra/config/config.ts';
import { OrgsweepSpokeRoles } from '../../infra/spoke/orgsweep-spoke-roles.ts';
import { SpokeStackSetsStack } from '../../infra/spoke/spoke-stack-sets.ts';
import { SpokeStage } from '../../infra/spoke/spoke-stage.ts';
import { MAX_TEMPLATE_BYTES, templateBody } from '../../infra/spoke/template-body.ts';
import { SpokeRolesStack } from '../../infra/spoke/spoke-stack.ts';
import type { CloudFormationTemplate } from '../support/hub/cloud-formation.ts';
import { bodiesOf } from '../support/hub/synthesized-spokes.ts';

const CONFIGURED = {
  organizationId: 'o-a1b2c3d4e5',
  hubAccountId: '999988887777',
  externalId: 'between-us',
  organizationalUnits: ['r-ab12'],
  deletion: { organizationalUnits: ['ou-ab12-cdef3456', 'ou-ab12-cdef7890'] },
  recycleBin: { regions: ['eu-west-1', 'ap-east-1'], retentionDays: 45 },
  stackSets: { callAs: 'DELEGATED_ADMIN' as const },
  // As many as somebody may really have.
  protectTags: Array.from({ length: 20 }, (_, at) => `company:protection-${at}=yes`),
};

interface StackSet {
  readonly Properties: Readonly<Record<string, unknown>>;
}

function synthesize(context: unknown) {
  const app = new App({ autoSynth: false, analyticsReporting: false });
  const config = readConfig(context);
  new SpokeStackSetsStack(app, 'Spokes', { config });
  new SpokeStage(app, 'Spoke', { config });
  const violations = new AwsSolutionsChecks(app).validateScope(app).violations;
  const assembly = app.synth({ skipValidation: true });
  const byHand = assembly.getNestedAssembly('assembly-Spoke').stacks;
  return {
    violations,
    stackSets: assembly.getStackByName('Spokes').template as CloudFormationTemplate,
    byHand: Object.fromEntries(
      byHand.map((stack) => [stack.stackName, stack.template as CloudFormationTemplate]),
    ),
    assets: [...assembly.stacks, ...byHand].flatMap((stack) => stack.assets),
  };
}

let bare: ReturnType<typeof synthesize>;
let configured: ReturnType<typeof synthesize>;

beforeAll(() => {
  bare = synthesize(undefined);
  configured = synthesize(CONFIGURED);
});

describe('the StackSets', () => {
  const stackSets = () => configured.stackSets.Resources as unknown as Record<string, StackSet>;

  it('roll out by the organization, to accounts to come too, and leave none behind', () => {
    expect(Object.keys(stackSets())).toEqual(['Spoke', 'Deletion', 'RecycleBin']);
    for (const { Properties } of Object.values(stackSets())) {
      expect(Properties).toMatchObject({
        PermissionModel: 'SERVICE_MANAGED',
        CallAs: 'DELEGATED_ADMIN',
        AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
        ManagedExecution: { Active: true },
      });
    }
    expect(bare.stackSets.Resources['Spoke']?.Properties['CallAs']).toBe('SELF');
  });

  it('go on past an account that refuses, and fail where most do', () => {
    for (const { Properties } of Object.values(stackSets())) {
      const preferences = Properties['OperationPreferences'] as Record<string, unknown>;
      expect(preferences).toMatchObject({
        ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
        MaxConcurrentPercentage: 100,
      });
      const tolerated = Number(preferences['FailureTolerancePercentage']);
      const goesOn = (refusing: number, accounts: number) =>
        // CloudFormation rounds down.
        refusing <= Math.floor((accounts * tolerated) / 100);
      for (const accounts of [1, 2, 3, 5, 10, 400]) {
        expect({ accounts, all: goesOn(accounts, accounts) }).toEqual({ accounts, all: false });
      }
      expect([goesOn(1, 2), goesOn(2, 5), goesOn(40, 400), goesOn(390, 400)]).toEqual([
        ...[true, true, true, false],
      ]);
    }
  });

  it('carry the deletion role to the OUs where deletion is enabled, and nowhere else', () => {
    const targets = (id: string) =>
      (stackSets()[id]?.Properties['StackInstancesGroup'] as [object])[0];
    const to = (...ids: string[]) => ({ DeploymentTargets: { OrganizationalUnitIds: ids } });
    const enabled = CONFIGURED.deletion.organizationalUnits;
    expect(targets('Spoke')).toMatchObject(to('r-ab12'));
    expect(targets('Deletion')).toMatchObject(to(...enabled));
    expect(targets('RecycleBin')).toEqual({
      ...to(...enabled),
      Regions: CONFIGURED.recycleBin.regions,
    });
    const bodies = bodiesOf(configured.stackSets);
    expect(bodies['Spoke']).not.toMatch(/orgsweep-deletion|ec2:DeleteSnapshot/);
    expect(bodies['Deletion']).toContain('orgsweep-deletion');
  });

  it('carry no deletion role at all unless an OU is named', () => {
    expect(Object.keys(bare.stackSets.Resources)).toEqual(['Spoke']);
  });

  it('keep what is removed for the configured days, by the marker and nothing else', () => {
    const { Resources } = JSON.parse(
      bodiesOf(configured.stackSets)['RecycleBin']!,
    ) as CloudFormationTemplate;
    expect(Object.values(Resources)).toMatchObject([
      {
        Type: 'AWS::Rbin::Rule',
        Properties: {
          ResourceType: 'EBS_SNAPSHOT',
          ResourceTags: [{ ResourceTagKey: 'orgsweep:marked', ResourceTagValue: 'true' }],
          RetentionPeriod: { RetentionPeriodValue: 45, RetentionPeriodUnit: 'DAYS' },
        },
      },
    ]);
  });

  it('hand out the very templates that the management account is given by hand', () => {
    const { Spoke, Deletion, RecycleBin } = bodiesOf(configured.stackSets);
    expect(configured.byHand).toEqual({
      'Spoke-Roles': JSON.parse(Spoke!) as unknown,
      'Spoke-Deletion': JSON.parse(Deletion!) as unknown,
      'Spoke-RecycleBin': JSON.parse(RecycleBin!) as unknown,
    });
  });
});

describe('every template', () => {
  const texts = () =>
    [bare, configured].flatMap(({ stackSets, byHand }) => [
      JSON.stringify(stackSets),
      ...Object.values(byHand).map((template) => JSON.stringify(template)),
      ...Object.values(bodiesOf(stackSets)),
    ]);

  it('is short enough to be given to CloudFormation as it is', () => {
    for (const text of texts()) expect(Buffer.byteLength(text)).toBeLessThan(MAX_TEMPLATE_BYTES);
  });

  it('needs no asset, no bootstrapped account, no nested stack and no transform', () => {
    expect([...bare.assets, ...configured.assets]).toEqual([]);
    for (const text of texts()) {
      expect(text).not.toMatch(/BootstrapVersion|CloudFormation::Stack"|Transform|CDKMetadata/);
    }
  });

  it('names no partition and no Region of its own', () => {
    for (const text of texts()) expect(text).not.toMatch(/arn:aws|us-east-1/);
    const regions = texts()
      .join()
      .match(/\b[a-z]{2}-[a-z]+-\d\b/g);
    expect(new Set(regions)).toEqual(new Set(CONFIGURED.recycleBin.regions));
  });

  it('has nothing that cdk-nag finds fault with, but for what is explained beside it', () => {
    expect([...bare.violations, ...configured.violations]).toEqual([]);
  });
});

describe('without any context', () => {
  it('asks at deployment for what only the operator knows', () => {
    const required = Object.entries(bare.stackSets.Parameters ?? {})
      .filter(([, { Default }]) => Default === undefined)
      .map(([name]) => name);
    expect(required).toEqual(['HubAccountId', 'OrganizationId', 'OrganizationalUnitIds']);
    const handedOn = bare.stackSets.Resources['Spoke']?.Properties['Parameters'];
    expect(handedOn).toEqual(
      ['HubAccountId', 'OrganizationId'].map((name) => ({
        ParameterKey: name,
        ParameterValue: { Ref: name },
      })),
    );
  });

  // The CDK's CLI keeps a parameter's earlier value when its default changes.
  it('and what is configured is no parameter, so that what is taken out of it is gone', () => {
    const templates = [configured.stackSets, ...Object.values(configured.byHand)];
    // Beside what says what was deployed before: test/infra/as-deployed.test.ts.
    const asked = templates.flatMap(({ Parameters = {} }) => Object.keys(Parameters));
    expect(asked.filter((name) => !name.startsWith('AsDeployed'))).toEqual([]);
  });

  it('takes no wildcard for what the roles trust', () => {
    const parameters = bare.stackSets.Parameters as Record<string, { AllowedPattern?: string }>;
    for (const name of ['HubAccountId', 'OrganizationId']) {
      const pattern = new RegExp(parameters[name]?.AllowedPattern ?? '');
      expect([name, pattern.test('*'), pattern.test('orgsweep?')]).toEqual([name, false, false]);
    }
  });
});

it('warns of what IAM cannot be told, and of deletion without a way back', () => {
  const warningsOf = (context: OrgsweepConfigInput) => {
    const app = new App({ autoSynth: false });
    const config = readConfig(context);
    const stacks = [
      new SpokeStackSetsStack(app, 'Spokes', { config }),
      new SpokeRolesStack(app, 'Deletion', { config, roles: ['deletion'] }),
    ];
    const anything = Match.stringLikeRegexp('.');
    return stacks.flatMap((stack) =>
      Annotations.fromStack(stack)
        .findWarning('*', anything)
        .map(({ entry }) => entry.data),
    );
  };
  expect(warningsOf({ protectTags: ['Retain', 'Keep=a*'] })).toEqual([]);
  expect(warningsOf({ protectTags: ['Retain*'] })).toEqual([
    expect.stringMatching(/^protectTags: Retain\* – /),
  ]);
  const deletion = { organizationalUnits: ['ou-ab12-cdef3456'] };
  expect(warningsOf({ deletion })).toEqual([expect.stringMatching(/^recycleBin.regions: none/)]);
  expect(warningsOf({ deletion, recycleBin: { regions: ['eu-west-1'] } })).toEqual([]);
});

it.each([
  [{ hubAccountId: '*' }, 'hubAccountId: "*"'],
  [{ organizationId: 'o-*' }, 'organizationId: "o-*"'],
  [{ hubPrefix: 'orgsweep*' }, 'hubPrefix: "orgsweep*"'],
  [{ externalId: '?' }, 'externalId: "?"'],
  [{ protectTags: ['*'] }, 'protectTags[0]'],
  [{ deletionKinds: ['no-kind'] }, 'deletionKinds[0]: "no-kind" – accepted: "ebs-snapshot"'],
])(
  'the construct refuses by name what would trust or protect something else: %j',
  (props, text) => {
    const stack = new Stack(new App({ autoSynth: false }), 'Own');
    const fit = { hubAccountId: '999988887777', organizationId: 'o-a1b2c3d4e5' };
    expect(() => new OrgsweepSpokeRoles(stack, 'Fit', fit)).not.toThrow();
    expect(() => new OrgsweepSpokeRoles(stack, 'Unfit', { ...fit, ...props })).toThrow(text);
  },
);

it('takes protect tags by the hundred, and refuses by name what would be too many for a role', () => {
  const tags = (length: number) =>
    Array.from({ length }, (_, at) => `a-rather-long-key-of-a-tag-${at}`);
  const bodyWith = (length: number) => {
    const config = readConfig({ protectTags: tags(length) });
    return templateBody(
      (app) => new SpokeRolesStack(app, 'Roles', { config, roles: ['deletion'] }),
    );
  };
  expect(Buffer.byteLength(JSON.stringify(bodyWith(200)))).toBeLessThan(MAX_TEMPLATE_BYTES);
  expect(() => bodyWith(250)).toThrow(/^protectTags: .* 6 managed policies – accepted: 5$/);
});
