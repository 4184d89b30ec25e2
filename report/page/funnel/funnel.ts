import type { Funnel, Stage } from '../../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { capitalized } from '../../format/layout.ts';
import { formatCount } from '../../format/money.ts';
import { countOf, nounsOf, wordsToTell } from '../../format/noun.ts';
import { type Flow, flowsOf, unusedLabel, unusedOfAll } from '../../funnel/flows.ts';
import { uncountedInWords } from '../../words/target-words.ts';
import {
  costInCell,
  isPriced,
  sizeInWords,
  unpricedInWords,
  unprovedInWords,
} from '../../words/worth-words.ts';
import { findingsLink, type FilterToLink } from '../findings/filter-link.ts';
import { barOf } from '../markup/bar.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { section } from '../sections/section.ts';
import { type Row, rowsOf } from './rows.ts';

const TITLE = 'From unused to saved';

/**
 * What there is, what keeps it, what can be had, and what was saved: a bar for each kind, and each of
 * its parts with count, size and money.
 *
 * @param isWaiting for somebody's decision: nothing can be deleted yet
 */
export function funnel(summary: Summary, isWaiting = false): Markup {
  const { funnel: of } = summary;
  const flows = flowsOf(summary, isWaiting);
  const scale = scaleOf(flows);
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
          <th scope="col">Stage <small>(bars: ${scale.words})</small></th>
          <th scope="col" class="figure">${nounsOf(summary)}</th>
          <th scope="col" class="figure">Size</th>
          <th scope="col" class="figure">Cost a month, up to</th>
        </tr>
      </thead>
      ${flows.length > 1 ? markup`<tbody>${sumRow(summary)}</tbody>` : null}
      ${flows.map((flow) => flowToShow(flow, scale))}
    </table>`,
    markup`<p>${besides(summary)}</p>`,
    ...unprovedInWords(summary.counts).map((text) => markup`<p>${text}</p>`),
    markup`<p class="note">
      Each amount is an upper bound.${sharing(summary)} What is held for several reasons is counted under the one that is hardest to lift, and found under each. See <a href="#notes">How cost is estimated</a>.
    </p>`,
  ]);
}

/** What the bars of all kinds are as long as. */
interface Scale {
  readonly words: string;
  readonly of: (stage: Stage) => number;
  /** Of all bars, above 0. */
  readonly longest: number;
}

function scaleOf(flows: readonly Flow[]): Scale {
  const measure = measureOf(flows.map(({ unused }) => unused));
  const lengths = flows.map((flow) =>
    rowsOf(flow).reduce(
      (sum, { color, of, inBar = of }) => sum + (color ? measure.of(inBar) : 0),
      0,
    ),
  );
  return { ...measure, longest: Math.max(...lengths) || 1 };
}

/** Dollars, sizes and numbers are never in one bar. */
function measureOf(stages: readonly Stage[]): Omit<Scale, 'longest'> {
  if (stages.some(({ monthlyCostUsdUpTo: usd }) => usd > 0))
    return { words: 'cost', of: ({ monthlyCostUsdUpTo: usd }) => usd };
  return stages.some(({ sizeGiB }) => sizeGiB > 0)
    ? { words: 'size', of: ({ sizeGiB }) => sizeGiB }
    : { words: 'number', of: ({ resources }) => resources };
}

/** GiB of one kind are none of another. */
function sumRow(summary: Summary): Markup {
  const of = unusedOfAll(summary);
  return markup`<tr class="sum">
    <th scope="row">${unusedLabel(summary)}, all kinds</th>
    <td class="figure">${formatCount(of.resources)}</td>
    <td class="figure"></td>
    <td class="figure">${of.resources === 0 ? '' : costOf(of)}</td>
  </tr>`;
}

function flowToShow(flow: Flow, { of, longest }: Scale): Markup {
  const { kind, name, unused } = flow;
  const rows = rowsOf(flow);
  const inBar = rows.flatMap(({ color, of: stage, inBar = stage }) =>
    color === undefined || of(inBar) === 0 ? [] : [{ share: of(inBar) / longest, color }],
  );
  const title = kind === undefined ? name : linked(name, { kind, verdict: 'STALE' });
  return markup`<tbody>
    ${rowToShow(unused, title, 'kind')}
    ${inBar.length === 0 ? null : markup`<tr class="flow"><td colspan="4">${barOf(inBar)}</td></tr>`}
    ${rows.map((row) => rowToShow(row.of, labelOf(row, kind), row.isReason === true ? 'part' : 'stage'))}
  </tbody> `;
}

function labelOf(row: Row, kind: string | undefined): Content {
  const { label, small, color, next, of, reason } = row;
  const swatch =
    color === undefined
      ? null
      : markup`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2" fill="${`var(--${color})`}"/></svg> `;
  const code = reason === undefined ? null : markup` <code>${reason}</code>`;
  const filter = { ...(kind !== undefined && { kind }), ...(next !== undefined && { next }) };
  const words = next === undefined || of.resources === 0 ? label : linked(label, filter);
  return [swatch, words, code, small === undefined ? null : markup` <small>${small}</small>`];
}

function linked(words: Content, filter: FilterToLink): Markup {
  return markup`<a href="${findingsLink(filter)}">${words}</a>`;
}

function rowToShow(of: Stage, label: Content, as: 'kind' | 'stage' | 'part'): Markup {
  return markup`<tr class="${as}">
    <th scope="row">${label}</th>
    <td class="figure">${formatCount(of.resources)}</td>
    <td class="figure">${of.resources === 0 ? '' : (sizeInWords(of) ?? '')}</td>
    <td class="figure">${of.resources === 0 ? '' : costOf(of)}</td>
  </tr> `;
}

/** Money and what has no price stand one below the other: they are never one sum. */
function costOf(of: Stage): Content {
  const cost = costInCell(of);
  if (isPriced(of) || of.monthlyCostUsdUpTo === 0) return cost;
  return markup`${cost}<br /><small>${unpricedInWords(of)} unpriced</small>`;
}

/** Why the money of several stages is more than there is to be had. */
function sharing(summary: Summary): string {
  const kinds = Object.values(wordsToTell(summary)).filter((of) => of.copiesOf !== undefined);
  const [only] = kinds;
  if (only?.copiesOf === undefined) return '';
  const who = kinds.length > 1 ? 'Some' : `${capitalized(only.many)} of one ${only.copiesOf}`;
  return ` ${who} share data, so amounts do not add up.`;
}

function savedNotKnown({ saved }: Funnel, { pastFailure, clock }: Summary): Content {
  if (saved !== null) return null;
  if (pastFailure === null && clock === null) return null;
  return markup`<p>What was saved by all runs so far is not known. ${pastFailure === null ? 'The clock was wrong.' : markup`See <a href="#change">What changed</a>.`}</p>`;
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
