import { classifyCode, isAnswerOfAws, toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Refused } from '../../core/removal/seen.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import type { Answer, Thing } from '../../kinds/removal.ts';
import { decide, type Going } from './decide.ts';
import type { SecondLook } from './looks/second-look.ts';
import { triedOf } from './looks/tried.ts';
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
  return isGoneAfter(work, one, refused);
}

async function isGoneAfter(work: Work, one: Going, refused: Refused): Promise<boolean> {
  const then = await decide(work, one, { seen: 'REFUSED', refused });
  return then?.act === 'LOOK_INTO_BIN';
}

/** What the requests of one batch came to, and is settled after the last of them. */
export interface Requested {
  /** Under a rule of the bin, which is looked into. */
  readonly accepted: Going[];
  readonly gone: { readonly removal: PlannedRemoval; readonly failure: AwsFailure }[];
  /** All that AWS says it has carried out. */
  readonly done: PlannedRemoval[];
}

/** What AWS said nothing of: it may have been carried out. */
const NO_ANSWER: AwsFailure = { code: 'NO_ANSWER', message: 'AWS said nothing of it' };

/** Sends one request, and decides what its answers mean for each that it was about. */
export async function send(
  work: Work,
  kind: KindInStep,
  noted: readonly Going[],
  shown: SecondLook['shown'],
  { accepted, gone, done }: Requested,
): Promise<void> {
  const at = work.deps.clock.now();
  const things = noted.map(({ removal }) => ({
    facts: shown.get(removal.resourceId)?.facts,
    ...triedOf(work, removal, at),
    at,
  }));
  const answers = await answersTo(kind, work.sessions.clientsOf(kind), things);
  let isNoted = false;
  let isAccepted = false;
  for (const one of noted) {
    const { removal } = one;
    const answer = answers(removal.resourceId);
    if ('refused' in answer) {
      const refused = refusedBy(kind, answer.refused);
      // One throttled request is one, however many it was for.
      if (refused.means !== 'ALREADY_GONE' && !isNoted) work.progress.noteRefused(answer.refused);
      isNoted ||= refused.isThrottled;
      const isGone = await isGoneAfter(work, one, refused);
      if (isGone) gone.push({ removal, failure: answer.refused });
      continue;
    }
    if (!done.includes(removal)) done.push(removal);
    if (!isAccepted) work.progress.noteAccepted();
    isAccepted = true;
    const then = await decide(work, one, { seen: 'ACCEPTED', made: answer.made });
    if (then !== null) accepted.push(then);
  }
}

type Answers = (resourceId: string) => Answer;

async function answersTo(
  { step: { run } }: KindInStep,
  clients: SpokeClients,
  things: readonly Thing<unknown>[],
): Promise<Answers> {
  try {
    if ('many' in run) {
      const answers = await run.many(clients, things);
      return (id) => answers.get(id) ?? { refused: NO_ANSWER };
    }
    const [only] = things;
    const answer = only === undefined ? { refused: NO_ANSWER } : await run.one(clients, only);
    return () => answer;
  } catch (error) {
    const refused = toAwsFailure(error);
    return () => ({ refused });
  }
}
