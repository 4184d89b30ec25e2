import type { DescribeSnapshotsCommandInput } from '@aws-sdk/client-ec2';
import { DescribeSnapshotsCommand, paginateDescribeSnapshots } from '@aws-sdk/client-ec2';
import type { Served } from '../../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../../support/organizations/served-organization.ts';
import {
  SPOKE,
  numbered,
  tinyId,
  tinySnapshot,
} from '../../../support/organizations/tiny-organization.ts';

const HOSTILE = { '<key> & "quotes"': `a]]>b'<c>&amp;\u0007\n é 🗑 `, empty: '' };
const COPIES = 'vol-ffffffff';
const MANY = 2405;

const special = [
  tinySnapshot(1, { tags: HOSTILE, description: '<b>&</b>' }),
  tinySnapshot(2, { state: 'pending', storageTier: 'archive', encrypted: true }),
  tinySnapshot(3, { tags: { Team: 'blue' }, volumeId: COPIES }),
  tinySnapshot(4, { tags: { Team: 'Blueish' }, volumeId: COPIES }),
];
const foreign = tinySnapshot(9999, { ownerId: '600700800901', public: true });

let served: Served;
let session: Parameters<Served['ec2']>[0];
beforeAll(async () => {
  served = await serve({
    estates: {
      [`${SPOKE}/eu-west-1`]: {
        snapshots: [...special, ...numbered(MANY - 4, (number) => tinySnapshot(number + 4))],
      },
    },
    publicSnapshots: [foreign],
  });
  session = await served.assume('orgsweep-discovery');
});
afterAll(async () => served.close());
// A full bucket for every test.
beforeEach(() => served.clock.advance(10_000));

async function describe_(input: DescribeSnapshotsCommandInput) {
  return served.ec2(session).send(new DescribeSnapshotsCommand(input));
}

async function idsOf(input: DescribeSnapshotsCommandInput) {
  const { Snapshots } = await describe_({ OwnerIds: ['self'], ...input });
  return Snapshots?.map(({ SnapshotId }) => SnapshotId);
}

const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });

test('the paginator gets all, in pages of 1,000, each id once', async () => {
  const pages = paginateDescribeSnapshots(
    { client: served.ec2(session), pageSize: 1000 },
    { OwnerIds: ['self'] },
  );
  const sizes: number[] = [];
  const ids = new Set<string | undefined>();
  for await (const { Snapshots = [] } of pages) {
    sizes.push(Snapshots.length);
    for (const { SnapshotId } of Snapshots) ids.add(SnapshotId);
  }
  expect(sizes).toEqual([1000, 1000, 405]);
  expect(ids.size).toBe(MANY);
});

test('without MaxResults everything comes at once', async () => {
  const { Snapshots, NextToken } = await describe_({ OwnerIds: ['self'] });
  expect(Snapshots).toHaveLength(MANY);
  expect(NextToken).toBeUndefined();
});

test('every field arrives as it is, hostile tags included', async () => {
  const { Snapshots } = await describe_({ SnapshotIds: [tinyId('snap', 1), tinyId('snap', 2)] });
  expect(Snapshots?.[0]).toMatchObject({
    SnapshotId: tinyId('snap', 1),
    VolumeId: tinyId('vol', 1),
    OwnerId: SPOKE,
    State: 'completed',
    Progress: '100%',
    StartTime: new Date('2025-01-02T03:04:05Z'),
    VolumeSize: 8,
    FullSnapshotSizeInBytes: 1_234_567_890,
    StorageTier: 'standard',
    Encrypted: false,
    Description: '<b>&</b>',
  });
  const tags = Object.fromEntries(
    Snapshots?.[0]?.Tags?.map(({ Key, Value }) => [Key, Value]) ?? [],
  );
  // A control character can't be written in XML 1.0 at all.
  const value = HOSTILE['<key> & "quotes"'].replace('\u0007', '\ufffd');
  expect(tags).toEqual({ '<key> & "quotes"': value, empty: '' });
  expect(Snapshots?.[1]).toMatchObject({
    State: 'pending',
    StorageTier: 'archive',
    Encrypted: true,
  });
});

test('without an owner the public snapshots of others are listed too', async () => {
  const { Snapshots } = await describe_({});
  expect(Snapshots).toHaveLength(MANY + 1);
  expect(Snapshots?.at(-1)).toMatchObject({
    SnapshotId: foreign.snapshotId,
    OwnerId: '600700800901',
  });
  const pages = paginateDescribeSnapshots({ client: served.ec2(session), pageSize: 1000 }, {});
  let count = 0;
  for await (const { Snapshots: page = [] } of pages) count += page.length;
  expect(count).toBe(MANY + 1);
});

test('an owner may be named by its account id', async () => {
  expect(await idsOf({ OwnerIds: ['600700800901'] })).toEqual([foreign.snapshotId]);
  expect(await idsOf({ OwnerIds: [SPOKE], MaxResults: 5 })).toHaveLength(5);
  expect(await idsOf({ OwnerIds: ['amazon'] })).toEqual([]);
});

test('RestorableByUserIds: all shows what is public only', async () => {
  const { Snapshots } = await describe_({ RestorableByUserIds: ['all'] });
  expect(Snapshots?.map(({ SnapshotId }) => SnapshotId)).toEqual([foreign.snapshotId]);
});

test.each([
  ['snapshot-id', [tinyId('snap', 4), tinyId('snap', 77777)], [4]],
  ['volume-id', [COPIES, tinyId('vol', 2)], [3, 4, 2]],
  ['volume-id', ['vol-ffff*'], [3, 4]],
  ['status', ['pending'], [2]],
  ['storage-tier', ['archive'], [2]],
  ['tag:Team', ['blue', 'green'], [3]],
  ['tag:Team', ['?lue*'], [3, 4]],
  ['tag:Team', ['B*'], [4]],
  ['tag-key', ['Team'], [3, 4]],
  ['owner-id', ['600700800901'], []],
])('filter %s %j', async (name, values, numbers) => {
  expect(await idsOf(filter(name, ...values))).toEqual(numbers.map((n) => tinyId('snap', n)));
});

test('filters are joined by AND', async () => {
  const Filters = [
    { Name: 'volume-id', Values: [COPIES] },
    { Name: 'tag:Team', Values: ['blue'] },
  ];
  expect(await idsOf({ Filters })).toEqual([tinyId('snap', 3)]);
});

test('a listing filtered by id that needs pages gives each snapshot once', async () => {
  const Values = numbered(12, (number) => tinyId('snap', number + 2000));
  const pages = paginateDescribeSnapshots(
    { client: served.ec2(session), pageSize: 5 },
    { OwnerIds: ['self'], Filters: [{ Name: 'snapshot-id', Values }] },
  );
  const ids: (string | undefined)[] = [];
  for await (const { Snapshots = [] } of pages) {
    expect(Snapshots.length).toBeLessThanOrEqual(5);
    ids.push(...Snapshots.map(({ SnapshotId }) => SnapshotId));
  }
  expect(ids).toEqual(Values);
});

const badInputs: [string, DescribeSnapshotsCommandInput, string][] = [
  ['MaxResults below 5', { MaxResults: 4 }, 'InvalidParameterValue'],
  ['MaxResults above 1,000', { MaxResults: 1001 }, 'InvalidParameterValue'],
  [
    'MaxResults together with ids',
    { MaxResults: 5, SnapshotIds: [tinyId('snap', 1)] },
    'InvalidParameterCombination',
  ],
  ['an id that is not there', { SnapshotIds: [tinyId('snap', 77777)] }, 'InvalidSnapshot.NotFound'],
  ['a malformed id', { SnapshotIds: ['snap-xyz'] }, 'InvalidParameterValue'],
  ['a filter it lacks', filter('snapshotid', 'x'), 'InvalidParameterValue'],
  [
    '201 values in a filter',
    filter('snapshot-id', ...numbered(201, String)),
    'FilterLimitExceeded',
  ],
  ['a token it never gave', { MaxResults: 5, NextToken: 'made-up' }, 'InvalidParameterValue'],
];
test.each(badInputs)('DescribeSnapshots refuses %s', async (_, input, code) => {
  expect(await refusalOf(describe_(input))).toMatchObject({ code, status: 400 });
});

test('200 values in a filter are accepted', async () => {
  const values = numbered(200, (number) => tinyId('snap', number));
  expect(await idsOf(filter('snapshot-id', ...values))).toHaveLength(200);
});

test('a page token is good for its own listing only', async () => {
  const { NextToken } = await describe_({ OwnerIds: ['self'], MaxResults: 5 });
  await expect(describe_({ OwnerIds: ['self'], MaxResults: 50, NextToken })).resolves.toBeDefined();
  const other = describe_({
    OwnerIds: ['self'],
    MaxResults: 5,
    NextToken,
    ...filter('status', 'x'),
  });
  expect(await refusalOf(other)).toMatchObject({ code: 'InvalidParameterValue' });
});

test('a pure hub principal sees its own account, not the spoke', async () => {
  const { Snapshots } = await served
    .ec2()
    .send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
  expect(Snapshots).toEqual([]);
});
