import { classifyFailure } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Refusal } from '../removal.ts';

/**
 * What EC2's refusal of DeleteSnapshot, or of CreateTags before it, means. The API's model lists no
 * errors, so what isn't recognised is terminal: a delete is never tried again on a guess. One code
 * may stand for several things: the reason is read from AWS's words, and where these don't say, there
 * is none, and AWS's words are all that is told.
 */
export function classifyRefusal(failure: AwsFailure): Refusal {
  const { code, message } = failure;
  if (code === 'InvalidSnapshot.NotFound') return { outcome: 'ALREADY_GONE' };
  if (code === 'InvalidSnapshot.InUse') return inUse(message);
  // It got its 50th tag since the plan: nothing failed, and nothing is removed without the marker.
  if (code === 'TagLimitExceeded') return { outcome: 'PROTECTED', reason: 'TAG_LIMIT_REACHED' };
  // The same code means a malformed id; only the message tells the two apart.
  if (code === 'InvalidParameterValue' && /\bAWS Backup\b/i.test(message)) {
    return { outcome: 'PROTECTED', reason: 'MANAGED_BY_AWS_BACKUP' };
  }
  const errorClass = classifyFailure(failure);
  if (errorClass === 'THROTTLED' || errorClass === 'SERVER') return { outcome: 'RETRY' };
  if (errorClass === 'DENIED') return { outcome: 'DENIED' };
  // AWS doesn't document the code for a locked snapshot.
  const saysLocked =
    /^Snapshot.*(?<!b)lock/i.test(code) ||
    (SNAPSHOT_IS_LOCKED.test(message) && !ANOTHER_IS_LOCKED.test(message));
  return saysLocked ? { outcome: 'PROTECTED', reason: 'LOCKED' } : { outcome: 'FAILED' };
}

const SNAPSHOT_IS_LOCKED = /\bsnapshots?\b[^.]{0,80}\blocked\b|\blocked snapshots?\b/i;
/** "snapshot … while the account is locked": in doubt it failed, and AWS's own words are told. */
const ANOTHER_IS_LOCKED =
  /(?<!\b(?:of|in|by|with)(?: the)? )\b(account|user|role|key)( [\w-]*\d[\w-]*)?,? is( \w+)? locked\b/i;

/** In use by what, only the message says. */
function inUse(message: string): Refusal {
  const [, reason] = USES.find(([says]) => says.test(message)) ?? [];
  return { outcome: 'PROTECTED', ...(reason !== undefined && { reason }) };
}

const USES: readonly (readonly [RegExp, string])[] = [
  [/\bfast (snapshot )?restores?\b/i, 'FAST_RESTORE_ENABLED'],
  [/\bami-[0-9a-f]+\b/, 'USED_BY_AMI'],
];
