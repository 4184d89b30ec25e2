import { ListVolumesInRecycleBinCommand } from '@aws-sdk/client-ec2';
import { idOf, itemsOfPages, pagesByToken } from '../../../aws/answers/pages.ts';
import type { Asked, Referrer, Source } from './source.ts';

/** Deleted volumes that can still be restored (1 to 7 days): as good as there. Since 2025-11. */
export const volumesInRecycleBin: Source = {
  name: 'volumes-in-recycle-bin',
  skippable: true,
  readFor: 'all',
  isRecycleBin: true,
  crossesAccounts: false,
  cost: '1 call per 500 volumes in the bin',
  awsRefuses: 'no',
  iam: ['ec2:ListVolumesInRecycleBin'],
  list: listVolumesInBin,
};

async function* listVolumesInBin({ look, snapshots }: Asked): AsyncGenerator<Referrer> {
  const pages = pagesByToken(async (NextToken) =>
    look.clients.ec2.send(new ListVolumesInRecycleBinCommand({ MaxResults: 500, NextToken })),
  );
  const operation = 'ec2:ListVolumesInRecycleBin';
  const inBin = new Map<string, string[]>();
  for await (const volume of itemsOfPages(operation, pages, (page) => page.Volumes)) {
    inBin.set(idOf(volume.VolumeId, operation), []);
  }
  if (inBin.size === 0) return;
  for (const { snapshotId, volumeId } of snapshots.values()) {
    inBin.get(volumeId ?? '')?.push(snapshotId);
  }
  for (const [by, snapshotIds] of inBin) yield { by, snapshotIds };
}
