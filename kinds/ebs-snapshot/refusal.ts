import { classifyFailure } from '../../adapters/aws-error.ts';
import type { AwsFailure } from '../../core/outcome.ts';
import type { Refusal } from '../kind.ts';

/**
 * What EC2's refusal of DeleteSnapshot, or of CreateTags before it, means. The API's model lists no errors, so what isn't
 * recognised is terminal: a delete is never tried again on a guess.
 */
export function classifyRefusal(failure: AwsFailure): Refusal {
  const { code, message } = failure;
  if (code === 'InvalidSnapshot.NotFound') return { outcome: 'ALREADY_GONE' };
  if (code === 'InvalidSnapshot.InUse') return { outcome: 'PROTECTED', reason: 'USED_BY_AMI' };
  // It got its 50th tag since the plan: nothing failed, and nothing is removed without the marker.
  if (code === 'TagLimitExceeded') return { outcome: 'PROTECTED', reason: 'TAG_LIMIT_REACHED' };
  // The same code means a malformed id; only the message tells the two apart.
  if (code === 'InvalidParameterValue' && message.includes('AWS Backup')) {
    return { outcome: 'PROTECTED', reason: 'MANAGED_BY_AWS_BACKUP' };
  }
  const errorClass = classifyFailure(failure);
  if (errorClass === 'THROTTLED' || errorClass === 'SERVER') return { outcome: 'RETRY' };
  if (errorClass === 'DENIED') return { outcome: 'DENIED' };
  // AWS doesn't document the code for a locked snapshot.
  const saysLocked = [code, message].some((text) => /(?<!b)locked/i.test(text));
  return saysLocked ? { outcome: 'PROTECTED', reason: 'LOCKED' } : { outcome: 'FAILED' };
}
