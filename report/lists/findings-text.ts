import type { WordsByKind } from '../../core/words/kind-words.ts';
import type { FindingToTell } from './finding-to-tell.ts';
import { worthInWords } from '../page/findings/worth-in-words.ts';
import type { WorthOfChosen } from '../findings/worth-of-chosen.ts';
import { cutToWidth } from '../format/cut-to-width.ts';
import { columns, oneLine } from '../format/layout.ts';
import { formatCount, formatNoun, sizeInCell } from '../format/money.ts';
import { costInRow } from '../page/findings/cost-in-row.ts';
import { VERDICT_WORDS } from '../page/findings/verdict-words.ts';

/** What is wide comes last: a narrow terminal cuts there. */
const CELLS: Readonly<Record<string, (of: FindingToTell) => string>> = {
  'COST A MONTH': ({ row }) => costInRow(row),
  SIZE: ({ sizeGiB }) => sizeInCell(sizeGiB),
  DAYS: ({ ageDays }) => (ageDays === null ? '?' : formatCount(ageDays)),
  RESOURCE: ({ finding }) => finding.resourceId,
  ACCOUNT: ({ accountId }) => accountId,
  REGION: ({ region }) => region,
  VERDICT: ({ verdict }) => verdict,
  REASONS: ({ reasons }) => reasons.join(' '),
  'WHAT HAPPENS': ({ fate }) => fate.short,
  NAME: ({ row }) => cutToWidth(oneLine(row.name), LONGEST_NAME),
};
const LONGEST_NAME = 40;
const TO_THE_RIGHT = 3;

/**
 * A line for each finding.
 *
 * @param width of the terminal; undefined: nobody knows, so nothing is cut
 */
export function renderFindings(findings: readonly FindingToTell[], width?: number): string {
  const headings = Object.keys(CELLS);
  const rows = findings.map((one) =>
    headings.map((heading) => oneLine(CELLS[heading]?.(one) ?? '')),
  );
  const figures = columns(
    [headings, ...rows].map((row) => row.slice(0, TO_THE_RIGHT)),
    0,
  );
  const words = columns(
    [headings, ...rows].map((row) => row.slice(TO_THE_RIGHT)),
    Infinity,
  );
  const lines = figures.map((line, i) => `${line.slice(2)}${words[i] ?? ''}`);
  const shown = width === undefined ? lines : lines.map((line) => cutToWidth(line, width));
  return `${shown.join('\n')}\n`;
}

/**
 * How many there are, how large they are and what they cost: "4,335 findings: 4,335 unused (up to
 * $87,985 a month, 1.1 PiB of snapshots)". Of what shares data the largest counts.
 */
export function worthLine(worth: readonly WorthOfChosen[], words: WordsByKind): string {
  const count = worth.reduce((sum, { count }) => sum + count, 0);
  if (count === 0) return 'no findings';
  const parts = worth.map((of) => {
    const amount = worthInWords(of, words).join(', ');
    return `${formatCount(of.count)} ${VERDICT_WORDS[of.verdict]} (${amount})`;
  });
  return `${formatNoun(count, 'finding')}: ${parts.join('; ')}`;
}
