import type { OwnWords } from '../../../core/words/kind-words.ts';
import { REFERENCE_WORDS } from '../sources/reference-words.ts';

export const AMI_WORDS: OwnWords = {
  one: 'AMI',
  many: 'AMIs',
  reasons: {
    STALE: {
      AMI_NEVER_LAUNCHED: 'it was never launched, as far as AWS recorded',
      AMI_NOT_LAUNCHED_SINCE: 'it has not been launched for as long as the policy asks for',
      AMI_FAILED: 'it failed when it was made, or can no longer be used',
    },
    KEEP: {
      ...REFERENCE_WORDS,
      NOT_READY: 'it is being made or changed',
      LAUNCHED_LATELY: 'it was launched lately',
      NEWEST_OF_FAMILY: 'it is one of the newest of its family',
      PUBLIC_SSM_PARAMETER: 'a public Systems Manager parameter names it',
      LOCKED: 'it is protected from being deregistered, or was until lately',
      HAS_PRODUCT_CODE: 'it has a product code',
      NO_MACHINE_IMAGE: 'it is a kernel or a RAM disk',
      INSTANCE_STORE: 'its data is in S3, where no Recycle Bin keeps it',
    },
    UNKNOWN: {
      LAUNCHES_UNKNOWN: "it is older than AWS's launch records (since April 2017)",
    },
  },
  unusedIf: 'nobody has launched it for long, and nothing names it',
  familyOf: 'family',
  watched: ['instances'],
  usedBy: 'an instance, a launch template or a launch configuration',
  commands: {
    tag: 'aws ec2 create-tags {at} --resources {id} --tags Key={key},Value={value}',
    untag: 'aws ec2 delete-tags {at} --resources {id} --tags Key={key}',
    id: 'AMI_ID',
  },
  byHand: {
    verb: 'deregister',
    command: 'aws ec2 deregister-image {at} --image-id {id}',
    after:
      'A Recycle Bin rule for AMIs, where there is one, keeps it for a while. Its snapshots stay, and are billed. Once it is gone for good, those that nothing else needs may be told as unused (AMI_GONE), if their description says that they were made for it and all accounts were scanned.',
  },
  unusable: ['AMI_FAILED'],
};
