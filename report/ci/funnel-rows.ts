import type { Funnel, Stage } from '../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { worthOfStale } from '../../core/summary/worth.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { hasRemoved } from '../format/has-removed.ts';
import { capitalized } from '../format/layout.ts';
import { formatCount } from '../format/money.ts';
import { nounOfKinds, wordsToTell } from '../format/noun.ts';
import { hasNoWayOut, kindsOnTheirWay, ofKind } from '../format/only-reported.ts';
import { dayFrom, graceLabel, STAGE_LABEL } from '../words/stage-words.ts';
import { stepWordsOf } from '../words/step-words.ts';
import { costInCell, isPriced, sizeInWords, unpricedInWords } from '../words/worth-words.ts';

type Cells = readonly [label: string, count: string, size: string, cost: string];

/** From what is unused to what is saved, as the message tells it, in cells of a table. */
export function funnelRows(summary: Summary): Cells[] {
  const { funnel, counts } = summary;
  const all = { resources: counts.verdicts.STALE, ...worthOfStale(counts) };
  const label = hasRemoved(summary) ? 'Unused when scanned' : 'Unused';
  const kinds = kindsOnTheirWay(summary);
  if (funnel === null) return [cellsOf(label, all)];
  if (kinds.length === 0) return [cellsOf(label, all), ...stageRows(funnel, summary, '')];
  const ofKinds = kinds.flatMap((kind) => {
    const own = ofKind(summary, kind);
    const name = capitalized(nounOfKinds([kind], wordsIn(summary)).many);
    if (own.funnel === null) return [];
    return [cellsOf(name, own.funnel.stale), ...stageRows(own.funnel, own, `${name}: `)];
  });
  // GiB of one kind are none of another.
  return [withoutSize(cellsOf(label, all)), ...ofKinds];
}

function stageRows(funnel: Funnel, summary: Summary, before: string): Cells[] {
  const { inGrace, waiting, needsDecision, inSteps, removable, removed, saved } = funnel;
  const { finishedAt, mode } = summary;
  const row = (label: string, of: Stage | undefined) =>
    of === undefined || of.resources === 0
      ? []
      : [
          cellsOf(
            before === '' ? label : `${before}${label.charAt(0).toLowerCase()}${label.slice(1)}`,
            of,
          ),
        ];
  const isDelete = mode === 'delete';
  const { verb } = stepWordsOf(wordsToTell(summary));
  const left = hasNoWayOut(funnel)
    ? []
    : [
        ...row(graceLabel(inGrace, finishedAt), inGrace),
        ...row(STAGE_LABEL.waiting, waiting),
        ...row(STAGE_LABEL.needsDecision, needsDecision),
        ...row(`To ${verb} first`, inSteps),
        ...row(isDelete ? STAGE_LABEL.planned : 'Deletable now', removable),
      ];
  const since = saved?.since ? ` since ${dayFrom(finishedAt, saved.since)}` : '';
  return [
    ...left,
    ...(isDelete ? row('Deleted', removed) : []),
    ...row('In the Recycle Bin and billed', saved?.inRecycleBin),
    ...row(`Saved by all runs${since}`, saved?.gone),
  ];
}

function cellsOf(label: string, of: Stage): Cells {
  if (of.resources === 0) return [label, '0', '', ''];
  const unpriced =
    isPriced(of) || of.monthlyCostUsdUpTo === 0 ? '' : ` and ${unpricedInWords(of)} unpriced`;
  return [label, formatCount(of.resources), sizeInWords(of) ?? '', `${costInCell(of)}${unpriced}`];
}

function withoutSize([label, count, , cost]: Cells): Cells {
  return [label, count, '', cost];
}
