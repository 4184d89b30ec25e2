import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { keyInTarget } from '../../../core/model/ids.ts';
import type { PlannedRemoval } from '../../../core/plan/plan.ts';
import type { SecondLook, Seen } from '../../../core/removal/seen.ts';
import { mayBeOurs } from '../../../core/removal/tries.ts';
import type { KindInStep } from '../../../kinds/in-step.ts';
import type { Tried } from '../../../kinds/removal.ts';
import { stepAgain } from '../../ledger/lost-steps.ts';
import { requestToken } from '../../ledger/request-token.ts';
import type { Work } from '../work.ts';

/** AWS may show what was made only after some time. Until then nobody makes it a second time. */
const MADE_SHOWS_MILLISECONDS = 30_000;

/** By what AWS knows the requests of a planned removal's step. */
export function triedOf(work: Work, removal: PlannedRemoval, now: Date): Tried {
  return work.progress.takenUp.get(keyInTarget(removal)) ?? ownOf(work, removal, now);
}

function ownOf({ executionId, ledger }: Work, removal: PlannedRemoval, now: Date): Tried {
  const intentAt = ledger.openIntents.get(keyInTarget(removal))?.intentAt;
  const begunAt = intentAt === undefined ? now : new Date(intentAt);
  const { resourceId } = removal;
  return { resourceId, token: requestToken(executionId, removal), begunAt };
}

/**
 * A look with what lost answers say more: that an earlier execution requested this very step, and what a
 * request of ours made. What may be made and doesn't show yet is waited for.
 */
export async function withLost(
  work: Work,
  kind: KindInStep,
  removal: PlannedRemoval,
  look: SecondLook,
): Promise<Seen> {
  const { findMade } = kind.step;
  if (findMade === undefined) return look;
  const found = await work.lost.find(kind, removal, look.nextStep, work.look.clients);
  const lost = found?.step === removal.step ? found : undefined;
  if (lost?.failure !== undefined)
    return { seen: 'FAILED', what: 'CHECK_FAILED', failure: lost.failure };
  if (!mayBeOurs(work.progress.triesOf(removal))) {
    if (lost === undefined) return look;
    work.progress.takenUp.set(keyInTarget(removal), lost);
    return { ...look, nextStep: stepAgain(lost) };
  }
  try {
    // An earlier invocation may have taken it up: then it is known by that one's token.
    for (const tried of [ownOf(work, removal, look.lookedAt), ...(lost ? [lost] : [])]) {
      const made = await findMade(work.look.clients, tried);
      if (made !== null) return { ...look, made };
    }
  } catch (error) {
    return { seen: 'FAILED', what: 'CHECK_FAILED', failure: toAwsFailure(error) };
  }
  return mayShowYet(work, removal) ? NOT_SHOWN : look;
}

const NOT_SHOWN: Seen = { seen: 'FAILED', what: 'CHECK_FAILED', failure: undefined };

function mayShowYet({ ledger, progress }: Work, removal: PlannedRemoval): boolean {
  const { requestedAt } = ledger.openIntents.get(keyInTarget(removal)) ?? {};
  return progress.now() - Date.parse(requestedAt ?? '') < MADE_SHOWS_MILLISECONDS;
}
