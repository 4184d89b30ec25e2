import type { Summary } from '../summary.ts';
import { notApprovedInWords } from './approval-words.ts';
import { brokenSetsAlarm } from './broken-sets-words.ts';
import { hasRemoved } from './has-removed.ts';
import { cut } from './layout.ts';
import { formatAmount, formatCount, formatSize, formatNoun, formatUsdUpTo } from './money.ts';
import type { Step } from './next-steps.ts';
import { countOf } from './noun.ts';
import { binAlarm, undoInWords } from './recycle-bin-words.ts';
import { sawNothing, uncountedInWords } from './uncounted.ts';
import { refusalInShort, refusalInWords } from './words.ts';

/**
 * What stands after the status word in a subject: coverage and the one number that matters. Of the
 * ways to say it the first that fits is taken.
 */
export function subjectOf(summary: Summary, room: number): string {
  const { complete, inScope } = summary.coverage;
  const seen = `${formatCount(complete)}/${formatCount(inScope)} targets`;
  const ways = numberThatMatters(summary).map((number) => `orgsweep: ${seen}, ${number}`);
  return ways.find((way) => way.length <= room) ?? cut(ways.at(-1) ?? '', room);
}

function numberThatMatters(summary: Summary): string[] {
  const { status, removals, plan, failure, mode, coverage } = summary;
  const { REMOVED } = removals.byOutcome;
  if (failure !== null) return [`${failure.step} failed: ${failure.error}`];
  if (status === 'PLAN_REFUSED' && plan?.refusal) {
    const { limit, wanted, allowed } = plan.refusal;
    return [refusalInShort(plan.refusal), `${wanted} % stale, ${limit} allows ${allowed} %`];
  }
  if (status === 'NOT_APPROVED')
    return [`${formatNoun(plan?.removals ?? 0, 'removal')} not approved`];
  if (coverage.inScope === 0) return ['nothing was looked at'];
  if (status === 'REMOVALS_INCOMPLETE' || (mode === 'delete' && removals.planned > 0)) {
    const undone = undoneOf(removals);
    const left =
      undone === 0
        ? ''
        : `${formatCount(undone)} of ${formatCount(removals.planned)} removals not done, `;
    const saved = savedInShort(removals);
    return [
      `${left}${countOf(REMOVED, summary)} removed${saved}`,
      `${left}${formatCount(REMOVED)} removed`,
    ];
  }
  return staleInShort(summary);
}

function savedInShort(of: Summary['removals']): string {
  if (of.byOutcome.REMOVED === 0) return '';
  const { removedMonthlyCostUsdUpTo: usd, removedGiB } = of;
  return usd === 0 ? ` (${formatSize(removedGiB)})` : `, saves up to ${formatUsdUpTo(usd)}/month`;
}

function staleInShort(summary: Summary): string[] {
  const { counts, coverage } = summary;
  const { STALE } = counts.verdicts;
  if (sawNothing(summary)) return ['nothing was seen completely'];
  if (STALE === 0) {
    const where = coverage.complete < coverage.inScope ? ' in what was seen' : '';
    return [`nothing stale${where} (${countOf(counts.resources, summary)})`];
  }
  const what = countOf(STALE, summary);
  const usd = counts.staleMonthlyCostUsdUpTo;
  if (usd === 0) return [`${formatSize(counts.staleGiB)} stale (${what})`];
  const cost = `up to ${formatUsdUpTo(usd)}/month`;
  const unpriced = formatSize(counts.unpricedGiB);
  return counts.unpricedGiB === 0
    ? [`${cost} stale (${what})`]
    : [
        `${cost} stale (${what}, ${unpriced} without a price)`,
        `${cost} stale (${what}, ${unpriced} unpriced)`,
        `${cost} stale (${formatCount(STALE)}; ${unpriced} unpriced)`,
        `${cost}+ stale (${what})`,
      ];
}

/** The first sentences of the message: is it all, how much is it, what should I do. */
export function headOf(summary: Summary, steps: readonly Step[]): string[] {
  const [first] = steps;
  const rest = steps.length > 1 ? ` (then ${steps.length - 1} more, at the end)` : '';
  return [
    `${outcomeInWords(summary)}.`,
    ...binAlarm(summary.removals),
    ...brokenSetsAlarm(summary.removals),
    ...(summary.removals.byOutcome.REMOVED === 0 ? [] : [`${removedInWords(summary)}.`]),
    ...(sawNothing(summary) ? [] : [`${staleInWords(summary)}.`]),
    first === undefined
      ? 'Nothing needs to be done.'
      : `To do first${rest}: ${first.short ?? first.what}`,
  ];
}

/** After the status word: is this all, and if not, why. */
export function outcomeInWords({
  status,
  coverage,
  plan,
  approval,
  removals,
  failure,
}: Summary): string {
  const { complete, inScope, gaps } = coverage;
  const seen = `${seenOf(complete, inScope)} seen completely`;
  switch (status) {
    case 'FAILED':
      return `${cut(failure?.step ?? '', 40)} failed with ${cut(failure?.error ?? '', 80)}: ${cut(failure?.message ?? '', 400)} (${seen})`;
    case 'PLAN_REFUSED':
      return `${plan?.refusal ? refusalInWords(plan.refusal) : 'the plan was refused'}: nothing was removed (${seen})`;
    case 'NOT_APPROVED':
      return `${notApprovedInWords(approval)}: nothing was removed (${seen})`;
    case 'REMOVALS_INCOMPLETE': {
      const undone = undoneOf(removals);
      if (undone === 0 && removals.notSeenInRecycleBin.length === 0)
        return `removed, but only a part of a crash-consistent set (${seen})`;
      return undone === 0
        ? `removed, but not seen in the Recycle Bin (${seen})`
        : `${formatCount(undone)} of ${formatNoun(removals.planned, 'planned removal')} not carried out (${seen})`;
    }
    case 'PARTIAL':
      return inScope === 0
        ? 'no target was in scope: nothing was looked at'
        : `${seen}, ${unseenInWords(gaps)}: what is there is unknown`;
    case 'COMPLETE':
      return `${seen}`;
  }
}

function seenOf(complete: number, inScope: number): string {
  if (complete < inScope) return `${formatCount(complete)} of ${formatNoun(inScope, 'target')}`;
  return inScope === 1 ? 'the one target in scope' : `all ${formatNoun(inScope, 'target')}`;
}

/** A gap may be a whole account, which is more than the others are. */
function unseenInWords(gaps: Summary['coverage']['gaps']): string {
  const accounts = gaps.filter(({ region }) => region === null).length;
  const not = `${formatCount(gaps.length)} not`;
  if (accounts === 0) return not;
  const regions = gaps.length - accounts;
  const parts = [
    ...(regions === 0 ? [] : [formatNoun(regions, 'Region')]),
    formatNoun(accounts, 'whole account'),
  ];
  return `${not} (${parts.join(', ')})`;
}

function undoneOf({ byOutcome }: Summary['removals']): number {
  return byOutcome.DENIED + byOutcome.FAILED + byOutcome.NOT_ATTEMPTED;
}

function removedInWords(summary: Summary): string {
  const { removals } = summary;
  const amount = formatAmount({
    sizeGiB: removals.removedGiB,
    usdUpTo: removals.removedMonthlyCostUsdUpTo,
    unpricedGiB: removals.removedUnpricedGiB,
  });
  // Of a simulated organization that has ended there is nothing to undo.
  const undo = summary.simulated ? '' : `; ${undoInWords(removals)}`;
  return `${countOf(removals.byOutcome.REMOVED, summary)} removed: ${amount}${undo}`;
}

function staleInWords(summary: Summary): string {
  const { counts } = summary;
  const { STALE, UNKNOWN } = counts.verdicts;
  const before = hasRemoved(summary) ? ' when looked at' : '';
  const of = `${formatCount(STALE)} of ${countOf(counts.resources, summary)} stale${before}`;
  const unknown = UNKNOWN === 0 ? '' : `; ${formatCount(UNKNOWN)} unknown, kept`;
  const amount = formatAmount({
    sizeGiB: counts.staleGiB,
    usdUpTo: counts.staleMonthlyCostUsdUpTo,
    unpricedGiB: counts.unpricedGiB,
  });
  const uncounted = uncountedInWords(summary.coverage);
  const rest = uncounted === '' ? unknown : `${unknown}; ${uncounted}`;
  return `${of}${STALE === 0 ? '' : `: ${amount}${boundInWords(counts)}`}${rest}`;
}

/** What volumes share is counted once; how much more it can be, if they share nothing. */
function boundInWords(counts: Summary['counts']): string {
  const { staleMonthlyCostUsdUpTo: shared, staleUnsharedMonthlyCostUsdUpTo: unshared } = counts;
  if (shared === 0 || unshared <= shared) return '';
  return ` with each volume's data counted once (at most ${formatUsdUpTo(unshared)})`;
}
