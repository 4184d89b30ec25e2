import type { WordsByKind } from '../../core/words/kind-words.ts';
import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import { freedByAll } from '../../core/prices/freeing.ts';
import { madeByAll } from '../../core/prices/making.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { countOfKinds, nounOfKinds } from '../format/noun.ts';
import { capitalized } from '../format/layout.ts';
import { makesInWords, stepWords } from '../words/step-words.ts';
import {
  amountAndUnpriced,
  freedInShort,
  moneyCells,
  savingInWords,
} from '../words/worth-words.ts';

/** "Delete 1,085 unused snapshots and copy 12 volumes first in 12 accounts", for a heading that asks. */
export function whatIsAsked(removals: readonly PlannedRemoval[], words: WordsByKind): string {
  const accounts = new Set(removals.map(({ accountId }) => accountId)).size;
  const deleted = toDelete(removals);
  const { one, many } = nounOfKinds(kindsOf(deleted), words);
  const what = formatNoun(deleted.length, `unused ${one}`, `unused ${many}`);
  const first = firstAsked(removals, words);
  const all = [...(deleted.length > 0 || first === '' ? [`Delete ${what}`] : []), first];
  const where = formatNoun(accounts, 'account');
  return `${capitalized(all.filter((part) => part !== '').join(' and '))} in ${where}`;
}

/** What is removed for good once the plan is carried out; the others take a step before that. */
export function toDelete(removals: readonly PlannedRemoval[]): PlannedRemoval[] {
  return removals.filter(({ goesOn }) => goesOn !== true);
}

/** "copy 12 volumes first"; '' where nothing is only taken a step further. */
function firstAsked(removals: readonly PlannedRemoval[], words: WordsByKind): string {
  const inSteps = removals.filter(({ goesOn }) => goesOn);
  const verbs = new Set(inSteps.map(({ kind, step }) => stepWords(words[kind], step).verb));
  const [verb = '', ...others] = verbs;
  if (inSteps.length === 0) return '';
  return `${others.length === 0 ? verb : 'prepare'} ${countAsked(inSteps, words)} first`;
}

/** What approving means for those that are only taken a step further, a sentence; none of any. */
export function inStepsAsked(removals: readonly PlannedRemoval[], words: WordsByKind): string[] {
  const inSteps = removals.filter(({ goesOn }) => goesOn);
  if (inSteps.length === 0) return [];
  const said = new Set(inSteps.map(({ kind, step }) => stepWords(words[kind], step).done));
  const [done = '', ...others] = said;
  const amount = amountOfRemovals(inSteps);
  const saves =
    amount.monthlyCostUsdUpTo > 0
      ? ` They save ${savingInWords(amount.monthlyCostUsdUpTo)} only once a later run has deleted them.`
      : ' They save nothing before a later run has deleted them.';
  const are = inSteps.length === 1 ? 'is' : 'are';
  return [
    `${countAsked(inSteps, words)} ${are} only ${others.length === 0 ? done : 'prepared'} by this plan, and not deleted.${saves}`,
    ...makesInWords(madeByAll(inSteps), words),
  ];
}

/** "24 snapshots" */
export function countAsked(removals: readonly PlannedRemoval[], words: WordsByKind): string {
  return countOfKinds(removals.length, kindsOf(removals), words);
}

function kindsOf(removals: readonly PlannedRemoval[]): string[] {
  return [...new Set(removals.map(({ kind }) => kind))];
}

/** "24 volumes, 4 of them only copied, 3 TiB, up to $9 a month": of what is deleted the amount. */
export function accountAsked(removals: readonly PlannedRemoval[], words: WordsByKind): string {
  const deleted = toDelete(removals);
  const count = countAsked(removals, words);
  const inSteps = removals.length - deleted.length;
  const ofThem =
    deleted.length === 0
      ? 'none of them deleted yet'
      : `${formatCount(deleted.length)} of them deleted`;
  return [
    count,
    ...(inSteps > 0 ? [ofThem] : []),
    ...(deleted.length > 0 ? [amountAsked(deleted)] : []),
  ].join(', ');
}

/** Size and money together, of several kinds the money alone; data that several share counts once. */
export function amountAsked(removals: readonly PlannedRemoval[]): string {
  const amount = amountOfRemovals(removals);
  // GiB of one kind are none of another.
  if (kindsOf(removals).length > 1) return moneyCells(amount).filter(Boolean).join(', ');
  return amountAndUnpriced(amount);
}

/** The same of all that is deleted, and what may be deleted after it. */
export function allAsked(asked: readonly PlannedRemoval[], words: WordsByKind): string {
  const removals = toDelete(asked);
  if (removals.length === 0 && asked.length > 0) return 'no deletion yet';
  const freed = freedByAll(removals);
  if (freed === undefined) return amountAsked(removals);
  const hasOwn = removals.some((one) => one.sizeGiB !== null || one.monthlyCostUsdUpTo !== 0);
  const own = hasOwn ? amountAsked(removals) : 'nothing by itself';
  return `${own}; ${freedInShort(freed, words)} may be deleted after it`;
}
