import { hasNoWayOut, kindsOnTheirWay, ofKind } from '../format/only-reported.ts';
import { capitalized } from '../format/layout.ts';
import { makesInShort, stepWordsOf } from '../words/step-words.ts';
import type { Funnel, Stage } from '../../core/summary/funnel/funnel.ts';
import type { MadeWorth } from '../../core/model/billing.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import { REMOVAL_RESULTS_WORST_FIRST } from '../../core/summary/reconcile-removals.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { hasRemoved } from '../format/has-removed.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { countOf, nounOfKinds, wordsToTell } from '../format/noun.ts';
import { below, type Line, point, type Section, sentence } from '../parts/section.ts';
import { dayFrom, graceLabel, STAGE_LABEL } from '../words/stage-words.ts';
import { uncountedInWords } from '../words/target-words.ts';
import { holdWords } from '../words/hold-words.ts';
import { REMOVAL_WORDS } from '../words/removal-words.ts';
import { mostWorthFirst } from '../../core/model/amount.ts';
import { worthOfRemoved, worthOfStale } from '../../core/summary/worth.ts';
import {
  amountInShort,
  costInCell,
  freedInWords,
  isPriced,
  unpricedInWords,
  unprovedInWords,
} from '../words/worth-words.ts';

/** The reasons that hold most; the others in one line. */
const NAMED_REASONS = 3;

/**
 * From what is unused to what is saved: each stage with its count, size and money. What shares data
 * is counted once in each, so the stages add up in resources and not in money.
 */
export function funnelSection(summary: Summary): Section {
  const { funnel, counts, coverage } = summary;
  const title = 'FROM UNUSED TO SAVED (each amount is an upper bound of its own)';
  const unused = counts.verdicts.STALE === 0 ? [] : [point(`Unused: ${unusedInWords(summary)}`)];
  const lines = funnel === null ? unused : stageLines(funnel, summary);
  const besides = [
    ...(counts.verdicts.UNKNOWN === 0
      ? []
      : [`${countOf(counts.verdicts.UNKNOWN, summary)} unknown, kept`]),
    ...(uncountedInWords(coverage) === '' ? [] : [uncountedInWords(coverage)]),
  ];
  return {
    title,
    lines: [
      ...lines,
      ...(besides.length === 0 ? [] : [point(`Besides: ${besides.join('. ')}`)]),
      ...noteLines(summary),
    ],
  };
}

/** Of how many: who takes another summary for the one of a message is told by these figures. */
function unusedInWords(summary: Summary): string {
  const { resources, verdicts } = summary.counts;
  return `${formatCount(verdicts.STALE)} of ${countOf(resources, summary)}, ${amountInShort(worthOfStale(summary.counts))}`;
}

function stageLines(funnel: Funnel, summary: Summary): Line[] {
  const kinds = kindsOnTheirWay(summary);
  if (kinds.length === 0) return wayOutLines(funnel, summary);
  const { resources, verdicts } = summary.counts;
  const cost = costInCell(worthOfStale(summary.counts));
  return [
    // GiB of one kind are none of another: only their number and their cost add up.
    point(
      `Unused: ${formatCount(verdicts.STALE)} of ${countOf(resources, summary)}, ${cost}${cost.startsWith('$') ? ' a month' : ''}`,
    ),
    ...kinds.flatMap((kind) => kindLines(ofKind(summary, kind), kind)),
  ];
}

/** The same of one kind: its stages below what is unused of it. */
function kindLines(summary: Summary, kind: string): Line[] {
  const { funnel, counts } = summary;
  if (funnel === null) return [];
  const name = capitalized(nounOfKinds([kind], wordsIn(summary)).many);
  const stages = wayOutLines(funnel, summary, 0).map((line): Line => ({ ...line, as: 'below' }));
  const all = formatCount(counts.resources);
  if (funnel.stale.resources === 0) return [point(`${name}: none of ${all} unused`), ...stages];
  const unused = `${formatCount(counts.verdicts.STALE)} of ${all} ${hasRemoved(summary) ? 'unused when scanned' : 'unused'}`;
  return [
    point(`${name}: ${unused}, ${amountInShort(worthOfStale(counts))}${onlyReportedToo(funnel)}`),
    // What is unused of it has been said.
    ...stages.slice(1),
    ...freedLines(summary).map((text) => below(text)),
  ];
}

/** @param most so many reasons of what a person must decide have a line of their own */
function wayOutLines(funnel: Funnel, summary: Summary, most = NAMED_REASONS): Line[] {
  if (funnel.stale.resources === 0)
    return [...resultLines(summary), ...savedLines(funnel, summary)];
  return [
    point(
      `${hasRemoved(summary) ? 'Unused when scanned' : 'Unused'}: ${unusedInWords(summary)}${onlyReportedToo(funnel)}`,
    ),
    ...(hasNoWayOut(funnel) ? [] : stagesLeft(funnel, summary, most)),
    ...resultLines(summary),
    ...savedLines(funnel, summary),
  ];
}

/** Where all that is unused stands, but for what was done with it. */
function stagesLeft(funnel: Funnel, summary: Summary, most: number): Line[] {
  const { inGrace, waiting, needsDecision, removable, removed } = funnel;
  const { finishedAt, mode } = summary;
  const stage = (label: string, of: Stage) =>
    of.resources === 0 ? [] : [figures(label, stageInWords(of, summary))];
  return [
    ...stage(graceLabel(inGrace, finishedAt), inGrace),
    ...heldLines(STAGE_LABEL.waiting, waiting, summary, 0),
    ...heldLines(STAGE_LABEL.needsDecision, needsDecision, summary, most),
    ...stepLines(funnel, summary),
    ...(mode === 'delete'
      ? // All of it was deleted, which the next line says.
        removable.resources === removed.resources
        ? []
        : stage(STAGE_LABEL.planned, removable)
      : [
          point(
            `Deletable now: ${removable.resources === 0 ? 'none' : stageInWords(removable, summary)}`,
          ),
        ]),
  ];
}

/** What is copied first, say, and saves nothing before a later run has deleted it. */
function stepLines({ inSteps }: Funnel, summary: Summary): Line[] {
  if (inSteps === undefined) return [];
  const { verb, done } = stepWordsOf(wordsToTell(summary));
  const { made, byOutcome } = summary.removals;
  const { STEP_DONE } = byOutcome;
  const makes = (of: MadeWorth | undefined) =>
    of === undefined ? [] : [below(makesInShort(of, wordsToTell(summary)))];
  const amount = stageInWords(inSteps, summary);
  const then = 'saved once a later run has deleted them';
  if (summary.mode === 'report' || summary.removals.planned === 0)
    return [figures(`To ${verb} first`, amount, then), ...makes(summary.plan?.makes)];
  if (STEP_DONE === inSteps.resources)
    return [figures(`${capitalized(done)} first`, amount, then), ...makes(made)];
  const ofPlanned = `${formatCount(STEP_DONE)} of ${formatCount(inSteps.resources)} planned`;
  return [figures(`${capitalized(done)} first`, ofPlanned, then), ...makes(made)];
}

/** Where there is no room for all, what explains the amount goes, and then words of the label. */
function figures(label: string, amount: string, then?: string): Line {
  const short = label.replace(/ \([^()]*(?:\([^()]*\)[^()]*)*\)$/, '');
  const shortest = short.replace('In the Recycle Bin and billed', 'In the bin');
  return {
    ...point(`${label}: ${amount}${then === undefined ? '' : `, ${then}`}`),
    shorter: [
      `${short}: ${amount}`,
      `${shortest}: ${amount}`,
      `${shortest}: ${amount.replace(/ a month$/, '/month')}`,
    ],
  };
}

function stageInWords(of: Stage, summary: Summary): string {
  return `${countOf(of.resources, summary)}, ${amountInShort(of)}`;
}

function byCount(byReason: Partial<Record<HoldReason, Stage>>): [HoldReason, Stage][] {
  const entries = Object.entries(byReason) as [HoldReason, Stage][];
  return entries
    .filter(([, { resources }]) => resources > 0)
    .toSorted(([, a], [, b]) => mostWorthFirst(a, b));
}

/** What a plan holds back, by reason: most of them where a person has to do something. */
function heldLines(
  label: string,
  of: Funnel['needsDecision'],
  summary: Summary,
  most = NAMED_REASONS,
): Line[] {
  if (of.resources === 0) return [];
  const words = wordsToTell(summary);
  const reasons = byCount(of.byReason);
  const amount = stageInWords(of, summary);
  const [only] = reasons;
  if (only !== undefined && reasons.length === 1)
    return [figures(`${label} (${holdWords(only[0], words).listed})`, amount)];
  const others = reasons.slice(most);
  const inOthers = others.reduce((sum, [, { resources }]) => sum + resources, 0);
  if (most === 0 && only !== undefined && label === STAGE_LABEL.needsDecision) {
    const more = formatNoun(reasons.length - 1, 'other reason');
    return [figures(`${label} (${holdWords(only[0], words).listed}, ${more})`, amount)];
  }
  return [
    point(`${label}: ${amount}`),
    ...reasons
      .slice(0, most)
      .map(([reason, stage]) =>
        below(`${holdWords(reason, words).listed}: ${stageInWords(stage, summary)}`),
      ),
    ...(most === 0 || others.length === 0
      ? []
      : [below(`${formatNoun(others.length, 'other reason')}: ${countOf(inOthers, summary)}`)]),
  ];
}

/** How what was planned to be deleted ended. */
function resultLines({ removals, status, mode, funnel }: Summary): Line[] {
  const { byOutcome } = removals;
  if (mode !== 'delete' || removals.planned === 0) return [];
  // That it was not approved is what the message begins with.
  if (status === 'NOT_APPROVED' && byOutcome.REMOVED === 0) return [];
  const others = REMOVAL_RESULTS_WORST_FIRST.filter(
    (result) => result !== 'REMOVED' && result !== 'STEP_DONE' && byOutcome[result] > 0,
  ).map((result) => `${formatCount(byOutcome[result])} ${REMOVAL_WORDS[result].listed}`);
  const toDelete = removals.planned - (funnel?.inSteps?.resources ?? byOutcome.STEP_DONE);
  const deleted = `${formatCount(byOutcome.REMOVED)} of ${formatCount(toDelete)} planned${byOutcome.REMOVED === 0 ? '' : `, ${amountInShort(worthOfRemoved(removals))}`}`;
  return [
    ...(toDelete === 0 ? [] : [point(`Deleted: ${deleted}`)]),
    ...(others.length === 0
      ? []
      : [
          (toDelete === 0 ? point : below)(
            `not ${toDelete === removals.planned ? 'deleted' : 'done'}: ${others.join(', ')}`,
          ),
        ]),
  ];
}

function savedLines({ saved }: Funnel, summary: Summary): Line[] {
  const { finishedAt } = summary;
  if (saved === null) return [];
  const { since, gone, inRecycleBin: bin } = saved;
  if (gone.resources + bin.resources === 0) return [];
  const from = since === null ? '' : ` since ${dayFrom(finishedAt, since)}`;
  const until = bin.lastUntil === null ? '' : ` until ${dayFrom(finishedAt, bin.lastUntil)}`;
  return [
    point(`Saved${from}: ${gone.resources === 0 ? 'nothing yet' : stageInWords(gone, summary)}`),
    ...(bin.resources === 0
      ? []
      : [figures(`In the Recycle Bin and billed${until}`, stageInWords(bin, summary))]),
  ];
}

/** Blocks that a last copy shares with what is deleted are not freed. */
function noteLines(summary: Summary): Line[] {
  const { funnel, counts } = summary;
  if (funnel === null || funnel.stale.resources === 0) return [];
  const { stale } = funnel;
  const isOne = stale.unpricedGiB === 0 && stale.unpricedUnsized === 1;
  return [
    ...unprovedInWords(counts).map((text) => sentence(text)),
    // Of several kinds it is told with the kind whose amount it is in.
    ...(kindsOnTheirWay(summary).length > 0
      ? []
      : freedLines(summary).map((text) => sentence(text))),
    ...(!isPriced(stale) && stale.monthlyCostUsdUpTo > 0
      ? [
          sentence(
            `${unpricedInWords(stale)} of the unused ${isOne ? 'has' : 'have'} no known price and ${isOne ? 'is' : 'are'} in no amount.`,
          ),
        ]
      : []),
    ...lastCopiesNote(summary),
  ];
}

function freedLines({ counts, ...summary }: Summary): string[] {
  return freedInWords(counts.frees, wordsIn(summary));
}

function onlyReportedToo(funnel: Funnel): string {
  return hasNoWayOut(funnel) ? ', only reported' : '';
}

function lastCopiesNote(summary: Summary): Line[] {
  const kinds = Object.values(wordsToTell(summary));
  if (!kinds.some(({ copiesOf }) => copiesOf !== undefined)) return [];
  const measured = kinds.some(({ isMeasurable }) => isMeasurable)
    ? ': `orgsweep measure` counts what is freed'
    : '';
  return [sentence(`Last copies keep part of the data${measured}.`)];
}
