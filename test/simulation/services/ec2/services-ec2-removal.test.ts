import {
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
} from '@aws-sdk/client-ec2';
import type { Credentials, Served } from '../../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../../support/organizations/served-organization.ts';
import {
  HUB,
  MANAGEMENT,
  SPOKE,
  numbered,
  tinyId,
  tinyImage,
  tinySnapshot,
} from '../../../support/organizations/tiny-organization.ts';

const MARKER = [{ Key: 'orgsweep:marked', Value: 'true' }];
const marked = { 'orgsweep:marked': 'true' };
const snap = (number: number) => tinyId('snap', number);

const contents = (ownerId: string) => ({
  snapshots: [
    tinySnapshot(1, { ownerId }),
    tinySnapshot(2, { ownerId, tags: marked }),
    tinySnapshot(3, { ownerId, tags: marked }),
    tinySnapshot(4, { ownerId, tags: { ...marked, 'aws:backup:source-resource': 'arn:…' } }),
    tinySnapshot(5, { ownerId, tags: marked, lockState: 'governance' }),
    tinySnapshot(6, { ownerId, tags: { ...marked, 'orgsweep:protect': '' } }),
    tinySnapshot(7, { ownerId, tags: { ...marked, 'aws:dlm:lifecycle-policy-id': 'p' } }),
    tinySnapshot(8, { ownerId, tags: { 'orgsweep:marked': 'yes' } }),
    tinySnapshot(9, { ownerId, tags: marked }),
    ...numbered(1000, (number) => tinySnapshot(number + 100, { ownerId })),
  ],
  images: [
    tinyImage(1, { ownerId, snapshotIds: [snap(3)] }),
    tinyImage(2, { ownerId, state: 'disabled', snapshotIds: [snap(9)] }),
  ],
});

let served: Served;
let discovery: Credentials;
let deletion: Credentials;
beforeEach(async () => {
  served = await serve({
    estates: { [`${SPOKE}/eu-west-1`]: contents(SPOKE), [`${HUB}/eu-west-1`]: contents(HUB) },
  });
  discovery = await served.assume('orgsweep-discovery');
  deletion = await served.assume('orgsweep-deletion');
});
afterEach(async () => served.close());

const remove = async (id: string, by: Credentials | undefined = deletion) =>
  served.ec2(by).send(new DeleteSnapshotCommand({ SnapshotId: id }));
const removeAsHub = async (id: string) =>
  served.ec2().send(new DeleteSnapshotCommand({ SnapshotId: id }));
const tag = async (ids: string[], Tags = MARKER, by: Credentials | undefined = deletion) =>
  served.ec2(by).send(new CreateTagsCommand({ Resources: ids, Tags }));
const estate = () => served.organization.estate(SPOKE, 'eu-west-1');

async function describeOne(id: string) {
  const { Snapshots } = await served.ec2(discovery).send(
    new DescribeSnapshotsCommand({
      OwnerIds: ['self'],
      Filters: [{ Name: 'snapshot-id', Values: [id] }],
    }),
  );
  return Snapshots?.[0];
}

test('the deletion role removes what carries the marker', async () => {
  await remove(snap(2));
  expect([...estate().deletedSnapshotIds()]).toEqual([snap(2)]);
});

test.each([
  ['nothing marks it', 1],
  ['another value marks it', 8],
  ['a tag protects it', 6],
  ['AWS Backup owns it', 4],
  ['Data Lifecycle Manager owns it', 7],
])('the deletion role is refused by IAM when %s', async (_, number) => {
  expect(await refusalOf(remove(snap(number)))).toMatchObject({
    code: 'UnauthorizedOperation',
    status: 403,
  });
  expect(estate().deletedSnapshotIds().size).toBe(0);
});

test.each([
  ['a tag protects it', 6],
  ['AWS Backup owns it', 4],
  ['Data Lifecycle Manager owns it', 7],
])('the deletion role may not even mark it when %s, nor others with it', async (_, number) => {
  expect(await refusalOf(tag([snap(1), snap(number)]))).toMatchObject({
    code: 'UnauthorizedOperation',
  });
  expect(estate().snapshot(snap(1))?.tags).not.toMatchObject(marked);
});

test('the deletion role may set the marker and no other tag', async () => {
  await tag([snap(1)]);
  expect(estate().snapshot(snap(1))?.tags).toEqual(marked);
  for (const other of [
    [{ Key: 'orgsweep:marked', Value: 'yes' }],
    [...MARKER, { Key: 'Name', Value: 'x' }],
    [{ Key: 'Name', Value: 'x' }],
  ]) {
    expect(await refusalOf(tag([snap(1)], other))).toMatchObject({ code: 'UnauthorizedOperation' });
  }
});

test('the deletion role lists snapshots, to find the copy that an earlier try made, and nothing else', async () => {
  const ec2 = served.ec2(deletion);
  await expect(ec2.send(new DescribeSnapshotsCommand({ MaxResults: 5 }))).resolves.toBeDefined();
  const list = ec2.send(new DescribeVolumesCommand({ MaxResults: 5 }));
  expect(await refusalOf(list)).toMatchObject({ code: 'UnauthorizedOperation' });
});

test('the discovery role writes nothing', async () => {
  expect(await refusalOf(remove(snap(2), discovery))).toMatchObject({
    code: 'UnauthorizedOperation',
  });
  expect(await refusalOf(tag([snap(1)], MARKER, discovery))).toMatchObject({
    code: 'UnauthorizedOperation',
  });
  expect(await refusalOf(remove(snap(77777), discovery))).toMatchObject({
    code: 'UnauthorizedOperation',
  });
});

test('a session policy may name the snapshots that it allows', async () => {
  const Policy = JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Action: 'ec2:DeleteSnapshot',
        Resource: [`arn:aws:ec2:*::snapshot/${snap(2)}`],
      },
    ],
  });
  const narrow = await served.assume('orgsweep-deletion', { Policy });
  const refusal = await refusalOf(remove(snap(5), narrow));
  expect(refusal.message).toContain('because no session policy allows');
  await remove(snap(2), narrow);
});

test.each([
  [
    'an AMI uses it',
    3,
    'InvalidSnapshot.InUse',
    `The snapshot ${snap(3)} is currently in use by ${tinyId('ami', 1)}`,
  ],
  [
    'a disabled AMI uses it',
    9,
    'InvalidSnapshot.InUse',
    `The snapshot ${snap(9)} is currently in use by ${tinyId('ami', 2)}`,
  ],
  [
    'it is locked',
    5,
    'OperationNotPermitted',
    `The snapshot ${snap(5)} is locked and cannot be deleted`,
  ],
  [
    'it is not there',
    77777,
    'InvalidSnapshot.NotFound',
    `The snapshot '${snap(77777)}' does not exist.`,
  ],
])('DeleteSnapshot is refused when %s', async (_, number, code, message) => {
  expect(await refusalOf(remove(snap(number)))).toEqual({ code, message, status: 400 });
  expect(await refusalOf(removeAsHub(snap(number)))).toMatchObject({ code });
  expect(estate().deletedSnapshotIds().size).toBe(0);
});

test.each([
  ['governance', false],
  ['compliance', false],
  ['compliance-cooloff', false],
  ['expired', true],
  [undefined, true],
] as const)('a snapshot whose lock is %s can be deleted: %s', async (state, isDeletable) => {
  estate().lockSnapshot(snap(5), state);
  await remove(snap(5)).catch(() => undefined);
  expect(estate().deletedSnapshotIds().has(snap(5))).toBe(isDeletable);
});

test('AWS Backup keeps its snapshots from everybody', async () => {
  const refusal = await refusalOf(removeAsHub(snap(4)));
  expect(refusal.code).toBe('InvalidParameterValue');
  expect(refusal.message).toBe(
    'This snapshot is managed by the AWS Backup service and cannot be deleted via EC2 APIs. If you wish to make this change, please do so via the Backup console.',
  );
});

test('the hub in its own account needs no marker', async () => {
  await removeAsHub(snap(1));
  await tag([snap(6)], [{ Key: 'Name', Value: 'x' }], served.simulation.credentials);
  const own = served.organization.estate(HUB, 'eu-west-1');
  expect([...own.deletedSnapshotIds()]).toEqual([snap(1)]);
  expect(own.snapshot(snap(6))?.tags).toMatchObject({ Name: 'x' });
  expect(estate().deletedSnapshotIds().size).toBe(0);
});

test('a malformed id is refused as such', async () => {
  expect(await refusalOf(remove('snap-1'))).toMatchObject({ code: 'InvalidParameterValue' });
});

test('DryRun says what IAM says, and not whether EC2 would refuse', async () => {
  const dryRun = async (number: number) =>
    refusalOf(
      served
        .ec2(deletion)
        .send(new DeleteSnapshotCommand({ SnapshotId: snap(number), DryRun: true })),
    );
  expect(await dryRun(3)).toMatchObject({ code: 'DryRunOperation', status: 412 });
  expect(await dryRun(1)).toMatchObject({ code: 'UnauthorizedOperation' });
  expect(estate().deletedSnapshotIds().size).toBe(0);
});

test('CreateTags takes 1,000 resources and not one more', async () => {
  const ids = numbered(1000, (number) => snap(number + 100));
  await tag([...ids]);
  expect(estate().snapshot(snap(1100))?.tags).toEqual(marked);
  expect(await refusalOf(tag([...ids, snap(1)]))).toMatchObject({ code: 'InvalidParameterValue' });
});

test('CreateTags is all or none', async () => {
  expect(await refusalOf(tag([snap(1), snap(77777)]))).toMatchObject({
    code: 'InvalidSnapshot.NotFound',
  });
  expect(estate().snapshot(snap(1))?.tags).toEqual({});
});

test.each([
  ['a key of AWS', [{ Key: 'AWS:x', Value: '' }], 'InvalidParameterValue'],
  ['a key of 129 characters', [{ Key: 'k'.repeat(129), Value: '' }], 'InvalidParameterValue'],
  ['51 tags', numbered(51, (n) => ({ Key: `k${n}`, Value: '' })), 'TagLimitExceeded'],
])('CreateTags refuses %s', async (_, Tags, code) => {
  const call = served.ec2().send(new CreateTagsCommand({ Resources: [snap(1)], Tags: [...Tags] }));
  expect(await refusalOf(call)).toMatchObject({ code });
});

test('a describe shows new tags late: never before 200 ms, always after 1,000 ms', async () => {
  await tag([snap(1)]);
  served.clock.advance(199);
  expect((await describeOne(snap(1)))?.Tags).toEqual([]);
  // IAM looks no earlier than describes do.
  expect(await refusalOf(remove(snap(1)))).toMatchObject({ code: 'UnauthorizedOperation' });
  served.clock.advance(801);
  expect((await describeOne(snap(1)))?.Tags).toEqual(MARKER);
  await remove(snap(1));
});

test('how late depends on the seed alone', async () => {
  const delayOf = async (seed: number) => {
    const own = { [`${SPOKE}/eu-west-1`]: contents(SPOKE) };
    const other = await serve({ estates: own }, { seed });
    const clientOf = async (role: 'orgsweep-deletion' | 'orgsweep-discovery') =>
      other.ec2(await other.assume(role));
    const writer = await clientOf('orgsweep-deletion');
    const reader = await clientOf('orgsweep-discovery');
    await writer.send(new CreateTagsCommand({ Resources: [snap(1)], Tags: MARKER }));
    let waited = 0;
    for (;;) {
      const SnapshotIds = [snap(1)];
      const { Snapshots } = await reader.send(new DescribeSnapshotsCommand({ SnapshotIds }));
      if (Snapshots?.[0]?.Tags?.length) break;
      other.clock.advance(25);
      waited += 25;
    }
    await other.close();
    return waited;
  };
  const delays = [await delayOf(1), await delayOf(1), await delayOf(2), await delayOf(3)];
  expect(delays[0]).toBe(delays[1]);
  expect(new Set(delays).size).toBeGreaterThan(1);
});

test('a tag that another user sets in between is seen at once', async () => {
  await tag([snap(1)]);
  estate().tagSnapshot(snap(1), { Retain: 'yes' });
  expect((await describeOne(snap(1)))?.Tags).toEqual([{ Key: 'Retain', Value: 'yes' }]);
});

test('a deleted snapshot may be described a little longer, deleted again it is NotFound', async () => {
  const found: boolean[] = [];
  const listed: boolean[] = [];
  for (const number of [101, 102, 103, 104, 105]) {
    await tag([snap(number)]);
    served.clock.advance(1000);
    await remove(snap(number));
    expect(await refusalOf(remove(snap(number)))).toMatchObject({
      code: 'InvalidSnapshot.NotFound',
    });
    served.clock.advance(100);
    found.push((await describeOne(snap(number))) !== undefined);
    listed.push((await listIds()).includes(snap(number)));
    served.clock.advance(400);
    expect(await describeOne(snap(number))).toBeUndefined();
    expect(await listIds()).not.toContain(snap(number));
  }
  expect(found).toContain(true);
  expect(listed).toEqual(found);
});

async function listIds() {
  const input = { OwnerIds: ['self'], MaxResults: 1000 };
  const { Snapshots = [] } = await served.ec2(discovery).send(new DescribeSnapshotsCommand(input));
  return Snapshots.map(({ SnapshotId }) => SnapshotId);
}

test('what is deleted between two pages of a listing hides nothing that is still there', async () => {
  const Values = numbered(6, (number) => snap(number + 100));
  const Filters = [{ Name: 'snapshot-id', Values }];
  const page = async (NextToken?: string) =>
    served
      .ec2(discovery)
      .send(
        new DescribeSnapshotsCommand({ OwnerIds: ['self'], MaxResults: 5, Filters, NextToken }),
      );
  const { Snapshots = [], NextToken } = await page();
  for (const id of Values.slice(0, 5)) estate().deleteSnapshot(id);
  const seen = Snapshots.map(({ SnapshotId }) => SnapshotId);
  for (let token = NextToken; token !== undefined;) {
    const next = await page(token);
    seen.push(...(next.Snapshots ?? []).map(({ SnapshotId }) => SnapshotId));
    token = next.NextToken;
  }
  expect(seen).toContain(Values[5]);
});

test('the deletion role is nothing in the accounts of others', async () => {
  const elsewhere = await served.assume('orgsweep-deletion', { accountId: MANAGEMENT });
  expect(await refusalOf(remove(snap(2), elsewhere))).toMatchObject({
    code: 'InvalidSnapshot.NotFound',
  });
});
