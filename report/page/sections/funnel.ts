import { wordsIn } from '../../../core/words/words-in.ts';
import { isAllOnlyReported } from '../../sections/by-kind.ts';
import { hasNoWayOut, kindsOnTheirWay, ofKind } from '../../format/only-reported.ts';
import { stepWordsOf } from '../../words/step-words.ts';
import { capitalized } from '../../format/layout.ts';
import type { WordsByKind } from '../../../core/words/kind-words.ts';
import { type Funnel, type Stage } from '../../../core/summary/funnel/funnel.ts';
import type { HoldReason } from '../../../core/model/hold-reason.ts';
import { day } from '../../format/dates.ts';
import { hasRemoved } from '../../format/has-removed.ts';
import { formatCount } from '../../format/money.ts';
import { countOf, nounOfKinds, nounsOf, wordsToTell } from '../../format/noun.ts';
import { graceLabel, STAGE_LABEL } from '../../words/stage-words.ts';
import { uncountedInWords } from '../../words/target-words.ts';
import { holdWords } from '../../words/hold-words.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { bar } from '../markup/bar.ts';
import type { ColorName } from '../markup/palette.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { section } from './section.ts';
import { mostWorthFirst } from '../../../core/model/amount.ts';
import { worthOfStale } from '../../../core/summary/worth.ts';
import {
  costInCell,
  freedInWords,
  isPriced,
  sizeInWords,
  unpricedInWords,
  unprovedInWords,
} from '../../words/worth-words.ts';

const TITLE = 'From unused to saved';

interface Row {
  readonly label: Content;
  readonly of: Stage;
  readonly color: ColorName;
  /** One of the reasons of the row above it, or a stage of its kind. */
  readonly isPart?: boolean;
  /** What is unused of one kind, of several. */
  readonly isKind?: boolean;
  /** Of several kinds: GiB of one are none of another. */
  readonly isSum?: boolean;
}

/**
 * What there is, what keeps it, what can be had, and what was saved: each with size and money.
 *
 * @param isWaiting for somebody's decision: nothing can be deleted yet
 */
export function funnel(summary: Summary, isWaiting = false): Markup {
  const { funnel: of, counts } = summary;
  const rows = of === null ? unusedOnly(counts) : rowsOfAll(of, summary, isWaiting);
  const isAllPriced = rows.some(({ isSum }) => isSum) || rows.every((row) => isPriced(row.of));
  const valueOf = ({ sizeGiB, monthlyCostUsdUpTo }: Stage) =>
    isAllPriced ? monthlyCostUsdUpTo : sizeGiB;
  const most = Math.max(0, ...rows.map((row) => valueOf(row.of)));
  return section('funnel', TITLE, [
    of === null
      ? markup`<p>There is no plan, so what can be deleted is not known.</p>`
      : savedNotKnown(of, summary),
    markup`<table class="funnel">
      <caption class="unseen">
        ${TITLE}
      </caption>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col" class="figure">${nounsOf(summary)}</th>
          <th scope="col" class="figure">Size</th>
          <th scope="col" class="figure">Cost a month, up to</th>
          <td class="bars">${isAllPriced ? 'bars: cost' : 'bars: size'}</td>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowToShow(row, most === 0 ? 0 : valueOf(row.of) / most))}
      </tbody>
    </table>`,
    markup`<p>${besides(summary)}</p>`,
    ...unprovedInWords(summary.counts).map((text) => markup`<p>${text}</p>`),
    markup`<p class="note">
      Each amount is an upper bound of its own.${sharing(summary)} See <a href="#notes">How cost is estimated</a>.
    </p>`,
  ]);
}

/** Why the money of several stages is more than there is to be had. */
function sharing(summary: Summary): string {
  const kinds = Object.values(wordsToTell(summary)).filter((of) => of.copiesOf !== undefined);
  const [only] = kinds;
  if (only?.copiesOf === undefined) return '';
  const who = kinds.length > 1 ? 'Some' : `${capitalized(only.many)} of one ${only.copiesOf}`;
  return ` ${who} share data, so amounts do not add up.`;
}

function rowToShow(row: Row, share: number): Markup {
  const { label, of, color, isPart = false, isKind = false, isSum = false } = row;
  return markup`<tr class="${isPart ? 'part' : isKind ? 'kind' : ''}">
    <th scope="row">${label}</th>
    <td class="figure">${formatCount(of.resources)}</td>
    <td class="figure">${of.resources === 0 || isSum ? '' : (sizeInWords(of) ?? '')}</td>
    <td class="figure">${of.resources === 0 ? '' : costOf(of)}</td>
    <td class="bars">${share > 0 ? bar(share, color) : ''}</td>
  </tr> `;
}

/** Money and what has no price stand one below the other: they are never one sum. */
function costOf(of: Stage): Content {
  const cost = costInCell(of);
  if (isPriced(of) || of.monthlyCostUsdUpTo === 0) return cost;
  return markup`${cost}<br /><small>${unpricedInWords(of)} without a price</small>`;
}

/** Of several kinds what is unused in all, and then each kind's own way. */
function rowsOfAll(of: Funnel, summary: Summary, isWaiting: boolean): Row[] {
  const kinds = kindsOnTheirWay(summary);
  if (kinds.length === 0) return rowsOf(of, summary, isWaiting);
  const [all] = rowsOf(of, summary, isWaiting);
  const ofKinds = kinds.flatMap((kind) => {
    const own = ofKind(summary, kind);
    const [unused, ...stages] = own.funnel === null ? [] : rowsOf(own.funnel, own, isWaiting);
    if (unused === undefined) return [];
    const name = capitalized(nounOfKinds([kind], wordsIn(summary)).many);
    return [{ ...unused, label: markup`${name} <code>${kind}</code>`, isKind: true }, ...stages];
  });
  return [...(all === undefined ? [] : [{ ...all, isSum: true }]), ...ofKinds];
}

function rowsOf(of: Funnel, summary: Summary, isWaiting: boolean): Row[] {
  const { stale, inGrace, waiting, needsDecision, inSteps, removable, removed } = of;
  const words = wordsToTell(summary);
  const isDelete = summary.mode === 'delete';
  const unused: Row = {
    label: hasRemoved(summary) ? 'Unused when scanned' : 'Unused',
    ...{ of: stale, color: 'c-stale' },
  };
  const freed = freedInWords(summary.counts.frees, wordsIn(summary));
  const reported = ['Only reported.', ...freed].join(' ');
  if (hasNoWayOut(of)) return [unused, { label: reported, of: stale, color: 'c-kept' }];
  if (isAllOnlyReported(summary)) return [unused];
  return [
    unused,
    ...ifAny({ label: graceLabel(inGrace, summary.finishedAt), of: inGrace, color: 'c-accepted' }),
    ...ifAny({ label: STAGE_LABEL.waiting, of: waiting, color: 'c-accepted' }),
    ...reasonRows(waiting, 'c-accepted', words),
    ...ifAny({ label: STAGE_LABEL.needsDecision, of: needsDecision, color: 'c-kept' }),
    ...reasonRows(needsDecision, 'c-kept', words),
    ...stepRows(inSteps, summary, isDelete && !isWaiting),
    {
      label: isDelete ? STAGE_LABEL.planned : 'Deletable now',
      ...{ of: removable, color: 'c-stale' },
    },
    ...(isDelete && !isWaiting
      ? [{ label: 'Deleted', of: removed, color: 'c-removed' } as const]
      : []),
    ...savedRows(of),
  ];
}

function ifAny(row: Row): Row[] {
  return row.of.resources === 0 ? [] : [row];
}

/** What is copied first, say, and saves nothing before a later run has deleted it. */
function stepRows(inSteps: Stage | undefined, summary: Summary, isDone: boolean): Row[] {
  if (inSteps === undefined) return [];
  const { verb, done } = stepWordsOf(wordsToTell(summary));
  const { STEP_DONE } = summary.removals.byOutcome;
  const what = isDone
    ? `${capitalized(done)} first, ${formatCount(STEP_DONE)} by now`
    : `To ${verb} first`;
  return [
    { label: `${what} (saved once a later run deletes them)`, of: inSteps, color: 'c-accepted' },
  ];
}

/** What is worth most first. */
function reasonRows(
  { byReason }: Funnel['needsDecision'],
  color: ColorName,
  words: WordsByKind,
): Row[] {
  const entries = Object.entries(byReason) as [HoldReason, Stage][];
  return entries
    .toSorted(([, a], [, b]) => mostWorthFirst(a, b) || b.resources - a.resources)
    .map(([reason, stage]) => ({
      label: markup`${holdWords(reason, words).listed} <code>${reason}</code>`,
      ...{ of: stage, color, isPart: true },
    }));
}

function savedRows({ saved }: Funnel): Row[] {
  if (saved === null) return [];
  const { since, gone, inRecycleBin: bin } = saved;
  const from = since === null ? 'so far' : `since ${day(since)}`;
  const until = bin.lastUntil === null ? '' : ` until ${day(bin.lastUntil)}`;
  return [
    { label: `Saved by all runs ${from}`, of: gone, color: 'c-complete' },
    ...ifAny({
      label: `Deleted, in the Recycle Bin, and still billed${until}`,
      ...{ of: bin, color: 'c-removed' },
    }),
  ];
}

function savedNotKnown({ saved }: Funnel, { pastFailure, clock }: Summary): Content {
  if (saved !== null) return null;
  if (pastFailure === null && clock === null) return null;
  return markup`<p>What was saved by all runs so far is not known. ${pastFailure === null ? 'The clock was wrong.' : 'See Change.'}</p>`;
}

/** Of how many, and what is in none of the stages. */
function besides(summary: Summary): Content {
  const { counts, coverage } = summary;
  const { KEEP, UNKNOWN } = counts.verdicts;
  const uncounted = uncountedInWords(coverage);
  return [
    `Scanned: ${countOf(counts.resources, summary)}. In use or protected: ${formatCount(KEEP)}.`,
    ...(UNKNOWN === 0 ? [] : [` Unknown, and so kept: ${formatCount(UNKNOWN)}.`]),
    ...(uncounted === '' ? [] : [` ${uncounted}: what is there is not known.`]),
  ];
}

function unusedOnly(counts: Summary['counts']): Row[] {
  const of = { resources: counts.verdicts.STALE, ...worthOfStale(counts) };
  return [{ label: 'Unused', of, color: 'c-stale' }];
}
