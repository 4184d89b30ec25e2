import type { OwnWords } from './kind-words.ts';

/** Here and not with their kind, as files of older versions bring no words of it. */
export const SNAPSHOT_WORDS: OwnWords = {
  one: 'snapshot',
  many: 'snapshots',
  reasons: {
    STALE: {
      VOLUME_MISSING: 'its volume no longer exists',
      VOLUME_NOT_ATTACHED: 'its volume is not attached',
      AMI_GONE: 'the AMI that it was made for no longer exists',
      FINAL_COPY_EXPIRED: "it is orgsweep's final copy of the volume, and has expired",
    },
    KEEP: {
      IN_USE: 'its volume is in use',
      NOT_COMPLETED: 'it is not completed',
      FINAL_COPY: 'it is tagged as the final copy of a volume that was to be deleted',
      USED_BY_AMI: 'an AMI uses it',
      USED_BY_LAUNCH_TEMPLATE: 'a launch template uses it',
      USED_BY_LAUNCH_CONFIGURATION: 'a launch configuration uses it',
      USED_BY_ECS: 'an ECS service uses it',
      VOLUME_IN_RECYCLE_BIN: 'its volume is in the Recycle Bin and can be restored',
      AMI_IN_RECYCLE_BIN: 'an AMI in the Recycle Bin needs it',
      STORAGE_GATEWAY_VOLUME: 'its volume is a Storage Gateway volume',
      FAST_RESTORE_ENABLED: 'fast snapshot restore is enabled for it',
      SHARED: 'it is shared with others',
      HAS_PRODUCT_CODE: 'it has a product code',
      ON_OUTPOST: 'it is on an Outpost, which has no Recycle Bin',
      IN_LOCAL_ZONE: 'it is in a Local Zone, whose Recycle Bin and price are not proved',
      RESTORED_FROM_ARCHIVE: 'somebody has it restored from the archive tier',
      MOVING_TO_ARCHIVE: 'somebody is moving it to the archive tier',
      LOCKED: 'it is locked',
      COPY_ORIGIN_UNKNOWN: 'it is a copy, so its volume id is not meaningful',
    },
  },
  unusedIf: 'its volume was deleted or is not attached, or its AMI no longer exists',
  copiesOf: 'volume',
  sharedCost: {
    counted:
      'the largest unused snapshot of each volume, counted once. Blocks only in its other snapshots are left out',
    notFreed: 'Blocks shared with snapshots that stay are not freed.',
  },
  watched: ['volumes', 'AMIs'],
  madeFrom: 'volumes and instances',
  usedBy: 'an unused launch template or AMI',
  commands: {
    tag: 'aws ec2 create-tags {at} --resources {id} --tags Key={key},Value={value}',
    untag: 'aws ec2 delete-tags {at} --resources {id} --tags Key={key}',
    id: 'SNAPSHOT_ID',
  },
};
