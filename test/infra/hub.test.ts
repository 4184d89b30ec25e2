import { DEPLOYED, type DeployedFunction, type DeployedName } from '../../functions/deployed.ts';
import { HubDescription } from '../../aws/hub/hub-description.ts';
import { STORE_ACCESS } from '../../infra/hub/store-access.ts';
import { trustedRoleNames } from '../../infra/spoke/spoke-trust.ts';
import { loadDefinition, parseDefinition, statesOf } from '../../statemachine/definition.ts';
import { expectGolden } from '../support/golden.ts';
import { flat, type Resource, synthHub } from '../support/hub/synth-hub.ts';

const hub = synthHub({ notifications: { emails: ['ops@example.com'] } });
const one = (type: string): Resource['Properties'] => {
  const found = hub.ofType(type);
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
};
/** Without a chat channel there is nothing to forward. */
const DEPLOYED_HERE = Object.entries<DeployedFunction>(DEPLOYED)
  .filter(([name]) => name !== 'ForwardToChat')
  .map(([, deployed]) => deployed);
/** The definition as Step Functions gets it, before CloudFormation fills the placeholders in. */
const machine = one('AWS::StepFunctions::StateMachine');
const deployed = parseDefinition(String(machine['DefinitionString']));

it('is made of these resources, states and permissions, until somebody looks at the difference', () => {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(hub.resources)) {
    counts.set(Type, (counts.get(Type) ?? 0) + 1);
  }
  const permissions = hub.ofType('AWS::IAM::Policy').map(({ Properties }) => {
    const { Statement: statements } = Properties['PolicyDocument'] as { Statement: Statement[] };
    const actions = statements.flatMap(({ Effect, Action }) =>
      [Action].flat().map((action) => (Effect === 'Deny' ? `not ${action}` : action)),
    );
    const role = flat(Properties['Roles']).replace(/^<Orgsweep(\w*?)(Role)?[0-9A-F]{8}>$/, '$1');
    return `${role}: ${[...new Set(actions)].toSorted().join(', ')}`;
  });
  const states = [...statesOf(deployed)].map(({ name, within }) => [...within, name].join(' / '));
  const lines = [
    ...[...counts].map(([type, count]) => `${count} ${type}`).toSorted(),
    '',
    ...states,
    '',
    ...permissions.toSorted(),
  ];
  expectGolden('hub.golden.txt', `${lines.join('\n')}\n`);
});

describe('the state machine', () => {
  it('is the one of statemachine/, word for word', () =>
    expect(deployed).toEqual(loadDefinition()));

  it('has a ResultWriter in each distributed Map: their results may exceed what a state holds', () => {
    const writers = [...statesOf(deployed)].flatMap(({ name, state }) =>
      'ResultWriter' in state ? [[name, state.ResultWriter.Resource]] : [],
    );
    expect(writers).toEqual([
      ['ScanAccounts', 'arn:${Partition}:states:::s3:putObject'],
      ['RemoveTargets', 'arn:${Partition}:states:::s3:putObject'],
    ]);
  });

  it('gets a value for every placeholder, and none too many', () => {
    const placeholders = String(machine['DefinitionString']).matchAll(/\$\{(\w+)\}/g);
    const values = Object.keys(machine['DefinitionSubstitutions'] as object);
    expect(values.toSorted()).toEqual(
      [...new Set([...placeholders].map(([, name]) => name))].toSorted(),
    );
  });

  it('is Standard, traced, and logs everything but its data, which has a task token', () =>
    expect(machine).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    }));

  it('is made after its role may do all that it needs', () => {
    const [resource] = hub.ofType('AWS::StepFunctions::StateMachine') as { DependsOn?: string[] }[];
    expect(resource?.DependsOn).toContainEqual(
      expect.stringMatching(/^OrgsweepMachineRoleDefaultPolicy/),
    );
  });
});

describe('a function', () => {
  const functions = hub.ofType('AWS::Lambda::Function').map(({ Properties }) => Properties);

  it('runs on nodejs24.x and arm64, traced, as long and as large as the table says', () => {
    expect(functions).toHaveLength(DEPLOYED_HERE.length);
    for (const properties of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
    }
    const sizes = functions.map(
      ({ Timeout, MemorySize }) => `${String(Timeout)} ${String(MemorySize)}`,
    );
    const table = DEPLOYED_HERE.map(
      ({ timeoutSeconds, memoryMiB }) => `${timeoutSeconds} ${memoryMiB}`,
    );
    expect(sizes.toSorted()).toEqual(table.toSorted());
  });

  it('has memory for a whole plan where it reads one', () => {
    for (const [name, { reads }] of Object.entries(STORE_ACCESS)) {
      if (!reads.includes('executions/*/plan.json')) continue;
      expect([name, DEPLOYED[name as DeployedName].memoryMiB >= 1024]).toEqual([name, true]);
    }
  });

  it('has a role of its own, by a name that spokes can trust', () => {
    const roles = functions.map(({ Role }) => flat(Role));
    expect(new Set(roles).size).toBe(functions.length);
    const names = hub.ofType('AWS::IAM::Role').map(({ Properties }) => Properties['RoleName']);
    for (const purpose of ['discover', 'remove', 'restore'] as const) {
      expect(names).toEqual(expect.arrayContaining(trustedRoleNames(purpose, 'orgsweep')));
    }
  });

  it('writes to a log group of its own, which forgets', () => {
    const groups = hub.ofType('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(functions.length + 1);
    for (const { Properties } of groups) expect(Properties['RetentionInDays']).toBe(90);
    for (const { LoggingConfig } of functions) {
      expect(flat((LoggingConfig as { LogGroup: unknown }).LogGroup)).toMatch(/^<Orgsweep/);
    }
  });
});

describe('roles', () => {
  const statements = hub.ofType('AWS::IAM::Policy').flatMap(({ Properties }) =>
    (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement.map((statement) => ({
      role: flat(Properties['Roles']),
      ...statement,
      actions: [statement.Action].flat(),
    })),
  );

  it('are given no managed policy, no service as a whole, and no user', () => {
    expect(JSON.stringify(hub.resources)).not.toContain('ManagedPolicyArns');
    expect(hub.ofType('AWS::IAM::User')).toEqual([]);
    const wide = statements
      .flatMap(({ actions }) => actions)
      .filter((action) => action.includes('*'));
    expect(wide).toEqual([]);
  });

  it('can do nothing to EC2 but list Regions, and only Prepare can', () => {
    const ec2 = statements.filter(({ actions }) =>
      actions.some((action) => /^(ec2|rbin|ebs):/.test(action)),
    );
    expect(ec2.map(({ role }) => role)).toEqual([expect.stringMatching(/PrepareRole/)]);
    expect(ec2[0]?.actions.filter((action) => action.startsWith('ec2:'))).toEqual([
      'ec2:DescribeRegions',
    ]);
  });

  it('enter other accounts only as the role they need, and only inside the organization', () => {
    const entered = statements
      .filter(({ actions }) => actions.includes('sts:AssumeRole'))
      .map(({ role, Resource, Condition }) => {
        expect(Condition).toEqual({
          StringEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' },
        });
        return `${role.replace(/^<Orgsweep(Functions|People)|(Role)?[0-9A-F]{8}>$/g, '')} ${flat(Resource)}`;
      });
    const discovery = 'arn:<AWS::Partition>:iam::*:role/orgsweep-discovery';
    expect(entered.toSorted()).toEqual([
      `DiscoverTarget ${discovery}`,
      `ListRegions ${discovery}`,
      'Operator arn:<AWS::Partition>:iam::*:role/orgsweep-restore',
      // Without deletion enabled, not as the deletion role.
      `RemovePlanned ${discovery}`,
    ]);
  });

  it('of people: the operator can decide nothing, the approver can start nothing', () => {
    const actionsOf = (role: RegExp) =>
      statements.filter((one) => role.test(one.role)).flatMap(({ actions }) => actions);
    expect(actionsOf(/PeopleOperator/)).not.toContain('lambda:InvokeFunction');
    expect(actionsOf(/PeopleApprover/).toSorted()).toEqual([
      'lambda:InvokeFunction',
      's3:GetObject',
      's3:ListBucket',
      'ssm:GetParameter',
    ]);
  });

  it('of people: nobody can read the task token of an execution that waits', () => {
    const denial = statements.find(({ Effect }) => Effect === 'Deny');
    expect(denial?.role).toMatch(/PeopleOperator/);
    expect(flat(denial?.Resource)).toMatch(/\/executions\/\*\/work\/approval-request\.json$/);
  });

  it('of people: nobody can end a wait in Step Functions past the ledger', () => {
    const senders = statements.filter(({ actions }) =>
      actions.some((action) => action.startsWith('states:SendTask')),
    );
    expect(senders.filter(({ role }) => !/DecideApproval/.test(role))).toEqual([]);
  });

  it('of people: trust the account unless the configuration names them', () => {
    const named = synthHub({
      people: { approvers: ['arn:aws:iam::111122223333:role/aws-reserved/*/Approvers_*'] },
    });
    const trust = Object.fromEntries(
      named
        .ofType('AWS::IAM::Role')
        .map(({ Properties }) => [
          Properties['RoleName'],
          (Properties['AssumeRolePolicyDocument'] as { Statement: Statement[] }).Statement,
        ]),
    ) as Record<string, Statement[]>;
    expect(trust['orgsweep-operator']?.[0]?.Condition).toBeUndefined();
    expect(trust['orgsweep-approver']?.[0]?.Condition).toEqual({
      ArnLike: {
        'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/aws-reserved/*/Approvers_*'],
      },
    });
  });
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

describe('the bucket', () => {
  const [bucket] = hub.ofType('AWS::S3::Bucket');

  it('stays when the stack goes, is encrypted and versioned, and public in no way', () => {
    expect(bucket?.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(bucket?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(flat(bucket?.Properties['BucketEncryption'])).toContain('AES256');
  });

  it('talks only over TLS', () => {
    const policy = one('AWS::S3::BucketPolicy')['PolicyDocument'] as { Statement: Statement[] };
    expect(policy.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    expect(policy.Statement.every(({ Effect }) => Effect === 'Deny')).toBe(true);
  });

  it('forgets executions after their days, and the history never', () => {
    const { Rules } = bucket?.Properties['LifecycleConfiguration'] as {
      Rules: { ExpirationInDays?: number; Prefix?: string; NoncurrentVersionExpiration?: object }[];
    };
    const expiring = Rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined);
    expect(expiring).toMatchObject([{ Prefix: 'executions/', ExpirationInDays: 400 }]);
    expect(Rules).toContainEqual(
      expect.objectContaining({
        NoncurrentVersionExpiration: { NoncurrentDays: 90 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      }),
    );
  });
});

describe('the topic', () => {
  it('is encrypted with a key of its own, which turns, and which alarms and events may use for it', () => {
    const id = /^<(OrgsweepTopicKey\w+)\.Arn>$/.exec(
      flat(one('AWS::SNS::Topic')['KmsMasterKeyId']),
    )?.[1];
    const key = hub.resources[id ?? '']?.Properties ?? {};
    expect(key['EnableKeyRotation']).toBe(true);
    const { Statement: statements } = key['KeyPolicy'] as { Statement: Statement[] };
    const services = statements.filter(({ Principal }) => 'Service' in (Principal as object));
    expect(services).toMatchObject([
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
      },
    ]);
    // Source conditions here would silence EventBridge without an error.
    expect(flat(services[0]?.Condition)).not.toContain('aws:Source');
    expect(flat(services[0]?.Condition)).toContain('kms:EncryptionContext:aws:sns:topicArn');
  });

  it('takes messages only over TLS, from alarms of this account, its one rule, and roles that may', () => {
    const policy = one('AWS::SNS::TopicPolicy')['PolicyDocument'] as { Statement: Statement[] };
    const allowed = policy.Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(policy.Statement.length - allowed.length).toBe(1);
    expect(allowed).toMatchObject([
      {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
      {
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: expect.anything() },
      },
    ]);
  });

  it('is subscribed to by the addresses of the configuration', () =>
    expect(one('AWS::SNS::Subscription')).toMatchObject({
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    }));
});

it('tells where everything is, as the CLI reads it', () => {
  const parameter = one('AWS::SSM::Parameter');
  expect(parameter['Name']).toBe('/orgsweep/hub');
  const text = flat(parameter['Value'])
    .replaceAll('<AWS::Partition>', 'aws')
    .replaceAll('<AWS::Region>', 'eu-west-1')
    .replaceAll('<AWS::AccountId>', '111122223333')
    .replace(/<OrgsweepMachine\w+>/, 'arn:aws:states:eu-west-1:111122223333:stateMachine:orgsweep')
    .replace(/<OrgsweepTopic\w+>/, 'arn:aws:sns:eu-west-1:111122223333:orgsweep')
    .replace(/<OrgsweepPeopleOperator\w+\.Arn>/, 'arn:aws:iam::111122223333:role/orgsweep-operator')
    .replace(
      /<Orgsweep\w+Function\w+\.Arn>/,
      'arn:aws:lambda:eu-west-1:111122223333:function:orgsweep-decide-approval',
    )
    .replace(/<OrgsweepStoreBucket\w+>/, 'orgsweep-bucket');
  expect(HubDescription.parse(JSON.parse(text))).toMatchObject({
    restoreRoleName: 'orgsweep-restore',
  });
});

describe('where deletion is enabled', () => {
  const deleting = synthHub({ deletion: { enabled: true }, protectTags: ['Retain', 'Backup=yes'] });
  const environments = (of: typeof hub) =>
    JSON.stringify(
      of.ofType('AWS::Lambda::Function').map(({ Properties }) => Properties['Environment']),
    );

  it('Prepare knows it, and RemovePlanned may enter as the deletion role', () => {
    expect(environments(deleting)).toContain('"DELETION_ENABLED":"true"');
    expect(environments(deleting)).toContain('"PROTECT_TAGS":"Retain,Backup=yes"');
    expect(JSON.stringify(deleting.resources)).toContain(':role/orgsweep-deletion');
  });

  it('nowhere else', () => {
    expect(environments(hub)).toContain('"DELETION_ENABLED":"false"');
    expect(JSON.stringify(hub.ofType('AWS::IAM::Policy'))).not.toContain('orgsweep-deletion');
  });
});
