import type { Deps } from '../deps.ts';
import { wordsOf } from '../../kinds/in-words.ts';
import type { Store } from '../../store/store.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { Question } from '../../core/plan/question.ts';
import type { WaitingPlan } from '../../report/approval/plan-brief.ts';
import { keysOf } from '../../store/keys.ts';
import { parseJson } from '../../store/stored-json.ts';

/** A plan with what people were asked about it: only names and deadline come from there. */
export async function waitingPlan(
  { store, kinds }: Pick<Deps, 'store' | 'kinds'>,
  plan: Plan,
): Promise<WaitingPlan> {
  const { executionId } = plan;
  const question = await readQuestion(store, executionId);
  return {
    plan,
    question: question?.planDigest === plan.digest ? question : null,
    words: wordsOf(kinds),
    location: store.locationOf(keysOf(executionId).root),
  };
}

/** undefined where it isn't there, can't be read, or is of another version. */
async function readQuestion(store: Store, executionId: string): Promise<Question | undefined> {
  try {
    const stored = await store.get(keysOf(executionId).question);
    return stored && Question.safeParse(parseJson(stored.body)).data;
  } catch {
    return undefined;
  }
}
