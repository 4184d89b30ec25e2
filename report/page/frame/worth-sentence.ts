import { worthOfStale } from '../../../core/summary/worth.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { hasRemoved } from '../../format/has-removed.ts';
import { capitalized } from '../../format/layout.ts';
import { formatNoun, formatUsdUpTo } from '../../format/money.ts';
import { nextToBeHad, worthInHead } from '../../sections/worth-in-head.ts';
import { isPriced, savingInWords, unpricedInWords } from '../../words/worth-words.ts';

/** The one sentence that whoever reads no further has read, and what it leaves out. */
export interface WorthSentence {
  readonly first: string;
  readonly rest: readonly string[];
}

/** "Up to $10,035 of $87,985 a month can be saved from 13 December." */
export function worthSentence(summary: Summary): WorthSentence {
  const [first = '', ...rest] = worthInHead(summary);
  const part = partOfAll(summary);
  return part === undefined
    ? { first: first === '' ? 'Nothing is known to be unused.' : first, rest }
    : { first: part, rest: [...unpriced(summary), ...rest] };
}

/** Only where it is in money, and in the words of one stage. */
function partOfAll(summary: Summary): string | undefined {
  const { funnel, counts } = summary;
  if (funnel === null || hasRemoved(summary) || summary.mode === 'delete') return undefined;
  const { of, when } = nextToBeHad(summary, funnel);
  const { monthlyCostUsdUpTo: usd } = of;
  const { monthlyCostUsdUpTo: all } = worthOfStale(counts);
  if (usd === 0 || all <= usd) return undefined;
  const saving = savingInWords(usd).replace(/ a month$/, '');
  return `${capitalized(saving)} of ${formatUsdUpTo(all)} a month can be saved${when}.`;
}

/** Whoever reads dollars may take them for all of it. */
function unpriced({ counts }: Summary): string[] {
  const of = worthOfStale(counts);
  return isPriced(of) ? [] : [`Plus ${unpricedInWords(of)} without a known price.`];
}

/** "12 accounts to ask.", where any of what was found there is left and needs more than a delete run. */
export function toAsk(summary: Summary): string[] {
  const { byAccount, status, funnel } = summary;
  const accounts = Object.values(byAccount).filter(({ stale }) => stale > 0).length;
  const isDeletable = funnel !== null && funnel.removable.resources === funnel.stale.resources;
  // An account's figures are of the scan: what is left in each isn't known.
  return accounts === 0 || status === 'FAILED' || hasRemoved(summary) || isDeletable
    ? []
    : [`${formatNoun(accounts, 'account')} to ask.`];
}
