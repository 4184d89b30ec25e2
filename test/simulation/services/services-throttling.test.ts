import type { EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
} from '@aws-sdk/client-ec2';
import type { Served } from '../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';
import {
  SPOKE,
  numbered,
  tinyId,
  tinySnapshot,
} from '../../support/organizations/tiny-organization.ts';

const tags = { 'orgsweep:marked': 'true' };

let served: Served;
beforeEach(async () => {
  served = await serve({
    estates: {
      [`${SPOKE}/eu-west-1`]: {
        snapshots: numbered(150, (number) => tinySnapshot(number, { tags })),
      },
    },
  });
});
afterEach(async () => served.close());

/** How many calls get through until the first one is throttled. */
async function burstOf(call: (number: number) => Promise<unknown>): Promise<number> {
  for (let number = 1; ; number++) {
    const error = await call(number).then(
      () => undefined,
      (reason: Error) => reason,
    );
    if (error?.name === 'RequestLimitExceeded') return number - 1;
    if (error !== undefined) throw error;
  }
}

const listPaged = (client: EC2Client) => async () =>
  client.send(new DescribeVolumesCommand({ MaxResults: 500 }));

test('paginated and filtered describes: 100 at once, then 20 a second', async () => {
  const client = served.ec2(await served.assume('orgsweep-discovery'));
  expect(await burstOf(listPaged(client))).toBe(100);
  served.clock.advance(1000);
  expect(await burstOf(listPaged(client))).toBe(20);
  const refusal = await refusalOf(listPaged(client)());
  expect(refusal).toEqual({
    code: 'RequestLimitExceeded',
    message: 'Request limit exceeded.',
    status: 503,
  });
  expect(served.simulation.calls.throttled['ec2:DescribeVolumes']).toBe(3);
});

test('a bucket that nobody uses for an hour holds no more than it did', async () => {
  const client = served.ec2(await served.assume('orgsweep-discovery'), 'us-east-1');
  await listPaged(client)();
  served.clock.advance(3_000_000);
  expect(await burstOf(listPaged(client))).toBe(100);
});

test('each API, account and Region has a bucket of its own', async () => {
  const session = await served.assume('orgsweep-discovery');
  await burstOf(listPaged(served.ec2(session)));
  await expect(listPaged(served.ec2(session, 'us-east-1'))()).resolves.toBeDefined();
  await expect(listPaged(served.ec2())()).resolves.toBeDefined();
  const otherApi = new DescribeInstancesCommand({ MaxResults: 5 });
  await expect(served.ec2(session).send(otherApi)).resolves.toBeDefined();
});

test('describes of everything at once: 50, then 10 a second', async () => {
  const client = served.ec2(await served.assume('orgsweep-discovery'));
  const everything = async () => client.send(new DescribeVolumesCommand({}));
  expect(await burstOf(everything)).toBe(50);
  served.clock.advance(1000);
  expect(await burstOf(everything)).toBe(10);
  await expect(listPaged(client)()).resolves.toBeDefined();
  const picked = new DescribeSnapshotsCommand({ SnapshotIds: [tinyId('snap', 1)] });
  await expect(client.send(picked)).resolves.toBeDefined();
});

test('DeleteSnapshot: 100 at once, then 5 a second', async () => {
  const client = served.ec2(await served.assume('orgsweep-deletion'));
  const remove = async (number: number) =>
    client.send(new DeleteSnapshotCommand({ SnapshotId: tinyId('snap', number) }));
  expect(await burstOf(remove)).toBe(100);
  served.clock.advance(1000);
  expect(await burstOf(async (number) => remove(number + 100))).toBe(5);
});

test('CreateTags: 100 at once, then 10 a second', async () => {
  const client = served.ec2(await served.assume('orgsweep-deletion'));
  const Tags = [{ Key: 'orgsweep:marked', Value: 'true' }];
  const tag = async () =>
    client.send(new CreateTagsCommand({ Resources: [tinyId('snap', 1)], Tags }));
  expect(await burstOf(tag)).toBe(100);
  served.clock.advance(1000);
  expect(await burstOf(tag)).toBe(10);
});
