import { classifyFailure } from '../../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../../core/outcome/outcome.ts';
import type { Refusal } from '../../removal.ts';

/** EC2 makes some snapshots at a time: of one volume, of an account, and one in 15 seconds. */
const TOO_MANY_COPIES = [
  'ConcurrentSnapshotLimitExceeded',
  'PendingSnapshotLimitExceeded',
  'SnapshotCreationPerVolumeRateExceeded',
];

/**
 * What EC2's refusal of CreateSnapshot or DeleteVolume means, or of CreateTags before them. The API's
 * model lists no errors, so what isn't recognised is terminal: a delete is never tried again on a guess.
 *
 * https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html
 */
export function classifyVolumeRefusal(failure: AwsFailure): Refusal {
  const { code, message } = failure;
  switch (code) {
    case 'InvalidVolume.NotFound':
      return { outcome: 'ALREADY_GONE' };
    case 'VolumeInUse':
      return { outcome: 'PROTECTED', reason: 'IN_USE' };
    // Somebody is doing something with it. With what, only AWS's words say.
    case 'IncorrectState':
      return { outcome: 'PROTECTED' };
    case 'TagLimitExceeded':
      return { outcome: 'PROTECTED', reason: 'TAG_LIMIT_REACHED' };
    // AWS doesn't document the code for what a service manages.
    case 'OperationNotPermitted':
      return /\bmanaged\b/i.test(message)
        ? { outcome: 'PROTECTED', reason: 'MANAGED_BY_AWS_SERVICE' }
        : { outcome: 'PROTECTED' };
  }
  if (TOO_MANY_COPIES.includes(code)) return { outcome: 'RETRY' };
  const errorClass = classifyFailure(failure);
  if (errorClass === 'THROTTLED' || errorClass === 'SERVER') return { outcome: 'RETRY' };
  return { outcome: errorClass === 'DENIED' ? 'DENIED' : 'FAILED' };
}
