import type { Stage } from '../../core/summary/funnel/funnel.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { formatSize } from '../format/money.ts';
import { kindsOnTheirWay, ofKind } from '../format/only-reported.ts';
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

/** The kinds of which a plan holds anything back for a reason; all, where nobody tells. */
export function kindsHeldFor({ funnelByKind = {}, input }: Summary, reason: HoldReason): string[] {
  const kinds = Object.keys(funnelByKind).filter((kind) => {
    const { needsDecision, waiting } = funnelByKind[kind] ?? {};
    return (needsDecision?.byReason[reason] ?? waiting?.byReason[reason]) !== undefined;
  });
  return kinds.length === 0 ? input.kinds : kinds;
}

/** "12 snapshots, 40 GiB, up to $2.00 a month", of each kind its own. Summaries of earlier versions don't tell all of it. */
export function heldAmount(summary: Summary, reason: HoldReason): string {
  const kinds = kindsOnTheirWay(summary);
  const each = kindsHeldFor(summary, reason).filter((kind) => kinds.includes(kind));
  if (each.length > 1)
    return each.map((kind) => heldAmount(ofKind(summary, kind), reason)).join(' and ');
  const stage = heldWorth(summary, reason);
  if (stage !== undefined) return `${countOf(stage.resources, summary)}, ${amountInWords(stage)}`;
  const counted = countOf(summary.plan?.heldByReason[reason] ?? 0, summary);
  const sizeGiB = summary.plan?.heldGiBByReason[reason];
  return sizeGiB === undefined ? counted : `${counted}, ${formatSize(sizeGiB)}`;
}
