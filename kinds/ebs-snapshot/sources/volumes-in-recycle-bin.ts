import {
  type VolumeInBin,
  volumesInRecycleBin as listing,
} from '../../listings/volumes-in-recycle-bin.ts';
import type { SnapshotSource } from './source.ts';

/** Deleted volumes that can still be restored: as good as there. */
export const volumesInRecycleBin: SnapshotSource<VolumeInBin> = {
  name: 'volumes-in-recycle-bin',
  skippable: true,
  readFor: 'all',
  isRecycleBin: true,
  crossesAccounts: false,
  awsRefuses: 'no',
  listing,
  take: ({ VolumeId }) => ({ by: VolumeId, keys: [VolumeId] }),
  keysOf: ({ volumeId }) => (volumeId === null ? [] : [volumeId]),
};
