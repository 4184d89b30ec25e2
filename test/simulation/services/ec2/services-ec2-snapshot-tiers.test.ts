import {
  DescribeSnapshotTierStatusCommand,
  type DescribeSnapshotTierStatusCommandInput,
  paginateDescribeSnapshotTierStatus,
} from '@aws-sdk/client-ec2';
import type { Served } from '../../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../../support/organizations/served-organization.ts';
import {
  SPOKE,
  numbered,
  tinyId,
  tinySnapshot,
} from '../../../support/organizations/tiny-organization.ts';

const ARCHIVED_AT = new Date('2026-10-01T08:00:00Z');
const ARCHIVED = tinySnapshot(1, { storageTier: 'archive', archivedAt: ARCHIVED_AT });

let served: Served;
let session: Parameters<Served['ec2']>[0];
beforeEach(async () => {
  const snapshots = [ARCHIVED, ...numbered(11, (number) => tinySnapshot(number + 1))];
  served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: { snapshots } } });
  session = await served.assume('orgsweep-discovery');
});
afterEach(async () => served.close());

const statuses = async (input: DescribeSnapshotTierStatusCommandInput, by = session) =>
  served.ec2(by).send(new DescribeSnapshotTierStatusCommand(input));
const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });

describe('DescribeSnapshotTierStatus', () => {
  it('tells of all snapshots of the account, and when those in the archive came there', async () => {
    const { SnapshotTierStatuses } = await statuses({});
    expect(SnapshotTierStatuses).toHaveLength(12);
    expect(SnapshotTierStatuses?.[0]).toMatchObject({
      SnapshotId: ARCHIVED.snapshotId,
      OwnerId: SPOKE,
      StorageTier: 'archive',
      LastTieringOperationStatus: 'archival-completed',
      ArchivalCompleteTime: ARCHIVED_AT,
    });
    expect(SnapshotTierStatuses?.[1]).toMatchObject({ StorageTier: 'standard' });
    expect(SnapshotTierStatuses?.[1]).not.toHaveProperty('ArchivalCompleteTime');
  });

  it.each([
    ['snapshot-id', tinyId('snap', 3), [3]],
    ['volume-id', tinyId('vol', 4), [4]],
    ['last-tiering-operation', 'archival-completed', [1]],
  ])('filters by %s', async (name, value, numbers) => {
    const { SnapshotTierStatuses } = await statuses(filter(name, value));
    expect(SnapshotTierStatuses?.map(({ SnapshotId }) => SnapshotId)).toEqual(
      numbers.map((number) => tinyId('snap', number)),
    );
  });

  it('has pages', async () => {
    const client = served.ec2(session);
    const sizes: (number | undefined)[] = [];
    for await (const page of paginateDescribeSnapshotTierStatus({ client, pageSize: 5 }, {}))
      sizes.push(page.SnapshotTierStatuses?.length);
    expect(sizes).toEqual([5, 5, 2]);
  });

  it('has no filter that AWS has not', async () =>
    expect(await refusalOf(statuses(filter('storage-tier', 'archive')))).toMatchObject({
      code: 'InvalidParameterValue',
    }));

  it('is denied to the roles that have no need of it', async () => {
    for (const role of ['orgsweep-deletion', 'orgsweep-restore'] as const) {
      const refusal = await refusalOf(statuses({}, await served.assume(role)));
      expect(refusal).toMatchObject({ code: 'UnauthorizedOperation', status: 403 });
    }
  });

  it('has the bucket of what changes nothing', async () => {
    for (let call = 1; call <= 100; call++) await statuses(filter('snapshot-id', 'snap-1'));
    expect(await refusalOf(statuses({}))).toMatchObject({ code: 'RequestLimitExceeded' });
  });
});
