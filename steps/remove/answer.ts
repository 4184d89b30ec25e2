import { classifyCode, isAnswerOfAws } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Refused } from '../../core/removal/seen.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { decide, type Going } from './decide.ts';
import type { Work } from './work.ts';

/** What no code of AWS's comes with is no refusal: it is looked at again before anything else. */
export function refusedBy(kind: KindInStep, failure: AwsFailure): Refused {
  const isOfAws = isAnswerOfAws(failure);
  const refusal = isOfAws ? kind.removal.classifyRefusal(failure) : ({ outcome: 'RETRY' } as const);
  return {
    failure,
    means: refusal.outcome,
    ...('reason' in refusal && { reason: refusal.reason }),
    isThrottled: isOfAws && classifyCode(failure.code) === 'THROTTLED',
  };
}

/**
 * What becomes of a removal that AWS refused to mark or to carry out. One item's refusal is its own
 * outcome; it never stops the others.
 *
 * @returns whether it is gone, by AWS's own word: the bin may tell who removed it
 */
export async function settleRefused(
  work: Work,
  kind: KindInStep,
  one: Going,
  failure: AwsFailure,
): Promise<boolean> {
  const refused = refusedBy(kind, failure);
  if (refused.means !== 'ALREADY_GONE') work.progress.noteRefused(failure);
  const then = await decide(work, one, { seen: 'REFUSED', refused });
  return then?.act === 'LOOK_INTO_BIN';
}
