import type { Stage } from '../core/funnel.ts';
import { day } from '../core/report/dates.ts';
import { hasRemoved } from '../core/report/has-removed.ts';
import { formatSize, formatUsdUpTo } from '../core/report/money.ts';
import { countOf } from '../core/report/noun.ts';
import { sawNothing } from '../core/report/uncounted.ts';
import type { Summary } from '../core/summary.ts';

/** What can be had, and from when, in one sentence; what was deleted before it. */
export function worthInHead(summary: Summary): string[] {
  const { funnel, counts, coverage, removals, finishedAt } = summary;
  if (coverage.inScope === 0) return [];
  if (sawNothing(summary)) return ['Nothing could be scanned, so what is unused is not known.'];
  const deleted = hasRemoved(summary)
    ? [`Deleted ${countOf(removals.byOutcome.REMOVED, summary)}.`]
    : [];
  if (counts.verdicts.STALE === 0) return [...deleted, 'Nothing is unused.'];
  if (funnel === null)
    return [...deleted, 'There is no plan, so what can be deleted is not known.'];
  const { obtainable, needsDecision } = funnel;
  if (obtainable.resources === 0)
    return needsDecision.resources === 0
      ? deleted
      : [...deleted, `All of the rest needs a decision first: ${worth(needsDecision)}.`];
  const { from } = obtainable;
  const isNow = from !== null && Date.parse(from) <= Date.parse(finishedAt);
  const when = from === null ? ' by later runs' : isNow ? ' now' : ` from ${day(from)}`;
  return [...deleted, `${capital(worth(obtainable))} can be saved${when}.`];
}

function worth({ monthlyCostUsdUpTo: usd, sizeGiB }: Stage): string {
  return usd > 0 ? `up to ${formatUsdUpTo(usd)} a month` : formatSize(sizeGiB);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
