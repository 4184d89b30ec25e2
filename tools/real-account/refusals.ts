import { isAnswerOfAws, toAwsFailure } from '../../aws/answers/aws-error.ts';
import { answeredInWords } from '../../core/outcome/answered.ts';
import { classifyFailure } from '../../core/outcome/failure-class.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import { differs, sameIf, type Seen } from './probe.ts';

/** How a refusal is read by whoever has to decide what it means. */
export type Reading = (failure: AwsFailure) => boolean;

/**
 * Sends what AWS should refuse, and holds the refusal against what orgsweep expects. What says
 * nothing of that (denied, throttled, no answer) is thrown on.
 *
 * @param isExpected of the refusal as orgsweep's clients give it
 */
export async function refused(call: () => Promise<unknown>, isExpected: Reading): Promise<Seen> {
  let answer: unknown;
  try {
    answer = await call();
  } catch (error) {
    const failure = toAwsFailure(error);
    if (!isExpected(failure) && !saysWhatItThinks(failure)) throw error;
    return sameIf(isExpected(failure), answeredInWords(failure));
  }
  return differs(`it was not refused${answer === undefined ? '' : ', and answered'}`);
}

/** AWS looked at what was asked for, and has a code of its own for it. */
export function saysWhatItThinks(failure: AwsFailure): boolean {
  return isAnswerOfAws(failure) && classifyFailure(failure) === 'OTHER';
}
