import type { Observations, Verdict } from '../core/model/verdict.ts';
import type { AwsFailure } from '../core/outcome/outcome.ts';
import { askAbout, type AskingKind, type Controls, questionsUnder, unansweredOf } from './ask.ts';
import type { Discovery, Look } from './look.ts';
import { assessIn } from './seen-before.ts';

/** What a second look shows of one resource. */
export interface Rechecked {
  readonly facts: unknown;
  /** Not STALE while a question about it is open. */
  readonly verdict: Verdict;
  /** The states that it is in, since when. */
  readonly observed: Observations;
}

/**
 * Looks at some resources again, and asks everything about those that are still candidates. What is
 * unanswered isn't known.
 *
 * @param controls of a look a moment ago, and of this one when it is over
 * @throws as the kind's own `recheck`
 */
export async function recheckAndAsk(
  kind: AskingKind &
    Parameters<typeof assessIn>[0] & {
      readonly removal: {
        recheck(look: Look, resourceIds: readonly string[]): Promise<Discovery<unknown>>;
      };
    },
  look: Look,
  resourceIds: readonly string[],
  controls: Controls = new Map(),
): Promise<{ resources: readonly Rechecked[]; incomplete: readonly AwsFailure[] }> {
  const { resources, incomplete } = await kind.removal.recheck(look, resourceIds);
  const seen = (facts: unknown): Rechecked => ({ facts, ...assessIn(kind, facts, look) });
  const kept: Rechecked[] = [];
  const candidates: unknown[] = [];
  for (const facts of resources) {
    const one = seen(facts);
    if (one.verdict.verdict === 'KEEP') kept.push(one);
    else candidates.push(facts);
  }
  const questions = questionsUnder(kind, look.policy);
  const of = { resources: candidates, known: null, controls };
  const { asked, failures } = await askAbout(kind, look, questions, of);
  const answered = [...asked.values()].map((one): Rechecked => {
    const isOpen = unansweredOf(questions, one).length > 0;
    const again = seen(one.facts);
    return { ...again, verdict: unlessOpen(again.verdict, isOpen) };
  });
  return { resources: [...kept, ...answered], incomplete: [...incomplete, ...failures] };
}

function unlessOpen(verdict: Verdict, isOpen: boolean): Verdict {
  if (!isOpen || verdict.verdict !== 'STALE') return verdict;
  return { verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] };
}
