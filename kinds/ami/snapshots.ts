import type { Snapshot } from '@aws-sdk/client-ec2';
import { GIB } from '../../core/model/amount.ts';
import { ownSnapshots } from '../ec2/own-snapshots.ts';
import { byFilter } from '../listings/filter.ts';
import type { Look } from '../look.ts';
import type { Answers, Question } from '../question.ts';
import type { Ami, SnapshotBilled } from './facts.ts';

const BATCH = 200;
/** No more can be registered in a Region, unless AWS raised the quota. */
const MOST_AMIS = 50_000;

type Answer = Readonly<Record<string, SnapshotBilled>> | 'NOT_LISTED';

/**
 * What the snapshots of stale AMIs cost by. No verdict goes by it: where they can't be listed, the
 * money isn't known, the finding says so, and nothing else is different.
 */
export const amiSnapshots: Question<Ami, Answer> = {
  name: 'snapshots-of-ami',
  askedOf: 'stale',
  skippable: false,
  batchSize: BATCH,
  mostPerTarget: MOST_AMIS,
  cost: '1 call per 200 snapshots of AMIs that look unused',
  withoutAsking: ({ snapshots }) => (snapshots.length === 0 ? {} : undefined),
  ask: askSnapshots,
  answered: (ami, billed) => ({ ...ami, billed: billed === 'NOT_LISTED' ? null : { ...billed } }),
};

async function askSnapshots(look: Look, amis: readonly Ami[]): Promise<Answers<Answer>> {
  let billed: ReadonlyMap<string, SnapshotBilled>;
  try {
    billed = await listBilled(look, amis);
  } catch {
    return { of: new Map(amis.map(({ imageId }) => [imageId, 'NOT_LISTED'])) };
  }
  const of = ({ snapshots }: Ami) =>
    Object.fromEntries(
      snapshots.flatMap(({ snapshotId }) => {
        const one = billed.get(snapshotId);
        return one === undefined ? [] : [[snapshotId, one]];
      }),
    );
  return { of: new Map(amis.map((ami) => [ami.imageId, of(ami)])) };
}

async function listBilled({ clients, accountId }: Look, amis: readonly Ami[]) {
  const ids = new Set(amis.flatMap(({ snapshots }) => snapshots.map((one) => one.snapshotId)));
  const billed = new Map<string, SnapshotBilled>();
  const snapshots = byFilter('snapshot-id', ids, (filters) => ownSnapshots(clients.ec2, filters));
  for await (const snapshot of snapshots) {
    // Another account's costs nothing here; one in the Recycle Bin isn't there.
    if (snapshot.OwnerId !== accountId || snapshot.State === 'recoverable') continue;
    billed.set(snapshot.SnapshotId, toBilled(snapshot));
  }
  return billed;
}

function toBilled(snapshot: Snapshot): SnapshotBilled {
  const { StorageTier, FullSnapshotSizeInBytes: bytes, VolumeSize = 0, VolumeId } = snapshot;
  const storageTier = StorageTier ?? 'unknown';
  return {
    storageTier,
    sizeGiB: bytes === undefined ? VolumeSize : bytes / GIB,
    volumeId: VolumeId ?? null,
  };
}
