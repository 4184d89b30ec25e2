import { FINAL_COPY_DAYS } from '../../../core/tags/final-copy.ts';
import type { OwnWords } from '../../../core/words/kind-words.ts';

export const VOLUME_WORDS: OwnWords = {
  one: 'volume',
  many: 'volumes',
  reasons: {
    STALE: {
      VOLUME_UNATTACHED: 'it has been unattached for as long as the policy asks for',
      VOLUME_SEEN_UNATTACHED: 'it is attached to nothing, and nothing tells for how long',
      VOLUME_FAILED: 'it failed when it was made, and can never be used',
    },
    KEEP: {
      ATTACHED_LATELY: 'it was attached lately',
      NOT_READY: 'it is being made',
      BEING_COPIED: 'a copy of it is being made',
      BEING_MODIFIED: 'somebody is modifying it',
      FALLBACK_ROOT_VOLUME: 'it may be a root volume that was replaced lately',
      MULTI_ATTACH: 'it can be attached to several instances',
      ON_OUTPOST: 'it is on an Outpost',
      IN_LOCAL_ZONE: 'it is in a Local or Wavelength Zone, whose price is not known',
    },
    UNKNOWN: {
      UNATTACHED_SINCE_UNKNOWN:
        'it has not been seen unattached for as long as the policy asks for',
    },
  },
  unusedIf: 'it has long been attached to nothing, or failed when it was made',
  watched: ['attached volumes'],
  made: {
    ...{ one: 'final copy', many: 'final copies', keptDays: FINAL_COPY_DAYS },
    byHand: 'aws ec2 create-volume {at} --snapshot-id SNAPSHOT_ID --availability-zone ZONE',
  },
  steps: { copy: { verb: 'copy', done: 'copied' } },
  commands: {
    tag: 'aws ec2 create-tags {at} --resources {id} --tags Key={key},Value={value}',
    untag: 'aws ec2 delete-tags {at} --resources {id} --tags Key={key}',
    id: 'VOLUME_ID',
  },
};
