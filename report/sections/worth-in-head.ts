import { onlyReportedInWords } from './by-kind.ts';
import {
  isAllOnlyReported,
  kindsOnTheirWay,
  ofKind,
  ofRemovable,
} from '../format/only-reported.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { holdWords } from '../words/hold-words.ts';
import { makesInWords, stepWordsOf } from '../words/step-words.ts';
import { hasRecycleBin } from '../words/recycle-bin-words.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import type { Funnel, Stage } from '../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { capitalized, cut } from '../format/layout.ts';
import { hasRemoved } from '../format/has-removed.ts';
import { countOf, countOfKinds, nounOf, wordsToTell } from '../format/noun.ts';
import { dayFrom, partOfUnused, STAGE_LABEL, unusedOf } from '../words/stage-words.ts';
import { sawNothing } from '../words/target-words.ts';
import { worthOfRemoved, worthOfStale } from '../../core/summary/worth.ts';
import {
  amountInWords,
  isUnknownAmount,
  savingInWords,
  sizeInWords,
  worthInWords,
} from '../words/worth-words.ts';
import { formatCount, formatNoun } from '../format/money.ts';

/** What it is worth, in a sentence or two: what was deleted, and what can be had, and from when. */
export function worthInHead(summary: Summary): string[] {
  const removable = ofRemovable(summary);
  return [
    ...nothingOfNamed(summary),
    ...[...deleted(removable), ...stepsTaken(removable), ...unusedOfAll(summary, removable)],
  ];
}

/** What is only reported is told by itself where nothing else is unused, else it is in the total. */
function unusedOfAll(summary: Summary, removable: Summary): string[] {
  const reported = onlyReportedInWords(summary);
  if (reported === undefined || removable.counts.verdicts.STALE > 0) return unused(summary);
  const isAll = isAllOnlyReported(summary) || hasRemoved(summary);
  return [...(isAll ? [] : unused(removable)), `Only reported: ${reported}.`];
}

const NAMED_REASONS = 2;

/** Who had a plan applied asks for that plan, whatever else there is. */
function nothingOfNamed(summary: Summary): string[] {
  const { plan, mode } = summary;
  if (mode !== 'delete' || plan === null || plan.basedOn === null || plan.removals > 0) return [];
  const all = Object.entries(plan.heldOfNamed ?? {}).toSorted(([, a], [, b]) => b - a);
  const words = wordsIn(summary);
  const told = all.slice(0, NAMED_REASONS).map(([reason, count]) => {
    const { short } = holdWords(reason as HoldReason, words);
    return `${formatCount(count)} ${short}`;
  });
  const more = all.length - told.length;
  const rest = more > 0 ? [formatNoun(more, 'other reason')] : [];
  const why = told.length === 0 ? '' : `: ${[...told, ...rest].join(', ')}`;
  return [`Nothing of the plan of ${cut(plan.basedOn, 80)} was deleted${why}.`];
}

function unused(summary: Summary): string[] {
  const { counts, coverage, funnel } = summary;
  const { STALE } = counts.verdicts;
  if (coverage.inScope === 0) return [];
  if (sawNothing(summary)) return ['Nothing could be scanned, so what is unused is not known.'];
  if (STALE === 0 && !hasRemoved(summary)) {
    const where = coverage.complete < coverage.inScope ? ' in what was scanned' : '';
    return [
      counts.resources === 0
        ? `No ${nounOf(summary).many} found${where}.`
        : `None of ${countOf(counts.resources, summary)} is unused${where}.`,
    ];
  }
  return funnel === null ? [withoutPlan(summary)] : obtainable(summary, funnel);
}

function withoutPlan(summary: Summary): string {
  const { counts } = summary;
  return `${unusedOf(counts.verdicts.STALE, summary)}: ${amountInWords(worthOfStale(counts))}. There is no plan, so what can be deleted is not known.`;
}

/** AWS bills what is in the Recycle Bin: the saving begins when it leaves. */
function deleted(summary: Summary): string[] {
  const kinds = kindsOnTheirWay(summary)
    .map((kind) => ofKind(summary, kind))
    .filter(hasRemoved);
  if (kinds.length < 2) return deletedOfOne(kinds[0] ?? summary);
  return deletedOfSeveral(kinds, summary) ?? kinds.flatMap(deletedOfOne);
}

/** In one sentence where the bin has it all: each kind leaves it on a day of its own. */
function deletedOfSeveral(kinds: readonly Summary[], all: Summary): string[] | undefined {
  const saves = kinds.map(
    ({ removals: { byOutcome, restorable, restorableUntil, removedMonthlyCostUsdUpTo: usd } }) =>
      restorableUntil === null || usd === 0 || restorable < byOutcome.REMOVED
        ? undefined
        : `${savingInWords(usd)} from ${dayFrom(all.finishedAt, restorableUntil)}`,
  );
  if (saves.includes(undefined)) return undefined;
  const what = kinds.map((kind) => countOf(kind.removals.byOutcome.REMOVED, kind)).join(' and ');
  return [`Deleted ${what}: saves ${saves.join(' and ')}, when they leave the Recycle Bin.`];
}

/** "Copied 12 volumes first." What it saves is with what can be had. */
function stepsTaken(summary: Summary): string[] {
  const { STEP_DONE } = summary.removals.byOutcome;
  if (summary.mode !== 'delete' || STEP_DONE === 0) return [];
  const kinds = Object.entries(summary.removals.byKind ?? {}).flatMap(([kind, { byOutcome }]) =>
    byOutcome.STEP_DONE > 0 ? [kind] : [],
  );
  const words = wordsIn(summary);
  const own = Object.fromEntries(Object.entries(words).filter(([kind]) => kinds.includes(kind)));
  const what = countOfKinds(STEP_DONE, kinds, words);
  return [
    `${capitalized(stepWordsOf(own).done)} ${what}, which a later run deletes.`,
    ...makesInWords(summary.removals.made, own),
  ];
}

function deletedOfOne(summary: Summary): string[] {
  if (!hasRemoved(summary)) return [];
  const { removals, finishedAt } = summary;
  const what = `Deleted ${countOf(removals.byOutcome.REMOVED, summary)}`;
  const usd = removals.removedMonthlyCostUsdUpTo;
  const saves =
    usd > 0
      ? `: saves ${savingInWords(usd)}`
      : ` (${[sizeInWords(worthOfRemoved(removals)) ?? [], 'no known price'].flat().join(', ')})`;
  const { restorable, restorableUntil, undoneOtherwise: { MADE = 0 } = {} } = removals;
  if (!hasRecycleBin(wordsToTell(summary))) return [`${what}${saves}.`];
  if (restorable === 0 && MADE === removals.byOutcome.REMOVED)
    return [`${what}${saves}. All of it can be made again from a copy, under a new id.`];
  if (restorable === 0 || restorableUntil === null)
    return [`${what}${saves}. None of it is known to be in the Recycle Bin.`];
  const day = dayFrom(finishedAt, restorableUntil);
  // What no rule kept is billed no more.
  const from =
    restorable < removals.byOutcome.REMOVED
      ? `, for ${formatCount(restorable)} of them from ${day}`
      : ` from ${day}`;
  const leaves = restorable === 1 ? 'it leaves' : 'they leave';
  return [`${what}${saves}${from}, when ${leaves} the Recycle Bin.`];
}

function obtainable(summary: Summary, funnel: Funnel): string[] {
  const { finishedAt } = summary;
  const { stale, inGrace, obtainable: rest } = funnel;
  // Where nothing has a price, the size is said already.
  const whatOf = (of: Stage) => {
    const isSum = kindsOnTheirWay(summary).length > 0;
    const size = of.monthlyCostUsdUpTo > 0 && !isSum ? sizeInWords(of) : undefined;
    return [partOfUnused(of.resources, stale.resources, summary), size ?? []].flat().join(', ');
  };
  // "up to $9 a month can be saved now (…)"; of what has no amount, only how much of it goes.
  const gain = (of: Stage, when: string) =>
    isUnknownAmount(of)
      ? `${capitalized(whatOf(of))} can be deleted${when}.`
      : `${capitalized(worthInWords(of))} can be saved${when} (${whatOf(of)}).`;
  const more = (of: Stage, when: string) =>
    isUnknownAmount(of)
      ? `${formatCount(of.resources)} more can be deleted${when}.`
      : `${capitalized(worthInWords(of))} more${when}.`;
  if (rest.resources === 0) return notToBeHad(summary, funnel, whatOf);
  if (hasRemoved(summary)) return [later(summary, funnel)];
  const { of, when } = nextToBeHad(summary, funnel);
  if (of === rest || inGrace.resources === 0 || inGrace.firstUntil === null)
    return [gain(of, when)];
  return [gain(of, when), more(inGrace, ` from ${dayFrom(finishedAt, inGrace.firstUntil)}`)];
}

/** What can be had next, and when: what only the grace period holds is no part of what goes now. */
export function nextToBeHad(
  summary: Pick<Summary, 'finishedAt'>,
  funnel: Funnel,
): { readonly of: Stage; readonly when: string } {
  return funnel.removable.resources > 0
    ? { of: funnel.removable, when: ' now' }
    : { of: funnel.obtainable, when: whenOf(summary, funnel) };
}

/** All that is left needs a person, or waits for something else to be gone. */
function notToBeHad(
  summary: Summary,
  { onlyReported, needsDecision, waiting }: Funnel,
  whatOf: (of: Stage) => string,
): string[] {
  const amount = (of: Stage) =>
    isUnknownAmount(of) ? whatOf(of) : `${worthInWords(of)} (${whatOf(of)})`;
  if (needsDecision.resources > 0) {
    if (hasRemoved(summary)) return [`The rest needs a decision: ${amount(needsDecision)}.`];
    if (onlyReported === undefined)
      return [`All of it needs a decision: ${amount(needsDecision)}.`];
    return [`${STAGE_LABEL.needsDecision} on ${amount(needsDecision)}.`];
  }
  if (waiting.resources === 0) return [];
  return [`Nothing more can be deleted before something else is gone: ${amount(waiting)}.`];
}

/** "Later runs can save up to $765 a month more, from 27 December." */
function later(summary: Summary, funnel: Funnel): string {
  const { obtainable: rest } = funnel;
  // That it is by later runs is said.
  const when = rest.from === null ? '' : whenOf(summary, funnel).replace(/^ (from|now)/, ', $1');
  const verb = rest.monthlyCostUsdUpTo > 0 ? 'save' : 'delete';
  const what = isUnknownAmount(rest) ? formatCount(rest.resources) : worthInWords(rest);
  return `Later runs can ${verb} ${what} more${when}.`;
}

/**
 * " from 12 December", " now", " by later runs", or, where not all that can be had can be had now, ",
 * up to $765 of it from 12 December".
 */
function whenOf(summary: Pick<Summary, 'finishedAt'>, { obtainable, inGrace }: Funnel): string {
  const { finishedAt } = summary;
  const { resources, firstUntil } = inGrace;
  const when = fromWhen(summary, obtainable.from);
  if (when !== ' now' || resources === 0 || firstUntil === null) return when;
  const part = isUnknownAmount(inGrace)
    ? formatCount(resources)
    : worthInWords(inGrace).replace(/ a month$/, '');
  return `, ${part} of it from ${dayFrom(finishedAt, firstUntil)}`;
}

/** " from 12 December", " now", or, where only later runs can tell, " by later runs". */
export function fromWhen({ finishedAt }: Pick<Summary, 'finishedAt'>, from: string | null): string {
  if (from === null) return ' by later runs';
  return Date.parse(from) <= Date.parse(finishedAt) ? ' now' : ` from ${dayFrom(finishedAt, from)}`;
}
