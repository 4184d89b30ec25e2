import type { Summary } from '../summary.ts';
import { cut } from './layout.ts';
import { formatAmount, formatCount, formatNoun, formatUsdUpTo } from './money.ts';
import { countOf } from './noun.ts';
import { type Line, sentence } from './section.ts';

type Counts = Summary['counts'];
type Extra = Counts['extraCharges'][string];

/** What a charge is called, what it is due for, and the reason of the findings that have it. */
const EXTRA_WORDS: Readonly<Record<string, { name: string; unit: string; reason: string }>> = {
  'fast-restore': { name: 'fast restore', unit: 'zone', reason: 'FAST_RESTORE_ENABLED' },
};

/** How the figures of the message's head were counted, and what isn't in them. */
export function chargeLines(summary: Summary): Line[] {
  const { counts } = summary;
  if (counts.verdicts.STALE === 0) return extraLines(summary);
  return [
    ...countingLines(counts),
    ...tierLines(summary),
    ...priceLines(summary),
    ...extraLines(summary),
  ];
}

function countingLines(counts: Counts): Line[] {
  const { staleMonthlyCostUsdUpTo: shared, staleUnsharedMonthlyCostUsdUpTo: unshared } = counts;
  if (shared === 0 && counts.staleGiB > 0 && counts.unpricedGiB > 0) return [];
  const most =
    unshared > shared ? ` (in all at most ${formatUsdUpTo(unshared)}, if they shared nothing)` : '';
  return [
    sentence(
      `"Up to": each volume's data is counted once, as its largest stale snapshot has it; what was rewritten between two of them comes on top${most}, and part of it may stay, shared with what is kept.`,
    ),
  ];
}

function tierLines(summary: Summary): Line[] {
  const tiers = Object.entries(summary.counts.staleByTier);
  const [only] = tiers;
  if (only === undefined || (tiers.length === 1 && only[0] === 'standard')) return [];
  const told = tiers.map(([tier, of]) => {
    const amount = formatAmount({ ...of, usdUpTo: of.monthlyCostUsdUpTo });
    return `${cut(tier, 30)}: ${formatCount(of.stale)}, ${amount}`;
  });
  const minimum = tiers.flatMap(([tier, { stale, inMinimum }]) =>
    inMinimum === 0
      ? []
      : [
          sentence(
            `${formatCount(inMinimum)} of the ${countOf(stale, summary)} in the ${cut(tier, 30)} tier are billed until the tier's minimum storage time is over, even if deleted now.`,
          ),
        ],
  );
  const unknown = tiers.flatMap(([tier, { minimumUnknown = 0 }]) =>
    minimumUnknown === 0
      ? []
      : [
          sentence(
            `Of ${formatCount(minimumUnknown)} in the ${cut(tier, 30)} tier nobody knows since when they are there: they may be billed for a while even if deleted now.`,
          ),
        ],
  );
  return [sentence(`By storage tier: ${told.join('; ')}.`), ...minimum, ...unknown];
}

function priceLines({ counts, prices }: Summary): Line[] {
  if (prices === null || counts.staleMonthlyCostUsdUpTo === 0) return [];
  const besides = counts.unpricedGiB > 0 ? '; what has none there is not in the cost' : '';
  const source = cut(withoutScheme(prices.source), 120);
  const { moreSources = 0 } = prices;
  const more = moreSources > 0 ? ` and ${formatNoun(moreSources, 'other source')}` : '';
  const since = more === '' ? '' : ' or later';
  return [sentence(`Prices of ${prices.asOf}${since}, from ${source}${more}${besides}.`)];
}

function extraLines(summary: Summary): Line[] {
  return Object.entries(summary.counts.extraCharges)
    .filter(([, { resources }]) => resources > 0)
    .map(([charge, extra]) =>
      sentence(`Not in these figures: ${extraInWords(charge, extra, summary)}.`),
    );
}

export function extraCharge(charge: string): string {
  return EXTRA_WORDS[charge]?.name ?? cut(charge, 40);
}

export function reasonOfExtra(charge: string): string | undefined {
  return EXTRA_WORDS[charge]?.reason;
}

function extraInWords(charge: string, extra: Extra, summary: Summary): string {
  const { resources } = extra;
  const kept = resources === 1 ? 'it is kept' : 'they are kept';
  return `${extraCharge(charge)} is on for ${countOf(resources, summary)} ${extraCost(charge, extra)}; ${kept}`;
}

/** In 84 zones: 24 of them up to $13,392.00 a month, 60 without a known price. */
export function extraCost(charge: string, extra: Extra): string {
  const { monthlyCostUsdUpTo: usd, unpricedUnits, units } = extra;
  const where = `in ${formatNoun(units, EXTRA_WORDS[charge]?.unit ?? 'unit')}`;
  if (unpricedUnits === units) return `${where} without a known price`;
  const cost = `up to ${formatUsdUpTo(usd)} a month`;
  if (unpricedUnits === 0) return `${where}, ${cost}`;
  const [priced, unpriced] = [units - unpricedUnits, unpricedUnits].map(formatCount);
  return `${where}: ${cost} for ${priced}, and ${unpriced} without a known price`;
}

/** A link of ours is a link all the same. Of a file on GitHub the page has all of it. */
function withoutScheme(source: string): string {
  return source
    .replace(/^https?:\/\//, '')
    .replace(/^(github\.com\/[^/]+\/[^/]+)\/blob\/.*$/, '$1')
    .replace(/\/$/, '');
}
