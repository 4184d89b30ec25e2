import { DescribeSnapshotsCommand, DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Served } from '../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';
import {
  HUB,
  MANAGEMENT,
  SPOKE,
  tinyAccount,
} from '../../support/organizations/tiny-organization.ts';

const SUSPENDED = '333333333333';
const NO_ROLE = '444444444444';

let served: Served;
beforeEach(async () => {
  served = await serve({
    accounts: [
      tinyAccount({ id: MANAGEMENT, management: true }),
      tinyAccount({ id: HUB }),
      tinyAccount({ id: SPOKE }),
      tinyAccount({ id: SUSPENDED, state: 'SUSPENDED' }),
      tinyAccount({ id: NO_ROLE, roles: 'MISSING' }),
    ],
  });
});
afterEach(async () => served.close());

const ownSnapshots = new DescribeSnapshotsCommand({ OwnerIds: ['self'], MaxResults: 1000 });

test('GetCallerIdentity says who holds the key: the hub, or the session in its own account', async () => {
  const hub = await served.sts().send(new GetCallerIdentityCommand({}));
  expect(hub).toMatchObject({ Account: HUB, Arn: `arn:aws:iam::${HUB}:user/orgsweep` });

  const session = await served.assume('orgsweep-discovery');
  const spoke = await served.sts(session).send(new GetCallerIdentityCommand({}));
  expect(spoke.Account).toBe(SPOKE);
  expect(spoke.Arn).toBe(`arn:aws:sts::${SPOKE}:assumed-role/orgsweep-discovery/orgsweep-test`);
  expect(spoke.UserId).toMatch(/^AROA[A-Z2-7]{16}:orgsweep-test$/);
});

test('AssumeRole gives credentials that end on the simulation clock', async () => {
  const answer = await served.sts().send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${SPOKE}:role/path/orgsweep-discovery`,
      RoleSessionName: 'orgsweep-test',
      DurationSeconds: 900,
    }),
  );
  expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(answer.Credentials?.Expiration).toEqual(new Date('2026-11-21T12:15:00Z'));
  expect(answer.AssumedRoleUser?.Arn).toBe(
    `arn:aws:sts::${SPOKE}:assumed-role/orgsweep-discovery/orgsweep-test`,
  );
});

test('an expired session is told so, in the words of each service', async () => {
  const session = await served.assume('orgsweep-discovery', { DurationSeconds: 900 });
  served.clock.advance(899_000);
  await expect(served.ec2(session).send(ownSnapshots)).resolves.toBeDefined();
  served.clock.advance(1_000);
  const ec2 = await refusalOf(served.ec2(session).send(ownSnapshots));
  expect(ec2).toMatchObject({ code: 'RequestExpired', status: 400 });
  const sts = await refusalOf(served.sts(session).send(new GetCallerIdentityCommand({})));
  expect(sts).toMatchObject({ code: 'ExpiredToken', status: 403 });
});

test('an unknown key is refused, in the words of each service', async () => {
  const stranger = { accessKeyId: 'AKIANOBODYKNOWSTHIS0', secretAccessKey: 'x' };
  const ec2 = await refusalOf(served.ec2(stranger).send(ownSnapshots));
  expect(ec2).toMatchObject({ code: 'AuthFailure', status: 401 });
  const sts = await refusalOf(served.sts(stranger).send(new GetCallerIdentityCommand({})));
  expect(sts).toMatchObject({ code: 'InvalidClientTokenId', status: 403 });
  const organizations = served.organizations(stranger).send(new ListAccountsCommand({}));
  expect(await refusalOf(organizations)).toMatchObject({ code: 'UnrecognizedClientException' });
});

test('a session key without its session token, or with another one, is refused', async () => {
  const { accessKeyId, secretAccessKey } = await served.assume('orgsweep-discovery');
  const bare = { accessKeyId, secretAccessKey };
  expect(await refusalOf(served.ec2(bare).send(ownSnapshots))).toMatchObject({
    code: 'AuthFailure',
  });
  const wrong = { ...bare, sessionToken: 'another' };
  expect(await refusalOf(served.ec2(wrong).send(ownSnapshots))).toMatchObject({
    code: 'AuthFailure',
  });
});

test('a request without an Authorization header is refused', async () => {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const answer = await fetch(served.simulation.endpoint, { method: 'POST', body });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain('<Code>MissingAuthenticationToken</Code>');
});

test.each([
  ['the role is missing', NO_ROLE],
  ['the account is suspended', SUSPENDED],
  ['the account is in no organization of ours', '555555555555'],
])('AssumeRole is AccessDenied when %s', async (_, accountId) => {
  const refusal = await refusalOf(served.assume('orgsweep-discovery', { accountId }));
  expect(refusal).toEqual({
    code: 'AccessDenied',
    status: 403,
    message: `User: arn:aws:iam::${HUB}:user/orgsweep is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${accountId}:role/orgsweep-discovery`,
  });
});

test('AssumeRole knows the configured role names and no others', async () => {
  const roleNames = { discovery: 'look', deletion: 'remove' };
  const other = await serve({}, { roleNames });
  const assume = async (name: string) =>
    other.sts().send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${SPOKE}:role/${name}`,
        RoleSessionName: 'orgsweep-test',
      }),
    );
  await expect(assume('look')).resolves.toBeDefined();
  expect(await refusalOf(assume('orgsweep-discovery'))).toMatchObject({ code: 'AccessDenied' });
  await other.close();
});

test('a spoke session may assume no role, and for more than an hour not even ask', async () => {
  const by = await served.assume('orgsweep-discovery');
  expect(await refusalOf(served.assume('orgsweep-deletion', { by }))).toMatchObject({
    code: 'AccessDenied',
  });
  const longer = await refusalOf(served.assume('orgsweep-deletion', { by, DurationSeconds: 3601 }));
  expect(longer.code).toBe('ValidationError');
  expect(longer.message).toContain('role chaining');
});

test.each([
  [{ DurationSeconds: 899 }, 'ValidationError'],
  [{ DurationSeconds: 3601 }, 'ValidationError'],
  [{ RoleSessionName: 'two words' }, 'ValidationError'],
  [{ RoleArn: 'arn:aws:iam::12:role/x' }, 'ValidationError'],
  [{ Policy: '{"Version":' }, 'MalformedPolicyDocument'],
  [{ Policy: '{"Statement":[]}' }, 'MalformedPolicyDocument'],
  [{ Policy: 'x'.repeat(2049) }, 'ValidationError'],
])('AssumeRole with %j is refused: %s', async (different, code) => {
  const refusal = await refusalOf(served.assume('orgsweep-discovery', different));
  expect(refusal).toMatchObject({ code: expect.stringMatching(code), status: 400 });
});

function policy(statement: Record<string, unknown>): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

test('a session policy allows the intersection, with wildcards in its actions', async () => {
  const Policy = policy({ Effect: 'Allow', Action: ['ec2:DescribeS*'], Resource: '*' });
  const session = await served.assume('orgsweep-discovery', { Policy });
  await expect(served.ec2(session).send(ownSnapshots)).resolves.toBeDefined();

  const narrow = policy({ Effect: 'Allow', Action: 'ec2:DescribeVolumes', Resource: '*' });
  const other = await served.assume('orgsweep-discovery', { Policy: narrow });
  const refusal = await refusalOf(served.ec2(other).send(ownSnapshots));
  expect(refusal).toMatchObject({ code: 'UnauthorizedOperation', status: 403 });
  expect(refusal.message).toContain(
    'because no session policy allows the ec2:DescribeSnapshots action',
  );
});

test('a session policy never adds to the role, and its Deny wins', async () => {
  const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
  const deletion = await served.assume('orgsweep-deletion', { Policy: everything });
  const role = await refusalOf(served.ec2(deletion).send(new DescribeVolumesCommand({})));
  expect(role.message).toContain('because no identity-based policy allows');

  const Policy = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'ec2:Describe*', Resource: '*' },
    ],
  });
  const denied = await served.assume('orgsweep-discovery', { Policy });
  const refusal = await refusalOf(served.ec2(denied).send(ownSnapshots));
  expect(refusal.message).toContain('explicit deny in a session policy');
});

test('what the simulation would not evaluate in a session policy, it refuses by name', async () => {
  const Policy = policy({
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/x': 'y' } },
  });
  const refusal = await refusalOf(served.assume('orgsweep-discovery', { Policy }));
  expect(refusal.message).toContain('"Condition"');
});
