import { formatGiB, formatNoun, formatUsdUpTo } from '../../core/report/money.ts';
import type { Summary } from '../../core/summary.ts';
import { type Content, markup, type Markup } from '../markup.ts';
import { section } from './section.ts';

/** What the figures mean, and what they don't. */
export function notes(summary: Summary): Markup {
  const { counts, prices } = summary;
  const inMinimum = Object.entries(counts.staleByTier).filter(([, { inMinimum: of }]) => of > 0);
  const extras = Object.entries(counts.extraCharges);
  return section(
    'notes',
    'How to read the figures',
    markup`<ul>
      <li>
        Stale: its volume no longer exists or is attached to nothing, it is old enough, and nothing
        that was looked at needs it. Unknown: something that could need it could not be seen to the
        end; it is never removed.
      </li>
      <li>
        Sizes and costs of many are counted by lineage: of snapshots that share data the largest,
        once. What was rewritten between two of them comes on top. The figures of a single finding
        are what it costs at most, alone.
      </li>
      <li>
        Costs are upper bounds: where others that share data stay, removing one may free next to
        nothing.
      </li>
      ${priceNote(prices)}
      ${
        counts.unpricedGiB > 0
          ? markup`<li>
              Without a known price, and so not in the costs: ${formatGiB(counts.unpricedGiB)}.
            </li>`
          : null
      }
      ${inMinimum.map(
        ([tier, { inMinimum: of }]) =>
          markup`<li>
            Of what is stored as ${tier}, ${formatNoun(of, 'stale resource')}
            ${of === 1 ? 'is' : 'are'} billed for a while yet, even if deleted now: AWS charges the
            archive for a minimum of 90 days.
          </li>`,
      )}
      ${extras.map(
        ([charge, { resources, units, monthlyCostUsdUpTo, unpricedUnits }]) =>
          markup`<li>
            Besides storage: ${charge} on ${formatNoun(resources, 'resource')}, charged
            ${formatNoun(units, 'time')},
            ${unpricedUnits === units ? 'without a known price' : `up to ${formatUsdUpTo(monthlyCostUsdUpTo)} a month`},
            whether stale or not.
          </li>`,
      )}
    </ul>`,
  );
}

function priceNote(prices: Summary['prices']): Content {
  if (prices === null) return null;
  const { asOf, source } = prices;
  const from = /^https:\/\/[\w.-]+\//.test(source)
    ? markup`<a href="${source}" rel="noopener noreferrer">${source}</a>`
    : source;
  return markup`<li>
    Prices are list prices as of ${asOf}, from ${from}; discounts of your contract are not in them.
  </li>`;
}
