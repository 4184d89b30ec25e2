import type { S3Client } from '@aws-sdk/client-s3';
import { clean } from '../../../tools/real-account/sandbox/clean.ts';
import { makeParts } from '../../../tools/real-account/sandbox/made.ts';
import { ON_PARTS } from '../../../tools/real-account/probes/with-parts.ts';
import { PROBES } from '../../../tools/real-account/table.ts';
import { makeFakeAccount } from './fake-account.ts';
import { openFake, run } from './opened.ts';

/** All but what asks STS and S3. */
const OF_PARTS = PROBES.filter(
  ({ sends, name }) =>
    sends === ON_PARTS.sends && !/^(assume-absent-role|conditional-writes)$/.test(name),
);
const THEIRS = 'snap-0aaaaaaaaaaaaaaaa';

function open() {
  const account = makeFakeAccount();
  account.addSnapshot(THEIRS);
  const opened = openFake(account.respond);
  const s3 = { send: async () => ({}) } as unknown as S3Client;
  return { ...opened, account, s3 };
}

it('makes, settles and removes again: all is the same, and only what was there before is left', async () => {
  const { sandbox, writing, account, s3, operations } = open();
  const made = await makeParts(sandbox, writing.clients);
  const settled = await run({ ...sandbox, writing: { ...writing, made } }, OF_PARTS);
  expect(settled.map(({ probe: { name }, result, seen }) => [name, result, seen])).toEqual(
    OF_PARTS.map(({ name }) => [name, 'SAME', expect.any(String)]),
  );
  expect(account.left().length).toBeGreaterThan(3);
  expect(await clean(sandbox, { clients: writing.clients, s3 })).toEqual([]);
  expect(account.left()).toEqual([THEIRS]);
  // What goes away after the rule doesn't go into the bin.
  expect(operations().lastIndexOf('DeleteRule')).toBeLessThan(
    operations().lastIndexOf('DeleteSnapshot'),
  );
});

it('says what it could not remove, and goes on with the rest', async () => {
  const { sandbox, writing, account, s3 } = open();
  await makeParts(sandbox, writing.clients);
  const denied = openFake((request) =>
    request.operation === 'DeleteVolume'
      ? {
          status: 403,
          body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors><RequestID>r</RequestID></Response>',
        }
      : account.respond(request),
  );
  const left = await clean(denied.sandbox, { clients: denied.writing.clients, s3 });
  expect(left).toEqual([expect.stringMatching(/^volume vol-\w+: .*UnauthorizedOperation/)]);
  expect(account.left()).toEqual([expect.stringMatching(/^vol-/), THEIRS]);
});

it('a client that may write lets out nothing else', async () => {
  const { writing } = open();
  const { DescribeSnapshotsCommand, ModifySnapshotAttributeCommand } =
    await import('@aws-sdk/client-ec2');
  const { ec2 } = writing.clients;
  await expect(ec2.send(new DescribeSnapshotsCommand({}))).rejects.toThrow('was not sent');
  const share = new ModifySnapshotAttributeCommand({ SnapshotId: THEIRS });
  await expect(ec2.send(share)).rejects.toThrow('ec2:ModifySnapshotAttribute was not sent');
});
