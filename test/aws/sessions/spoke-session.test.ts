import {
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  RestoreSnapshotFromRecycleBinCommand,
} from '@aws-sdk/client-ec2';
import { makeHubClients } from '../../../aws/sessions/hub-clients.ts';
import { callerIdentity, makeSpokeSessions } from '../../../aws/sessions/spoke-session.ts';
import type { SpokeSessionOptions } from '../../../aws/sessions/spoke-session.ts';
import {
  ec2Error,
  FAKE_CREDENTIALS,
  fakeAws,
  stsAnswer,
  stsError,
} from '../../support/aws/fake-aws.ts';
import type { PolicyDocument } from '../../../infra/policies/policy-document.ts';
import { retriesBy } from '../../support/aws/retries.ts';
import type { FakeAnswer, SentRequest } from '../../support/aws/fake-aws.ts';

interface NodeHttpHandler {
  httpHandlerConfigs(): Record<string, unknown>;
}

const HUB = '999988887777';
const SPOKE = '111122223333';
const SNAPSHOT = { kind: 'ebs-snapshot', step: 'delete' };
const OTHER = { kind: 'other', step: 'delete' };
const NOW = new Date('2026-11-21T12:00:00Z');

function identity(accountId = HUB): FakeAnswer {
  return stsAnswer(
    'GetCallerIdentity',
    `<Account>${accountId}</Account><Arn>arn:aws:iam::${accountId}:user/ops</Arn>`,
  );
}

function assumed(accountId = SPOKE, minutes = 60): FakeAnswer {
  const expiration = new Date(NOW.getTime() + minutes * 60_000).toISOString();
  return stsAnswer(
    'AssumeRole',
    `<AssumedRoleUser><Arn>arn:aws:sts::${accountId}:assumed-role/r/s</Arn><AssumedRoleId>x</AssumedRoleId></AssumedRoleUser>
     <Credentials><AccessKeyId>ASIASPOKE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
     <SessionToken>t</SessionToken><Expiration>${expiration}</Expiration></Credentials>`,
  );
}

function setUp(
  respond: (request: SentRequest) => FakeAnswer = ({ operation }) =>
    operation === 'AssumeRole' ? assumed() : identity(),
  overrides: Partial<SpokeSessionOptions> = {},
) {
  const aws = fakeAws(respond);
  const hub = makeHubClients({ ...aws.options, region: 'eu-west-1' });
  const sessions = makeSpokeSessions({
    sts: hub.sts,
    hubAccountId: HUB,
    partition: 'aws',
    roleNames: {
      discover: 'orgsweep-discovery',
      remove: 'orgsweep-deletion',
      restore: 'orgsweep-restore',
    },
    ownAccount: 'DIRECTLY',
    executionId: 'weekly-2026-11-21',
    actions: {
      discover: ['ec2:DescribeSnapshots'],
      remove: {
        'ebs-snapshot': {
          archive: { actions: ['ec2:ModifySnapshotTier'] },
          delete: { actions: ['ec2:DeleteSnapshot'] },
        },
        other: { delete: { actions: ['ec2:DeleteVolume'] } },
        untagged: { delete: { actions: ['ec2:DeleteVolume'], isOfExactArns: true } },
      },
      restore: {
        'ebs-snapshot': {
          delete: { actions: ['ec2:DescribeSnapshots', 'ec2:RestoreSnapshotFromRecycleBin'] },
        },
      },
    },
    now: () => NOW,
    clients: { credentials: FAKE_CREDENTIALS },
    ...overrides,
  });
  return { aws, sessions };
}

describe('a session in a spoke account', () => {
  it("assumes the discovery role at the STS endpoint of the hub's Region, for an hour, to read only", async () => {
    const { aws, sessions } = setUp();
    const clients = await sessions.open(SPOKE, 'ap-east-1', 'discover');
    const { params, hostname } = aws.sent[0]!;
    expect(hostname).toBe('sts.eu-west-1.amazonaws.com');
    expect(params).toMatchObject({
      RoleArn: `arn:aws:iam::${SPOKE}:role/orgsweep-discovery`,
      RoleSessionName: 'orgsweep-weekly-2026-11-21',
      DurationSeconds: '3600',
    });
    expect(params).not.toHaveProperty('ExternalId');
    expect(JSON.parse(params['Policy']!)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['ec2:DescribeSnapshots'], Resource: '*' }],
    });
    expect(clients).toMatchObject({ accountId: SPOKE, region: 'ap-east-1' });
    await expect(clients.ec2.config.credentials()).resolves.toMatchObject({
      accessKeyId: 'ASIASPOKE',
      sessionToken: 't',
    });
  });

  it('assumes the deletion role to remove, limited to what removing needs', async () => {
    const { aws, sessions } = setUp();
    await sessions.open(SPOKE, 'eu-west-1', 'remove', SNAPSHOT);
    expect(aws.sent[0]!.params['RoleArn']).toBe(`arn:aws:iam::${SPOKE}:role/orgsweep-deletion`);
    expect(aws.sent[0]!.params['Policy']).toContain('["ec2:DeleteSnapshot"]');
  });

  it('is opened for each kind that it changes, and may do nothing to another', async () => {
    // Nothing listens there.
    const clients = { credentials: FAKE_CREDENTIALS, endpoint: 'http://127.0.0.1:1' };
    const { aws, sessions } = setUp(undefined, { clients });
    const [snapshots, others] = [
      await sessions.open(SPOKE, 'eu-west-1', 'remove', SNAPSHOT),
      await sessions.open(SPOKE, 'eu-west-1', 'remove', OTHER),
    ];
    expect(aws.sent.map(({ params }) => JSON.parse(params['Policy']!) as unknown)).toMatchObject([
      { Statement: [{ Action: ['ec2:DeleteSnapshot'] }] },
      { Statement: [{ Action: ['ec2:DeleteVolume'] }] },
    ]);
    const remove = new DeleteSnapshotCommand({ SnapshotId: 'snap-1' });
    await expect(others.ec2.send(remove)).rejects.toThrow(/was not sent/);
    await expect(snapshots.ec2.send(remove)).rejects.not.toThrow(/was not sent/);
    const unknown = sessions.open(SPOKE, 'eu-west-1', 'restore', OTHER);
    await expect(unknown).rejects.toThrow('no session is known to restore other, step delete');
  });

  it('is opened for each step that it takes, and may take no other of the same kind', async () => {
    // Nothing listens there.
    const clients = { credentials: FAKE_CREDENTIALS, endpoint: 'http://127.0.0.1:1' };
    const { aws, sessions } = setUp(undefined, { clients });
    const open = async (step: string) =>
      sessions.open(SPOKE, 'eu-west-1', 'remove', { kind: 'ebs-snapshot', step });
    const [archiving, deleting] = [await open('archive'), await open('delete')];
    await open('archive');
    expect(aws.sent.map(({ params }) => JSON.parse(params['Policy']!) as unknown)).toMatchObject([
      { Statement: [{ Action: ['ec2:ModifySnapshotTier'] }] },
      { Statement: [{ Action: ['ec2:DeleteSnapshot'] }] },
    ]);
    const remove = new DeleteSnapshotCommand({ SnapshotId: 'snap-1' });
    await expect(archiving.ec2.send(remove)).rejects.toThrow(/was not sent/);
    await expect(deleting.ec2.send(remove)).rejects.not.toThrow(/was not sent/);
    await expect(open('tidy')).rejects.toThrow('no session is known to remove ebs-snapshot');
  });

  describe('for a step that exact ARNs fence in', () => {
    const untagged = { kind: 'untagged', step: 'delete' };
    const volumes = ['vol-1', 'vol-2'].map((id) => `ec2:eu-west-1:${SPOKE}:volume/${id}`);

    it('names the resources of its batch, and is opened anew for each', async () => {
      const { aws, sessions } = setUp(undefined, { partition: 'aws-cn' });
      for (const arn of volumes) {
        await sessions.open(SPOKE, 'eu-west-1', 'remove', { ...untagged, arns: [arn] });
      }
      await sessions.open(SPOKE, 'eu-west-1', 'remove', { ...untagged, arns: volumes });
      const resources = aws.sent.map(
        ({ params }) => (JSON.parse(params['Policy']!) as PolicyDocument).Statement[0]?.Resource,
      );
      const [one, two] = volumes.map((arn) => `arn:aws-cn:${arn}`);
      expect(resources).toEqual([[one], [two], [one, two]]);
    });

    it('is refused where none is named, or one that is several', async () => {
      const { aws, sessions } = setUp();
      const open = async (arns?: string[]) =>
        sessions.open(SPOKE, 'eu-west-1', 'remove', { ...untagged, ...(arns && { arns }) });
      const unnamed = /a session for remove\/untagged\/delete names the resources/;
      await expect(open()).rejects.toThrow(unnamed);
      await expect(open([])).rejects.toThrow(unnamed);
      for (const id of ['*', 'vol-?', '${aws:username}']) {
        const wide = open([`ec2:eu-west-1:${SPOKE}:volume/${id}`]);
        await expect(wide).rejects.toThrow('is no exact ARN');
      }
      expect(aws.sent).toEqual([]);
    });
  });

  it('assumes the restore role to bring back what was removed, and may change what is there', async () => {
    const { aws, sessions } = setUp();
    const clients = await sessions.open(SPOKE, 'eu-west-1', 'restore', SNAPSHOT);
    expect(aws.sent[0]!.params['RoleArn']).toBe(`arn:aws:iam::${SPOKE}:role/orgsweep-restore`);
    expect(aws.sent[0]!.params['Policy']).toContain('"ec2:RestoreSnapshotFromRecycleBin"]');
    await expect(clients.ec2.config.maxAttempts()).resolves.toBe(5);
  });

  it.each([
    ['no answer', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 1],
    ['an error of the server', ec2Error('InternalError', 'no', 500), 1],
    ['a throttled one', ec2Error('RequestLimitExceeded', 'no', 503), 3],
  ])(
    'after %s sends a request to bring back only where nothing can be made twice',
    async (_, answer, times) => {
      const ec2 = fakeAws(() => answer);
      const clients = { ...ec2.options, maxAttempts: 3, retryStrategy: retriesBy(() => 0) };
      const { sessions } = setUp(undefined, { clients });
      const restoring = (await sessions.open(SPOKE, 'eu-west-1', 'restore', SNAPSHOT)).ec2;
      const back = new RestoreSnapshotFromRecycleBinCommand({ SnapshotId: 'snap-1' });
      await expect(restoring.send(back)).rejects.toThrow();
      expect(ec2.operations()).toHaveLength(times);
      await expect(restoring.send(new DescribeSnapshotsCommand({}))).rejects.toThrow();
      expect(ec2.operations()).toHaveLength(times + 3);
    },
  );

  it('requests a removal once, and soon: the retries of the SDK would be late and unchecked', async () => {
    const { sessions } = setUp(undefined, {
      // Nothing listens there.
      clients: {
        credentials: FAKE_CREDENTIALS,
        maxAttempts: 4,
        endpoint: 'http://127.0.0.1:1',
      },
    });
    const { ec2: removing } = await sessions.open(SPOKE, 'eu-west-1', 'remove', SNAPSHOT);
    const { ec2: reading } = await sessions.open(SPOKE, 'eu-west-1', 'discover');
    const attempts = [removing, reading].map(async ({ config }) => config.maxAttempts());
    expect(await Promise.all(attempts)).toEqual([1, 4]);
    // The handler fills its configuration in only once it is used.
    await removing.send(new DeleteSnapshotCommand({ SnapshotId: 'snap-1' })).catch(() => undefined);
    const handler = removing.config.requestHandler as unknown as NodeHttpHandler;
    expect(handler.httpHandlerConfigs()).toMatchObject({
      connectionTimeout: 3_000,
      throwOnRequestTimeout: true,
    });
  });

  it('gives the external id where there is one, and another partition its ARNs', async () => {
    const { aws, sessions } = setUp(undefined, { externalId: 'ext-42', partition: 'aws-us-gov' });
    await sessions.open(SPOKE, 'eu-west-1', 'discover');
    expect(aws.sent[0]!.params).toMatchObject({
      ExternalId: 'ext-42',
      RoleArn: `arn:aws-us-gov:iam::${SPOKE}:role/orgsweep-discovery`,
    });
  });

  it('cuts the session name to the 64 characters that STS takes', async () => {
    const { aws, sessions } = setUp(undefined, { executionId: 'x'.repeat(80) });
    await sessions.open(SPOKE, 'eu-west-1', 'discover');
    expect(aws.sent[0]!.params['RoleSessionName']).toBe(`orgsweep-${'x'.repeat(55)}`);
  });

  it('is used for all Regions of the account, but not for another purpose', async () => {
    const { aws, sessions } = setUp();
    await Promise.all([
      sessions.open(SPOKE, 'eu-west-1', 'discover'),
      sessions.open(SPOKE, 'us-east-1', 'discover'),
    ]);
    await sessions.open(SPOKE, 'us-east-1', 'remove', SNAPSHOT);
    expect(aws.operations()).toEqual(['AssumeRole', 'AssumeRole']);
  });

  it('is renewed when it would not outlive a function', async () => {
    const { aws, sessions } = setUp(() => assumed(SPOKE, 19));
    await sessions.open(SPOKE, 'eu-west-1', 'discover');
    await sessions.open(SPOKE, 'us-east-1', 'discover');
    expect(aws.operations()).toHaveLength(2);
  });

  it('in another account than the one asked for is refused, naming both', async () => {
    const { sessions } = setUp(() => assumed('444455556666'));
    const opening = sessions.open(SPOKE, 'eu-west-1', 'discover');
    await expect(opening).rejects.toMatchObject({ name: 'WrongAccount' });
    await expect(opening).rejects.toThrow(/111122223333.*444455556666/);
  });

  it('without a role that trusts the hub is RoleUnavailable, and is tried afresh the next time', async () => {
    let answers = 0;
    const { sessions } = setUp(() =>
      ++answers === 1 ? stsError('AccessDenied', 'not authorized') : assumed(),
    );
    const opening = sessions.open(SPOKE, 'eu-west-1', 'discover');
    await expect(opening).rejects.toMatchObject({ name: 'RoleUnavailable' });
    await expect(sessions.open(SPOKE, 'eu-west-1', 'discover')).resolves.toBeDefined();
  });

  it('for a purpose whose role nobody named is refused before anything is asked', async () => {
    const { aws, sessions } = setUp(undefined, { roleNames: { discover: 'orgsweep-discovery' } });
    await expect(sessions.open(SPOKE, 'eu-west-1', 'remove', SNAPSHOT)).rejects.toThrow(
      /no role.*remove/,
    );
    expect(aws.sent).toEqual([]);
  });

  it('answered without credentials is an error', async () => {
    const answer = `<AssumedRoleUser><Arn>arn:aws:sts::${SPOKE}:assumed-role/r/s</Arn></AssumedRoleUser>`;
    const { sessions } = setUp(() => stsAnswer('AssumeRole', answer));
    await expect(sessions.open(SPOKE, 'eu-west-1', 'discover')).rejects.toThrow(
      /without credentials/,
    );
  });
});

describe("the caller's own account", () => {
  it('needs no role; who the caller is, is asked once', async () => {
    const { aws, sessions } = setUp();
    const clients = await sessions.open(HUB, 'eu-west-1', 'discover');
    await sessions.open(HUB, 'us-east-1', 'discover');
    expect(aws.operations()).toEqual(['GetCallerIdentity']);
    await expect(clients.ec2.config.credentials()).resolves.toMatchObject(FAKE_CREDENTIALS);
  });

  it('is the only one with --self: any other is refused without assuming a role', async () => {
    const { aws, sessions } = setUp(undefined, { ownAccount: 'ALONE' });
    const opening = sessions.open(SPOKE, 'eu-west-1', 'discover');
    await expect(opening).rejects.toMatchObject({ name: 'WrongAccount' });
    await expect(opening).rejects.toThrow(/111122223333.*999988887777/);
    expect(aws.operations()).toEqual(['GetCallerIdentity']);
  });

  it('is entered by a role like any other where the function itself may do nothing there', async () => {
    const { aws, sessions } = setUp(() => assumed(HUB), { ownAccount: 'BY_ROLE' });
    for (const clients of [
      await sessions.open(HUB, 'eu-west-1', 'discover'),
      await sessions.open(HUB, 'eu-west-1', 'remove', SNAPSHOT),
    ]) {
      await expect(clients.ec2.config.credentials()).resolves.toMatchObject({
        accessKeyId: 'ASIASPOKE',
      });
    }
    expect(aws.sent.map(({ params }) => params['RoleArn'])).toEqual([
      `arn:aws:iam::${HUB}:role/orgsweep-discovery`,
      `arn:aws:iam::${HUB}:role/orgsweep-deletion`,
    ]);
  });

  it('is told apart from the account that the configuration says it is', async () => {
    const { sessions } = setUp(() => identity('444455556666'));
    await expect(sessions.open(HUB, 'eu-west-1', 'remove', SNAPSHOT)).rejects.toThrow(
      /999988887777.*444455556666/,
    );
  });

  it('is known by account, ARN and partition', async () => {
    const aws = fakeAws(() => identity());
    const { sts } = makeHubClients({ ...aws.options, region: 'eu-west-1' });
    await expect(callerIdentity(sts)).resolves.toEqual({
      accountId: HUB,
      arn: `arn:aws:iam::${HUB}:user/ops`,
      partition: 'aws',
    });
  });
});

it.each(['discover', 'remove', 'restore'] as const)(
  'a policy to %s that is longer than STS takes is refused before any session',
  (purpose) => {
    const actions = Array.from({ length: 100 }, (_, index) => `ec2:GetSomething${index}`);
    const none = { discover: [], remove: {}, restore: {} };
    const ofStep = { 'ebs-snapshot': { delete: { actions } } };
    const long = { ...none, [purpose]: purpose === 'discover' ? actions : ofStep };
    expect(() => setUp(undefined, { actions: long })).toThrow(/STS takes 2048/);
  },
);
