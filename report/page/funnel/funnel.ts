import type { Funnel, Stage } from '../../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { worthOfStale } from '../../../core/summary/worth.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import { capitalized } from '../../format/layout.ts';
import { formatCount } from '../../format/money.ts';
import { countOf, nounOfKinds, nounsOf, wordsToTell } from '../../format/noun.ts';
import { kindsOnTheirWay, ofKind } from '../../format/only-reported.ts';
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
import { type Row, rowsOf, unusedLabel } from './rows.ts';

const TITLE = 'From unused to saved';

/** What is unused of one kind, or of all where nobody tells of which, and its way out. */
interface Flow {
  readonly name: Content;
  readonly kind?: string;
  readonly rows: readonly [Row, ...Row[]];
}

/**
 * What there is, what keeps it, what can be had, and what was saved: a bar for each kind, and each of
 * its parts with count, size and money.
 *
 * @param isWaiting for somebody's decision: nothing can be deleted yet
 */
export function funnel(summary: Summary, isWaiting = false): Markup {
  const { funnel: of } = summary;
  const flows = flowsOf(summary, isWaiting);
  const measure = measureOf(flows);
  const longest = Math.max(0, ...flows.map((flow) => lengthOf(flow, measure)));
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
          <th scope="col">Stage <small>bars: ${measure.words}</small></th>
          <th scope="col" class="figure">${nounsOf(summary)}</th>
          <th scope="col" class="figure">Size</th>
          <th scope="col" class="figure">Cost a month, up to</th>
        </tr>
      </thead>
      ${flows.length > 1 && of !== null ? markup`<tbody>${sumRow(summary)}</tbody>` : null}
      ${flows.map((flow) => flowToShow(flow, (row) => (longest === 0 ? 0 : measure.of(row.of) / longest)))}
    </table>`,
    markup`<p>${besides(summary)}</p>`,
    ...unprovedInWords(summary.counts).map((text) => markup`<p>${text}</p>`),
    markup`<p class="note">
      Each amount is an upper bound of its own.${sharing(summary)} What is held for two reasons is
      found under both. See <a href="#notes">How cost is estimated</a>.
    </p>`,
  ]);
}

/** Of several kinds each its own. */
function flowsOf(summary: Summary, isWaiting: boolean): Flow[] {
  const { funnel: of, counts } = summary;
  if (of === null) {
    const stale = { resources: counts.verdicts.STALE, ...worthOfStale(counts) };
    return [{ name: 'Unused', rows: [{ label: 'Unused', of: stale, color: 'c-stale' }] }];
  }
  const kinds = kindsOnTheirWay(summary);
  if (kinds.length === 0) {
    const rows = rowsOf(of, summary, isWaiting);
    return [{ name: rows[0].label, rows }];
  }
  return kinds.flatMap((kind) => {
    const own = ofKind(summary, kind);
    const name = capitalized(nounOfKinds([kind], wordsIn(summary)).many);
    return own.funnel === null
      ? []
      : [{ name, kind, rows: rowsOf(own.funnel, own, isWaiting) } satisfies Flow];
  });
}

interface Measure {
  readonly words: string;
  readonly of: (stage: Stage) => number;
}

/** Dollars, sizes and numbers are never in one bar. */
function measureOf(flows: readonly Flow[]): Measure {
  const stages = flows.flatMap(({ rows }) => rows.map(({ of }) => of));
  if (stages.some(({ monthlyCostUsdUpTo: usd }) => usd > 0))
    return { words: 'cost', of: ({ monthlyCostUsdUpTo: usd }) => usd };
  return stages.some(({ sizeGiB }) => sizeGiB > 0)
    ? { words: 'size', of: ({ sizeGiB }) => sizeGiB }
    : { words: 'number', of: ({ resources }) => resources };
}

function lengthOf({ rows }: Flow, measure: Measure): number {
  return rows.reduce((sum, row) => sum + (row.color === undefined ? 0 : measure.of(row.of)), 0);
}

/** GiB of one kind are none of another. */
function sumRow(summary: Summary): Markup {
  const stale = { resources: summary.counts.verdicts.STALE, ...worthOfStale(summary.counts) };
  const { label, of } = { label: unusedLabel(summary), of: summary.funnel?.stale ?? stale };
  return markup`<tr class="sum">
    <th scope="row">${label}, all kinds</th>
    <td class="figure">${formatCount(of.resources)}</td>
    <td class="figure"></td>
    <td class="figure">${of.resources === 0 ? '' : costOf(of)}</td>
  </tr>`;
}

function flowToShow({ name, kind, rows: [unused, ...stages] }: Flow, share: (row: Row) => number) {
  const inBar = [unused, ...stages].flatMap((row) =>
    row.color === undefined || share(row) === 0 ? [] : [{ share: share(row), color: row.color }],
  );
  const title = kind === undefined ? name : linked(name, { kind, verdict: 'STALE' });
  return markup`<tbody>
    ${rowToShow(unused, title, 'kind')}
    ${inBar.length === 0 ? null : markup`<tr class="flow"><td colspan="4">${barOf(inBar)}</td></tr>`}
    ${stages.map((row) => rowToShow(row, labelOf(row, kind), row.reason !== undefined && row.color === undefined ? 'part' : 'stage'))}
  </tbody> `;
}

function labelOf({ label, color, next, of, reason }: Row, kind: string | undefined): Content {
  const swatch =
    color === undefined
      ? null
      : markup`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2" fill="${`var(--${color})`}"/></svg> `;
  const code = reason === undefined ? null : markup` <code>${reason}</code>`;
  const filter = { ...(kind !== undefined && { kind }), ...(next !== undefined && { next }) };
  const words = next === undefined || of.resources === 0 ? label : linked(label, filter);
  return [swatch, words, code];
}

function linked(words: Content, filter: FilterToLink): Markup {
  return markup`<a href="${findingsLink(filter)}">${words}</a>`;
}

function rowToShow({ of }: Row, label: Content, as: 'kind' | 'stage' | 'part'): Markup {
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
  return markup`${cost}<br /><small>${unpricedInWords(of)} without a price</small>`;
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
