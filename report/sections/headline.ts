import type { Summary } from '../../core/summary/summary.ts';
import { notApprovedInWords } from '../words/approval-words.ts';
import { cut } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { isOwnAccount } from '../commands/own-account.ts';
import { refusalInWords } from '../words/words.ts';

/** After the status word: is this all, and if not, why. */
export function outcomeInWords({
  status,
  coverage,
  plan,
  approval,
  removals,
  failure,
  startedBy,
}: Summary): string {
  const { complete, inScope, gaps } = coverage;
  const seen = scannedOf(complete, inScope, isOwnAccount({ startedBy }));
  switch (status) {
    case 'FAILED':
      return `${cut(failure?.step ?? '', 40)} failed (${seen}): ${cut(failure?.error ?? '', 80)}: ${cut(failure?.message ?? '', 400)}`;
    case 'PLAN_REFUSED':
      return `nothing was deleted (${seen}): ${plan?.refusal ? refusalInWords(plan.refusal) : 'the plan was refused'}`;
    case 'NOT_APPROVED':
      return `nothing was deleted (${seen}): ${notApprovedInWords(approval)}`;
    case 'REMOVALS_INCOMPLETE': {
      const undone = undoneOf(removals);
      if (undone === 0 && removals.notSeenInRecycleBin.length === 0)
        return `deleted, but only a part of a crash-consistent set (${seen})`;
      return undone === 0
        ? `deleted, but not seen in the Recycle Bin (${seen})`
        : `${formatCount(undone)} of ${formatNoun(removals.planned, `planned ${changesIn(plan)}`)} not done (${seen})`;
    }
    case 'PARTIAL':
      return inScope === 0
        ? 'nothing was in scope, so nothing was scanned'
        : `${seen}. ${notScanned(gaps)}`;
    case 'COMPLETE':
      return seen;
  }
}

/** What a plan's removals are called: a copy that is made first is no deletion. */
export function changesIn(plan: Summary['plan']): string {
  return (plan?.inSteps ?? 0) > 0 ? 'change' : 'deletion';
}

function scannedOf(complete: number, inScope: number, isOwn: boolean): string {
  const scanned = isOwn ? 'of this account alone scanned' : 'scanned';
  if (complete < inScope)
    return `${formatCount(complete)} of ${formatNoun(inScope, 'account-Region')} ${scanned}`;
  return inScope === 1
    ? `the one account-Region ${scanned}`
    : `all ${formatNoun(inScope, 'account-Region')} ${scanned}`;
}

/** A gap may be a whole account, which is more than the others are. */
function notScanned(all: Summary['coverage']['gaps']): string {
  const gaps = all.filter(({ missingKinds }) => missingKinds === undefined);
  const partly = all.length - gaps.length;
  const inPart = partly === 0 ? [] : [`${formatCount(partly)} not for every kind`];
  return [...(gaps.length === 0 ? [] : [asAWhole(gaps)]), ...inPart].join(', ');
}

function asAWhole(gaps: Summary['coverage']['gaps']): string {
  const accounts = gaps.filter(({ region }) => region === null).length;
  const not = `${formatCount(gaps.length)} could not be scanned`;
  if (accounts === 0) return not;
  const regions = gaps.length - accounts;
  const parts = [
    ...(regions === 0 ? [] : [formatNoun(regions, 'Region')]),
    formatNoun(accounts, 'whole account'),
  ];
  return `${not} (${parts.join(', ')})`;
}

/** Planned deletions that are still to be done. */
export function undoneOf({ byOutcome }: Summary['removals']): number {
  return byOutcome.DENIED + byOutcome.FAILED + byOutcome.NOT_ATTEMPTED;
}
