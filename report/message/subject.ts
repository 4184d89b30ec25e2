import { onlyReportedInShort, onlyReportedInWords } from '../sections/by-kind.ts';
import { kindsOnTheirWay, ofKind, ofRemovable, onlyReported } from '../format/only-reported.ts';
import type { Stage } from '../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { hasRemoved } from '../format/has-removed.ts';
import { changesIn, undoneOf } from '../sections/headline.ts';
import { cut } from '../format/layout.ts';
import { formatCount, formatNoun, formatUsdUpTo } from '../format/money.ts';
import { countOf } from '../format/noun.ts';
import { dayFrom, partOfUnused, unusedOf } from '../words/stage-words.ts';
import { sawNothing } from '../words/target-words.ts';
import { refusalInShort } from '../words/words.ts';
import { fromWhen } from '../sections/worth-in-head.ts';
import { worthOfRemoved, worthOfStale } from '../../core/summary/worth.ts';
import { isUnknownAmount, worthInShort } from '../words/worth-words.ts';

/**
 * What stands after the status word in a subject: the one thing that matters, and coverage. Of the
 * ways to say it the first that fits is taken.
 */
export function subjectOf(summary: Summary, room: number): string {
  const { complete, inScope } = summary.coverage;
  const scanned = `${formatCount(complete)}/${formatCount(inScope)}`;
  const ways = whatMatters(summary).flatMap((what) => [
    `orgsweep: ${what}, ${scanned} account-Regions`,
    `orgsweep: ${what}, ${scanned} scanned`,
  ]);
  return ways.find((way) => way.length <= room) ?? cut(ways.at(-1) ?? '', room);
}

function whatMatters(summary: Summary): string[] {
  const { status, removals, plan, failure, mode, coverage } = summary;
  if (failure !== null)
    return [
      `${cut(failure.step, 30)} failed: ${cut(failure.error, 40)}`,
      `${cut(failure.step, 30)} failed`,
    ];
  if (status === 'PLAN_REFUSED' && plan?.refusal)
    return [refusalInShort(plan.refusal), `plan over ${plan.refusal.limit}`];
  if (status === 'NOT_APPROVED')
    return [`${formatNoun(plan?.removals ?? 0, changesIn(plan))} not approved`];
  if (coverage.inScope === 0) return ['nothing was in scope'];
  if (status === 'REMOVALS_INCOMPLETE' || (mode === 'delete' && removals.planned > 0))
    return deletedInShort(ofRemovable(summary));
  if (sawNothing(summary)) return ['nothing could be scanned'];
  const { stale } = onlyReported(summary);
  if (stale > 0 && stale === summary.counts.verdicts.STALE)
    return [onlyReportedInWords(summary) ?? '', onlyReportedInShort(summary)];
  return unusedInShort(summary);
}

function deletedInShort(summary: Summary): string[] {
  const { removals, finishedAt } = summary;
  const undone = undoneOf(removals);
  const left =
    undone === 0
      ? ''
      : `${formatCount(undone)} of ${formatCount(removals.planned)} ${changesIn(summary.plan)}s not done, `;
  // Two kinds leave the bin on days of their own.
  const kinds = kindsOnTheirWay(summary).filter((kind) => hasRemoved(ofKind(summary, kind)));
  const [only] = kinds.length === 1 ? kinds : [];
  const told = only === undefined ? summary : ofKind(summary, only);
  const deleted = `${countOf(removals.byOutcome.REMOVED, told)} deleted`;
  const usd = removals.removedMonthlyCostUsdUpTo;
  const short = `${left}${formatCount(removals.byOutcome.REMOVED)} deleted`;
  if (!hasRemoved(summary)) return [`${left}${deleted}`, short];
  if (usd === 0) return [`${left}${deleted} (${worthInShort(worthOfRemoved(removals))})`, short];
  const saves = `saves up to ${formatUsdUpTo(usd)}/month`;
  const until =
    removals.restorable === removals.byOutcome.REMOVED && kinds.length < 2
      ? removals.restorableUntil
      : null;
  return [
    ...(until === null ? [] : [`${left}${deleted}, ${saves} from ${shortDay(finishedAt, until)}`]),
    `${left}${deleted}, ${saves}`,
    `${left}${deleted}`,
    short,
  ];
}

function unusedInShort(summary: Summary): string[] {
  const { counts, coverage, funnel, finishedAt } = summary;
  const { STALE } = counts.verdicts;
  if (STALE === 0) {
    const where = coverage.complete < coverage.inScope ? ' in what was scanned' : '';
    return [`nothing unused${where} (${countOf(counts.resources, summary)})`, 'nothing unused'];
  }
  if (funnel === null) {
    return [
      `${worthInShort(worthOfStale(counts))} (${unusedOf(STALE, summary)})`,
      unusedOf(STALE, summary),
    ];
  }
  const { obtainable, removable, needsDecision, waiting, inGrace, stale } = funnel;
  const tell = (of: Stage, [saved, deleted]: readonly [string, string]) => {
    const part = partOfUnused(of.resources, stale.resources, summary);
    const count = countOf(of.resources, summary);
    const all = unusedOf(stale.resources, summary);
    // Without price and size, their number is all there is to tell.
    if (isUnknownAmount(of)) return [`${part}${deleted}`, `${count}${deleted}`, all];
    const worth = `${worthInShort(of)}${saved}`;
    return [`${worth} (${part})`, `${worth} (${count})`, worth, all];
  };
  if (obtainable.resources === 0 && needsDecision.resources === 0 && waiting.resources > 0)
    return tell(waiting, [' cannot be saved yet', ' cannot be deleted yet']);
  if (obtainable.resources === 0) return tell(needsDecision, [' to decide on', ' to decide on']);
  if (removable.resources > 0 && !hasRemoved(summary))
    return tell(removable, [' can be saved now', ' can be deleted now']);
  const { from } = obtainable;
  const isLater = from !== null && Date.parse(from) > Date.parse(finishedAt);
  // Where some is in grace, not all of it can be had now.
  const isPartNow = from !== null && inGrace.resources > 0;
  const byNow = isPartNow ? '' : fromWhen(summary, from);
  const when = isLater ? ` from ${shortDay(finishedAt, from)}` : byNow;
  return tell(obtainable, [` can be saved${when}`, ` can be deleted${when}`]);
}

/** 12 Dec */
function shortDay(now: string, timestamp: string): string {
  return dayFrom(now, timestamp).replace(/ (\p{L}{3})\p{L}*/u, ' $1');
}
