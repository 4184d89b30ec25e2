import { hasRecycleBin } from '../../words/recycle-bin-words.ts';
import { wordsToTell } from '../../format/noun.ts';
import type { KindWords } from '../../../core/words/kind-words.ts';
import { extraCharge, extraCost } from '../../words/charges.ts';
import { formatNoun, formatUsdUpTo } from '../../format/money.ts';
import { unreadableDatesInWords } from '../../sections/unreadable-dates.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { oldPricesInWords } from '../../words/price-age.ts';
import { isPriced, unpricedInWords } from '../../words/worth-words.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { isolated } from '../markup/text.ts';
import { part } from './appendix.ts';

const TITLE = 'How cost is estimated';

/** What the figures mean, and what they don't. */
export function notes(summary: Summary): Markup {
  const { counts } = summary;
  const words = wordsToTell(summary);
  const kinds = Object.values(words);
  const of = ({ many }: KindWords) => (kinds.length > 1 ? ` of ${many}` : '');
  const unusedNote = (own: KindWords) =>
    `Unused${kinds.length > 1 ? ` ${own.many}` : ''}: ${unusedIf(own)}, it is old enough, and nothing that was checked uses it`;
  return part(
    'notes',
    TITLE,
    markup`<ul>
      ${
        kinds.length === 1
          ? markup`<li>${kinds.map(unusedNote)}. ${UNKNOWN_NOTE}</li>`
          : [
              kinds.map((own) => markup`<li>${unusedNote(own)}.</li>`),
              markup`<li>${UNKNOWN_NOTE}</li>`,
            ]
      }
      ${kinds.flatMap((own) =>
        own.sharedCost === undefined
          ? []
          : [
              markup`<li>
                Estimate${of(own)}: ${own.sharedCost.counted}${unshared(counts)}.
                ${own.sharedCost.notFreed}
              </li>`,
            ],
      )}
      ${kinds.some(({ sharedCost }) => sharedCost) ? ofOneFinding(kinds) : null}
      ${
        hasRecycleBin(words)
          ? markup`<li>
              What is in the Recycle Bin is billed as before. It counts as saved from the day it
              leaves. A restore by anything but orgsweep is not seen.
            </li>`
          : null
      }
      ${dateNote(summary)} ${priceNote(summary)}
      ${
        isPriced(counts)
          ? null
          : markup`<li>
              Without a known price, and so not in the cost: ${unpricedInWords(counts)}.
            </li>`
      }
      ${minimumNotes(counts)}
      ${Object.entries(counts.extraCharges).map(
        ([charge, extra]) =>
          markup`<li>
            Besides storage: ${extraCharge(charge)} on ${formatNoun(extra.resources, 'resource')},
            unused or not, ${extraCost(charge, extra)}.
          </li>`,
      )}
    </ul>`,
  );
}

const UNKNOWN_NOTE = 'Unknown: a required listing failed. It is never deleted.';

function unusedIf({ unusedIf: words, reasons }: KindWords): string {
  return words ?? Object.values(reasons.STALE ?? {}).join(' or ');
}

function ofOneFinding(kinds: readonly KindWords[]): Markup {
  return markup`<li>
    The cost of a finding is the most that it costs, alone. If others that share its data stay,
    deleting it may free very
    little.${kinds.some(({ isMeasurable }) => isMeasurable) ? markup` <code>orgsweep measure</code> counts what would really be freed.` : null}
  </li>`;
}

/** What AWS bills of a tier even if it is deleted now. */
function minimumNotes({ staleByTier }: Summary['counts']): Content {
  const tiers = Object.entries(staleByTier);
  return [
    tiers.map(([tier, { inMinimum }]) =>
      inMinimum === 0
        ? null
        : markup`<li>
            ${formatNoun(inMinimum, 'unused resource')} in the ${isolated(tier)} tier
            ${inMinimum === 1 ? 'is' : 'are'} billed until the minimum of 90 days is over, even if
            deleted.
          </li>`,
    ),
    tiers.map(([tier, { minimumUnknown = 0 }]) =>
      minimumUnknown === 0
        ? null
        : markup`<li>
            Since when ${formatNoun(minimumUnknown, 'unused resource')}
            ${minimumUnknown === 1 ? 'is' : 'are'} in the ${isolated(tier)} tier is not known. They
            may be billed for a while, even if deleted.
          </li>`,
    ),
  ];
}

function unshared({
  staleMonthlyCostUsdUpTo: shared,
  staleUnsharedMonthlyCostUsdUpTo: of,
}: Summary['counts']): string {
  return of > shared ? `: if nothing were shared, up to ${formatUsdUpTo(of)} a month in all` : '';
}

function dateNote(summary: Summary): Content {
  const words = unreadableDatesInWords(summary);
  return words === undefined ? null : markup`<li>${words}</li>`;
}

function priceNote(summary: Summary): Content {
  const { prices } = summary;
  if (prices === null) return null;
  const { asOf, source, moreSources = 0 } = prices;
  const more = moreSources > 0 ? ` and ${formatNoun(moreSources, 'other source')}` : '';
  const since = more === '' ? '' : ' or later';
  const from = /^https:\/\/[\w.-]+\//.test(source)
    ? markup`<a href="${source}" rel="noopener noreferrer">${source}</a>`
    : source;
  return markup`<li>
    List prices as of ${asOf}${since}, from ${from}${more}. Discounts of your contract are not in
    them. ${oldPricesInWords(summary) ?? null}
  </li>`;
}
