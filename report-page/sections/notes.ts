import { extraCharge, extraCost } from '../../core/report/charges.ts';
import { formatSize, formatNoun, formatUsdUpTo } from '../../core/report/money.ts';
import { unreadableDatesInWords } from '../../core/report/unreadable-dates-words.ts';
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
        Sizes and costs of many: each volume's data is counted once, at its largest stale snapshot.
        What was rewritten in between comes on top${unshared(counts)}.
      </li>
      <li>
        The figures of a single finding are what it costs at most, alone. Where others that share
        its data stay, removing it may free next to nothing.
      </li>
      ${dateNote(summary)}
      ${priceNote(prices)}
      ${
        counts.unpricedGiB > 0
          ? markup`<li>
              Without a known price, and so not in the costs: ${formatSize(counts.unpricedGiB)}.
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
        ([charge, extra]) =>
          markup`<li>
            Besides storage: ${extraCharge(charge)} on ${formatNoun(extra.resources, 'resource')},
            whether stale or not, ${extraCost(charge, extra)}.
          </li>`,
      )}
    </ul>`,
  );
}

function unshared({
  staleMonthlyCostUsdUpTo: shared,
  staleUnsharedMonthlyCostUsdUpTo: of,
}: Summary['counts']): string {
  return of > shared
    ? `: all together cost at most ${formatUsdUpTo(of)} a month, if nothing were shared`
    : '';
}

function dateNote(summary: Summary): Content {
  const words = unreadableDatesInWords(summary);
  return words === undefined ? null : markup`<li>${words}</li>`;
}

function priceNote(prices: Summary['prices']): Content {
  if (prices === null) return null;
  const { asOf, source, moreSources = 0 } = prices;
  const more = moreSources > 0 ? ` and ${formatNoun(moreSources, 'other source')}` : '';
  const since = more === '' ? '' : ' or later';
  const from = /^https:\/\/[\w.-]+\//.test(source)
    ? markup`<a href="${source}" rel="noopener noreferrer">${source}</a>`
    : source;
  return markup`<li>
    Prices are list prices as of ${asOf}${since}, from ${from}${more}; discounts of your contract are
    not in them.
  </li>`;
}
