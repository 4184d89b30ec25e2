import type { Summary } from '../../core/summary/summary.ts';
import type { KindWords, WordsByKind } from '../../core/words/kind-words.ts';
import { agreed } from '../format/agreed.ts';
import type { MadeWorth, Makes } from '../../core/model/billing.ts';
import { madeByAll } from '../../core/prices/making.ts';
import { capitalized } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { savingInWords } from './worth-words.ts';

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

/**
 * "12 are only copied in this run, and a later one deletes them: nothing of that is saved before."
 *
 * @param mode of a report: what a run would do that deletes
 */
export function inStepsInWords(
  count: number,
  { done }: StepWords,
  mode: Summary['mode'] = 'delete',
): string {
  const [are, them] = count === 1 ? ['is', 'it'] : ['are', 'them'];
  const now = mode === 'delete' ? `${are} only ${done} in this run` : `would only be ${done} by it`;
  return `${formatCount(count)} ${now}, and a later one deletes ${them}: until then nothing is saved.`;
}

/**
 * "The final copies cost up to $1,650 a month for 90 days.", a sentence of what steps make. It is paid on
 * top: no saving is less by it.
 */
export function makesInWords(of: MadeWorth | undefined, words: WordsByKind): string[] {
  return of === undefined ? [] : [`${capitalized(makesInShort(of, words))}.`];
}

/** "the final copies cost up to $1,650 a month for 90 days" */
export function makesInShort(of: MadeWorth, words: WordsByKind): string {
  const { resources, monthlyCostUsdUpTo: usd, unpriced, forDays } = of;
  const time = forDays === undefined ? '' : ` for ${formatNoun(forDays, 'day')}`;
  const [what, cost] = whatIsMade(resources, words);
  if (unpriced >= resources) return `the price of ${what} is not known`;
  const rest = unpriced === 0 ? '' : ` (${formatCount(unpriced)} without a known price)`;
  return `${what} ${cost} ${savingInWords(usd)}${time}${rest}`;
}

/** "Its final copy would cost up to $5 a month for 90 days.", of one whose next step would make that. */
export function wouldMakeInWords(of: Makes, own: KindWords | undefined): string[] {
  const made = madeByAll([of]);
  if (made === undefined) return [];
  const time = made.forDays === undefined ? '' : ` for ${formatNoun(made.forDays, 'day')}`;
  const what = own?.made === undefined ? 'What is made of it first' : `Its ${own.made.one}`;
  if (made.unpriced > 0) return [`${what} has no known price.`];
  return [`${what} would cost ${savingInWords(made.monthlyCostUsdUpTo)}${time}.`];
}

/** " The final copy costs up to $5 a month for 90 days.", of a step that is done. */
export function costOfMade(of: Makes, own: KindWords | undefined): string {
  const [sentence] = makesInWords(madeByAll([of]), own === undefined ? {} : { own });
  return sentence === undefined ? '' : ` ${sentence}`;
}

function whatIsMade(count: number, words: WordsByKind): [string, 'costs' | 'cost'] {
  const { one, many } = agreed(words, ({ made }) => made) ?? {};
  if (count === 1 && one !== undefined) return [`the ${one}`, 'costs'];
  if (count > 1 && many !== undefined) return [`the ${many}`, 'cost'];
  return ['what is made first', 'costs'];
}
