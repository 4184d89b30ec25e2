import {
  CreateTagsCommand,
  paginateListSnapshotsInRecycleBin,
  RestoreSnapshotFromRecycleBinCommand,
} from '@aws-sdk/client-ec2';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { brokenListing, idOf, itemsOfPages } from '../../aws/answers/pages.ts';
import { findRecycleBinRule, listRecycleBinRules } from '../../aws/services/recycle-bin-rules.ts';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import type { BinEntry } from '../../core/removal/bin.ts';
import { byFilter, chunksOf, MAX_FILTER_VALUES } from '../listings/filter.ts';
import type { RecycleBin } from '../removal.ts';
import { listSnapshots } from './listing.ts';

const RESOURCE_TYPE = 'EBS_SNAPSHOT';
const LISTING = 'ec2:ListSnapshotsInRecycleBin';

/** How a removed snapshot comes back: the Recycle Bin keeps it where a rule says so. */
export const recycleBin: RecycleBin = {
  way: 'RECYCLE_BIN',
  keeps: { resourceType: RESOURCE_TYPE, mostDays: 365 },
  rules: async ({ rbin }) => listRecycleBinRules(rbin, RESOURCE_TYPE),
  rule: async ({ rbin }, identifier) => findRecycleBinRule(rbin, RESOURCE_TYPE, identifier),
  find,
  findTags,
  restore: async ({ ec2 }, snapshotId) => {
    await ec2.send(new RestoreSnapshotFromRecycleBinCommand({ SnapshotId: snapshotId }));
  },
  protect: async ({ ec2 }, snapshotId, value) => {
    await ec2.send(
      new CreateTagsCommand({
        Resources: [snapshotId],
        Tags: [{ Key: PROTECT_TAG, Value: value }],
      }),
    );
  },
};

/** Which of these snapshots the bin holds. One call for up to 200, unless one of them isn't there. */
async function find(
  { ec2 }: SpokeClients,
  snapshotIds: readonly string[],
): Promise<ReadonlyMap<string, BinEntry>> {
  const wanted = new Set(snapshotIds);
  const found = new Map<string, BinEntry>();
  for (const ids of chunksOf([...wanted], MAX_FILTER_VALUES)) {
    for (const [id, entry] of await findSome(ec2, ids)) if (wanted.has(id)) found.set(id, entry);
  }
  return found;
}

async function findSome(ec2: SpokeClients['ec2'], snapshotIds: string[]) {
  try {
    return await listBin(ec2, { SnapshotIds: snapshotIds });
  } catch (error) {
    // For one that isn't in the bin EC2 may refuse the whole list, by a code that isn't documented.
    if (!toAwsFailure(error).code.endsWith('.NotFound')) throw error;
    return snapshotIds.length === 1
      ? new Map<string, BinEntry>()
      : await listBin(ec2, { MaxResults: 1000 });
  }
}

async function listBin(
  client: SpokeClients['ec2'],
  input: { SnapshotIds: string[] } | { MaxResults: number },
): Promise<Map<string, BinEntry>> {
  const entries = new Map<string, BinEntry>();
  const pages = paginateListSnapshotsInRecycleBin({ client }, input);
  for await (const item of itemsOfPages(LISTING, pages, (page) => page.Snapshots)) {
    const { RecycleBinEnterTime: entered, RecycleBinExitTime: exit } = item;
    if (!entered || !exit) throw brokenListing(LISTING, 'a snapshot came without its times');
    entries.set(idOf(item.SnapshotId, LISTING), {
      enteredAt: entered.toISOString(),
      restorableUntil: exit.toISOString(),
    });
  }
  return entries;
}

/** The tags of those of these snapshots that are there. */
async function findTags(
  { ec2, accountId }: SpokeClients,
  snapshotIds: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const found = new Map<string, Readonly<Record<string, string>>>();
  const listed = byFilter('snapshot-id', snapshotIds, (filters) =>
    listSnapshots(ec2, accountId, filters),
  );
  for await (const { snapshotId, tags } of listed) found.set(snapshotId, tags);
  return found;
}
