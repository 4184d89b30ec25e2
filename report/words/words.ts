import type { LimitName, Plan, RefusalShare } from '../../core/plan/plan.ts';
import type { SummaryStatus } from '../../core/summary/summary.ts';
import { formatCount, formatNoun } from '../format/money.ts';

/** The first word of subject and body. */
export const STATUS_WORD: Readonly<Record<SummaryStatus, string>> = {
  COMPLETE: 'COMPLETE',
  PARTIAL: 'PARTIAL',
  FAILED: 'FAILED',
  PLAN_REFUSED: 'REFUSED',
  NOT_APPROVED: 'UNAPPROVED',
  REMOVALS_INCOMPLETE: 'INCOMPLETE',
};

export const LIMIT_WORDS: Readonly<Record<LimitName, string>> = {
  maxRemovalsPerTarget: 'the surplus of an account and Region',
  maxRemovalsPerAccount: 'the surplus of an account',
  maxRemovals: 'all, as the plan was refused',
  maxStalePercent: 'too much of an account and Region is unused',
  maxStalePercentPerAccount: 'too much of an account is unused',
  maxStalePercentOverall: 'all, as the plan was refused',
};

/** Over which limit a plan is, how far, and which accounts have most part in it. */
export function refusalInWords(refusal: NonNullable<Plan['refusal']>): string {
  const { largest = [] } = refusal;
  const over = refusalInShort(refusal);
  return largest.length === 0
    ? over
    : `${over}; most of it in ${largest.map(partInWords).join(', ')}`;
}

/** Without the accounts, as for a subject. */
export function refusalInShort({ limit, wanted, allowed }: NonNullable<Plan['refusal']>): string {
  return limit === 'maxRemovals'
    ? `${formatNoun(wanted, 'deletion')} planned, ${limit} allows ${formatCount(allowed)}`
    : `${wanted}% is unused of what no other rule holds back, ${limit} allows ${allowed}%`;
}

function partInWords({ accountId, count, of }: RefusalShare): string {
  const part = of === null ? formatCount(count) : `${formatCount(count)} of ${formatCount(of)}`;
  return `${accountId} (${part})`;
}
