import { compare } from '../../../core/model/order.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { formatCount, formatNoun, formatSize, formatUsdUpTo } from '../../format/money.ts';
import { extraCharge, extraCostInShort } from '../../words/charges.ts';
import type { Chart } from '../markup/chart.ts';
import { markup } from '../markup/markup.ts';
import { tableOf } from '../markup/table.ts';
import { isolated } from '../markup/text.ts';

const SHOWN = 12;

/** How unused resources are stored, where it isn't all in one way; null: it is. */
export function tiers({ counts }: Summary): Chart | null {
  const all = Object.entries(counts.staleByTier)
    .filter(([, { stale }]) => stale > 0)
    .toSorted(([a, ofA], [b, ofB]) => ofB.sizeGiB - ofA.sizeGiB || compare(a, b))
    .slice(0, SHOWN);
  const inMinimum = all.reduce((sum, [, tier]) => sum + tier.inMinimum, 0);
  if (all.length < 2 && inMinimum === 0) return null;
  const minimum =
    inMinimum === 0
      ? null
      : ` ${formatNoun(inMinimum, 'resource is', 'resources are')} in a minimum storage period: AWS bills the rest of it, even if deleted.`;
  return {
    ...{ id: 'tiers', title: 'Storage tiers of what is unused', description: null },
    body: markup`<p>
      ${all.map(([tier, of], i) => markup`${i === 0 ? '' : ', '}${isolated(tier)}: ${amountOf(of)}`)}.${minimum}
    </p>`,
    isAside: true,
  };
}

function amountOf(of: Summary['counts']['staleByTier'][string]): string {
  const { stale, sizeGiB, monthlyCostUsdUpTo: usd } = of;
  const cost = usd > 0 ? `, up to ${formatUsdUpTo(usd)} a month` : '';
  return `${formatCount(stale)} unused (${formatSize(sizeGiB)}${cost})`;
}

/** Charges besides storage, of all resources that were seen; null: there are none. */
export function extraCharges({ counts }: Summary): Chart | null {
  const charges = Object.entries(counts.extraCharges)
    .filter(([, { units }]) => units > 0)
    .toSorted(
      ([a, ofA], [b, ofB]) =>
        ofB.monthlyCostUsdUpTo - ofA.monthlyCostUsdUpTo || ofB.units - ofA.units || compare(a, b),
    )
    .slice(0, SHOWN);
  if (charges.length === 0) return null;
  const title = 'Charges besides storage';
  return {
    ...{ id: 'extra-charges', title },
    description: 'What is charged for resources besides their storage, unused or not.',
    body: tableOf(
      title,
      [
        { title: 'charge', cell: ([charge]) => isolated(extraCharge(charge)) },
        { title: 'resources', cell: ([, of]) => formatCount(of.resources), as: 'figure' },
        { title: 'charged', cell: ([, of]) => extraCostInShort(of) },
      ],
      charges,
    ),
    isAside: true,
  };
}
