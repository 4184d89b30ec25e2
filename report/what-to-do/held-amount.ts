import type { Stage } from '../../core/summary/funnel/funnel.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { formatSize } from '../format/money.ts';
import { countOf } from '../format/noun.ts';
import { amountInWords } from '../words/worth-words.ts';

/**
 * What a plan holds back for a reason, each resource once, under what is hardest to lift; undefined:
 * not known, or all of it is held for something harder, too.
 */
export function heldWorth(
  { funnel }: Pick<Summary, 'funnel'>,
  reason: HoldReason,
): Stage | undefined {
  if (funnel === null) return undefined;
  return funnel.needsDecision.byReason[reason] ?? funnel.waiting.byReason[reason];
}

/** "12 snapshots, 40 GiB, up to $2.00 a month". Summaries of earlier versions don't tell all of it. */
export function heldAmount(summary: Summary, reason: HoldReason): string {
  const stage = heldWorth(summary, reason);
  if (stage !== undefined) return `${countOf(stage.resources, summary)}, ${amountInWords(stage)}`;
  const counted = countOf(summary.plan?.heldByReason[reason] ?? 0, summary);
  const sizeGiB = summary.plan?.heldGiBByReason[reason];
  return sizeGiB === undefined ? counted : `${counted}, ${formatSize(sizeGiB)}`;
}
