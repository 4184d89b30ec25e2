import type { Stage } from '../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { formatCount } from '../format/money.ts';
import { type Flow, flowsOf, unusedLabel, unusedOfAll } from '../funnel/flows.ts';
import { costInCell, isPriced, sizeInWords, unpricedInWords } from '../words/worth-words.ts';

type Cells = readonly [label: string, count: string, size: string, cost: string];

/** From what is unused to what is saved, as the message tells it, in cells of a table. */
export function funnelRows(summary: Summary): Cells[] {
  const flows = flowsOf(summary);
  const rows = flows.flatMap(rowsOf);
  if (flows.length < 2) return rows;
  // GiB of one kind are none of another.
  return [withoutSize(cellsOf(unusedLabel(summary), unusedOfAll(summary))), ...rows];
}

function rowsOf({ kind, name, unused, stages }: Flow): Cells[] {
  const labelOf = (label: string) =>
    kind === undefined ? label : `${name}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
  return [
    cellsOf(name, unused),
    ...stages.map(({ label, of }): Cells => cellsOf(labelOf(label), of)),
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
