import { GetSnapshotBlockCommand, ListSnapshotBlocksCommand } from '@aws-sdk/client-ebs';
import {
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
} from '@aws-sdk/client-ec2';
import { DeleteClusterCommand, ListClustersCommand } from '@aws-sdk/client-ecs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { makeSpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { makeHubClients } from '../../../aws/sessions/hub-clients.ts';
import type { Allowed } from '../../../aws/sessions/wire-guard.ts';
import { isAnswerOfAws, toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { ECS } from '../../../kinds/ebs-snapshot/sources/ecs-services.ts';
import { ec2Answer, ec2Error, fakeAws, stsAnswer } from '../../support/aws/fake-aws.ts';

const TARGET = { accountId: '111122223333', region: 'eu-west-1' };
const NO_SNAPSHOTS = ec2Answer('DescribeSnapshots', '<snapshotSet/>');
const DELETE = new DeleteSnapshotCommand({ SnapshotId: 'snap-1' });

function spoke(aws: ReturnType<typeof fakeAws>, allows: Allowed = 'READS', maxAttempts = 1) {
  return makeSpokeClients({ ...TARGET, ...aws.options, maxAttempts, allows });
}

describe('a session that only reads', () => {
  it.each([DELETE, new CreateTagsCommand({ Resources: ['snap-1'], Tags: [] })])(
    'sends no request that changes something',
    async (command) => {
      const aws = fakeAws(() => ec2Answer('Any', '<return>true</return>'));
      const { ec2, calls } = spoke(aws);
      await expect(ec2.send(command as typeof DELETE)).rejects.toThrow(/this session only reads/);
      expect(aws.sent).toEqual([]);
      expect(calls).toEqual({});
    },
  );

  it('goes by what is on the wire, not by what the command is called', async () => {
    const aws = fakeAws(() => ec2Answer('DeleteSnapshot', '<return>true</return>'));
    const { ec2 } = spoke(aws);
    ec2.middlewareStack.add(
      (next) => async (args) => {
        const request = args.request as { body: string };
        request.body = request.body.replace('Action=DescribeSnapshots', 'Action=DeleteSnapshot');
        return next(args);
      },
      { step: 'build' },
    );
    await expect(ec2.send(new DescribeSnapshotsCommand({}))).rejects.toThrow(/only reads/);
    expect(aws.sent).toEqual([]);
  });

  it('lists which blocks a snapshot has, and never asks for what is in them', async () => {
    const aws = fakeAws(() => ({ body: '{"Blocks":[]}' }));
    const { ebs, calls } = spoke(aws);
    const block = { SnapshotId: 'snap-1', BlockIndex: 0, BlockToken: 'token' };
    await expect(ebs.send(new GetSnapshotBlockCommand(block))).rejects.toThrow(
      'ebs:GetSnapshotBlock was not sent',
    );
    expect(aws.sent).toEqual([]);
    await ebs.send(new ListSnapshotBlocksCommand({ SnapshotId: 'snap-1' }));
    expect(calls).toEqual({ 'ebs:ListSnapshotBlocks': 1 });
    expect(aws.sent[0]?.headers['user-agent']).toContain('orgsweep/');
  });

  it("is the same with a kind's own service: one client, guarded and counted", async () => {
    const aws = fakeAws(() => ({ body: '{"clusterArns":[]}' }));
    const session = spoke(aws);
    expect(session.of(ECS)).toBe(session.of(ECS));
    expect(session.of(ECS)).not.toBe(session.of({ ...ECS }));
    await session.of(ECS).send(new ListClustersCommand({}));
    const change = session.of(ECS).send(new DeleteClusterCommand({ cluster: 'a' }));
    await expect(change).rejects.toThrow('ecs:DeleteCluster was not sent');
    expect(session.calls).toEqual({ 'ecs:ListClusters': 1 });
    const removing = spoke(aws, ['ecs:DeleteCluster']);
    await removing.of(ECS).send(new DeleteClusterCommand({ cluster: 'a' }));
    expect(removing.calls).toEqual({ 'ecs:DeleteCluster': 1 });
  });

  it('copies no answer for a log', () => {
    const { middlewareStack } = spoke(fakeAws(() => NO_SNAPSHOTS)).ec2;
    expect(middlewareStack.identify()).toContainEqual(expect.stringMatching(/orgsweep/));
    expect(middlewareStack.identify()).not.toContainEqual(expect.stringMatching(/logger/i));
  });

  it('reads at any endpoint', async () => {
    const aws = fakeAws(() => NO_SNAPSHOTS);
    await spoke(aws).ec2.send(new DescribeSnapshotsCommand({}));
    expect(aws.sent[0]?.hostname).toBe('ec2.eu-west-1.amazonaws.com');
  });
});

describe('a change', () => {
  const answered = async (body: string) => {
    const aws = fakeAws(() => ({ body }));
    return spoke(aws, ['ec2:DeleteSnapshot']).ec2.send(DELETE);
  };

  it.each([
    ["a proxy's page", '<html><body>Log in</body></html>'],
    ['nothing', ''],
    ["an error without an error's status", ec2Error('InternalError').body],
    ['the answer to something else', ec2Answer('DescribeVolumes', '<volumeSet/>').body],
  ])("isn't carried out where the answer with status 200 is %s", async (_, body) => {
    const failure = toAwsFailure(await answered(body).catch((error: unknown) => error));
    expect(failure.operation).toBe('ec2:DeleteSnapshot');
    expect(failure.message).toMatch(/in AWS's place/);
    expect(isAnswerOfAws(failure)).toBe(false);
  });

  it('is, where AWS says so', async () => {
    const { body } = ec2Answer('DeleteSnapshot', '<return>true</return>');
    await answered(body);
    await answered(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
    await answered(body.replace('Response>', 'Response xmlns="http://ec2.amazonaws.com/doc/">'));
  });
});

describe('a session that removes', () => {
  it('removes at the endpoints of AWS', async () => {
    const aws = fakeAws(() => ec2Answer('DeleteSnapshot', '<return>true</return>'));
    await spoke(aws, ['ec2:DeleteSnapshot']).ec2.send(DELETE);
    expect(aws.sent[0]?.hostname).toBe('ec2.eu-west-1.amazonaws.com');
  });

  it("sends nothing else, also with the caller's own credentials", async () => {
    const aws = fakeAws(() => ec2Answer('Any', '<return>true</return>'));
    const { ec2 } = spoke(aws, ['ec2:CreateTags', 'ec2:DeleteSnapshot']);
    for (const command of [
      new DeleteVolumeCommand({ VolumeId: 'vol-1' }),
      new DescribeSnapshotsCommand({}),
    ]) {
      await expect(ec2.send(command as DescribeSnapshotsCommand)).rejects.toThrow(
        /was not sent: this session is for ec2:CreateTags, ec2:DeleteSnapshot/,
      );
    }
    expect(aws.sent).toEqual([]);
  });
});

describe('requests as they are sent', () => {
  it.each([
    new DescribeVolumesCommand({ IncludeManagedResources: true }),
    new DescribeInstancesCommand({ IncludeManagedResources: true }),
  ])('carry IncludeManagedResources, which an SDK too old drops silently', async (command) => {
    const aws = fakeAws(({ operation }) => ec2Answer(operation, '<volumeSet/><reservationSet/>'));
    await spoke(aws).ec2.send(command as DescribeVolumesCommand);
    expect(aws.sent[0]?.params['IncludeManagedResources']).toBe('true');
  });

  it('name orgsweep and its version to AWS', async () => {
    const aws = fakeAws(() => NO_SNAPSHOTS);
    await spoke(aws).ec2.send(new DescribeSnapshotsCommand({}));
    expect(aws.sent[0]?.headers['user-agent']).toMatch(/ orgsweep\/\d+\.\d+\.\d+/);
  });

  it('are counted by operation, every attempt of a retried call', async () => {
    let attempt = 0;
    const aws = fakeAws(() =>
      ++attempt < 3 ? ec2Error('RequestLimitExceeded', 'slow', 503) : NO_SNAPSHOTS,
    );
    const { ec2, calls } = spoke(aws, 'READS', 3);
    await ec2.send(new DescribeSnapshotsCommand({}));
    expect(calls).toEqual({ 'ec2:DescribeSnapshots': 3 });
  });

  it('leave their operation on the error they end with', async () => {
    const aws = fakeAws(() => ec2Error('UnauthorizedOperation', 'no', 403));
    const error: unknown = await spoke(aws)
      .ec2.send(new DescribeSnapshotsCommand({}))
      .catch((caught: unknown) => caught);
    expect(toAwsFailure(error)).toEqual({
      code: 'UnauthorizedOperation',
      message: 'no',
      requestId: 'req-1',
      operation: 'ec2:DescribeSnapshots',
    });
  });
});

describe('the clients of the hub', () => {
  it('are made once each and count together', async () => {
    const aws = fakeAws(() => stsAnswer('GetCallerIdentity', '<Account>111122223333</Account>'));
    const hub = makeHubClients({ ...aws.options, region: 'eu-west-1' });
    await hub.sts.send(new GetCallerIdentityCommand({}));
    await hub.sts.send(new GetCallerIdentityCommand({}));
    expect(hub.sts).toBe(hub.sts);
    expect(hub.calls).toEqual({ 'sts:GetCallerIdentity': 2 });
    expect(aws.sent[0]?.hostname).toBe('sts.eu-west-1.amazonaws.com');
  });

  it('change nothing in EC2', async () => {
    const aws = fakeAws(() => NO_SNAPSHOTS);
    const hub = makeHubClients({ ...aws.options, region: 'eu-west-1' });
    await expect(hub.ec2.send(DELETE)).rejects.toThrow(/only reads/);
  });
});
