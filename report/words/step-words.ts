import type { KindWords, WordsByKind } from '../../core/words/kind-words.ts';
import { agreed } from '../format/agreed.ts';
import { formatCount } from '../format/money.ts';

/** What people call a step before deletion. */
interface StepWords {
  /** "copy", of a command */
  readonly verb: string;
  /** "copied" */
  readonly done: string;
}

const ANY_STEP: StepWords = { verb: 'prepare', done: 'prepared' };

/** @param step left out: not known which, so only a kind with one such step has its own words */
export function stepWords(own: KindWords | undefined, step?: string): StepWords {
  const steps = own?.steps ?? {};
  const [first = ANY_STEP, ...others] = Object.values(steps);
  if (step === undefined) return others.length === 0 ? first : ANY_STEP;
  return steps[step] ?? ANY_STEP;
}

/** Of several kinds what those agree on that have such a step. */
export function stepWordsOf(words: WordsByKind): StepWords {
  return agreed(words, (own) => own.steps && stepWords(own)) ?? ANY_STEP;
}

/** "12 are copied first. A later run deletes them: until then they cost what they did." */
export function inStepsInWords(count: number, { done }: StepWords): string {
  const [are, them] = count === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${formatCount(count)} ${are} only ${done} in this run, and a later one deletes ${them}: nothing of that is saved before.`;
}
