import { hasNoWayOut, kindsOnTheirWay, ofKind } from '../format/only-reported.ts';
import { capitalized } from '../format/layout.ts';
import { makesInShort } from '../words/step-words.ts';
import type { Funnel, Stage } from '../../core/summary/funnel/funnel.ts';
import { REMOVAL_RESULTS_WORST_FIRST } from '../../core/summary/reconcile-removals.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { hasRemoved } from '../format/has-removed.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { countOf, nounOfKinds, wordsToTell } from '../format/noun.ts';
import { below, type Line, point, type Section, sentence } from '../parts/section.ts';
import { tellingOf, unusedLabel } from '../funnel/flows.ts';
import { stagesLeft, stagesSaved, type ToldStage } from '../funnel/stages.ts';
import { SAVED_LATER, STAGE_LABEL } from '../words/stage-words.ts';
import { uncountedInWords } from '../words/target-words.ts';
import { REMOVAL_WORDS } from '../words/removal-words.ts';
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
  const title = 'FROM UNUSED TO SAVED (upper bounds; do not add them up)';
  const unused =
    counts.verdicts.STALE === 0 ? [] : [point(`${STAGE_LABEL.unused}: ${unusedInWords(summary)}`)];
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
  const unused = `${unusedLabel(summary)}: ${unusedInWords(summary)}${onlyReportedToo(funnel)}`;
  return [
    ...(funnel.stale.resources === 0
      ? []
      : [point(unused), ...stageLinesOf(funnel, summary, most)]),
    ...resultLines(summary),
    ...savedLines(funnel, summary),
  ];
}

/** Where all that is unused stands, but for what was done with it. */
function stageLinesOf(funnel: Funnel, summary: Summary, most: number): Line[] {
  if (hasNoWayOut(funnel)) return [];
  return stagesLeft(funnel, tellingOf(summary)).flatMap((stage) =>
    stageLine(stage, funnel, summary, most),
  );
}

function stageLine(stage: ToldStage, { removed }: Funnel, summary: Summary, most: number): Line[] {
  const { id, label, of } = stage;
  const isDelete = summary.mode === 'delete';
  // What can be deleted is told even where that is nothing.
  if (id === 'removable' && !isDelete)
    return [point(`${label}: ${of.resources === 0 ? 'none' : stageInWords(of, summary)}`)];
  if (of.resources === 0) return [];
  switch (id) {
    case 'onlyReported':
      return [];
    case 'waiting':
      return heldLines(stage, summary, 0);
    case 'needsDecision':
      return heldLines(stage, summary, most);
    case 'inSteps':
      return stepLines(stage, summary);
    case 'removable':
      // All of it was deleted, which the next line says.
      return of.resources === removed.resources ? [] : [figures(label, stageInWords(of, summary))];
    default:
      return [figures(label, stageInWords(of, summary))];
  }
}

/** What is copied first, say, and saves nothing before a later run has deleted it. */
function stepLines({ label, of }: ToldStage, summary: Summary): Line[] {
  const { made, byOutcome } = summary.removals;
  const { areStepsTaken } = tellingOf(summary);
  const isPart = areStepsTaken && byOutcome.STEP_DONE !== of.resources;
  const amount = isPart
    ? `${formatCount(byOutcome.STEP_DONE)} of ${formatCount(of.resources)} planned`
    : stageInWords(of, summary);
  const makes = areStepsTaken ? made : summary.plan?.makes;
  return [
    figures(label, amount, SAVED_LATER),
    ...(makes === undefined ? [] : [below(makesInShort(makes, wordsToTell(summary)))]),
  ];
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

/** What a plan holds back, by reason: most of them where a person has to do something. */
function heldLines({ id, label, of, reasons }: ToldStage, summary: Summary, most: number): Line[] {
  const amount = stageInWords(of, summary);
  const [only, ...more] = reasons;
  if (only !== undefined && more.length === 0) return [figures(`${label} (${only.label})`, amount)];
  if (most === 0 && only !== undefined && id === 'needsDecision') {
    const others = formatNoun(more.length, 'other reason');
    return [figures(`${label} (${only.label}, ${others})`, amount)];
  }
  const others = reasons.slice(most);
  const inOthers = others.reduce((sum, { of: { resources } }) => sum + resources, 0);
  return [
    point(`${label}: ${amount}`),
    ...reasons
      .slice(0, most)
      .map((held) => below(`${held.label}: ${stageInWords(held.of, summary)}`)),
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
    ...(toDelete === 0 ? [] : [point(`${STAGE_LABEL.removed}: ${deleted}`)]),
    ...(others.length === 0
      ? []
      : [
          (toDelete === 0 ? point : below)(
            `not ${toDelete === removals.planned ? 'deleted' : 'done'}: ${others.join(', ')}`,
          ),
        ]),
  ];
}

/** What is still billed shows that nothing is saved yet. */
function savedLines(funnel: Funnel, summary: Summary): Line[] {
  const stages = stagesSaved(funnel, summary.finishedAt);
  if (stages.every(({ of }) => of.resources === 0)) return [];
  return stages.flatMap(({ id, label, of }) => {
    if (id === 'saved')
      return [point(`${label}: ${of.resources === 0 ? 'nothing yet' : stageInWords(of, summary)}`)];
    return of.resources === 0 ? [] : [figures(label, stageInWords(of, summary))];
  });
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
            `${unpricedInWords(stale)} of the unused ${isOne ? 'has' : 'have'} no known price: not in the amounts.`,
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
  return [sentence(`Copies that stay keep shared data${measured}.`)];
}
