import { extraCharge, extraCostInShort } from '../../../words/charges.ts';
import { formatCount, formatSize, formatNoun, formatUsdUpTo } from '../../../format/money.ts';
import { compare } from '../../../../core/model/order.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import type { Chart } from '../../markup/chart.ts';
import { draw } from '../drawing/draw.ts';
import { wellFormed } from '../drawing/label.ts';
import { rankedBars } from './ranked-bars.ts';
import { costInCell } from '../../../words/worth-words.ts';

const SHOWN = 12;
/** Room for a sentence behind a bar. */
const CHARGES_WIDTH_PX = 760;

/** How stale resources are stored, where it isn't all in one way; null: it is. */
export async function tiersChart({ counts }: Summary): Promise<Chart | null> {
  const tiers = Object.entries(counts.staleByTier)
    .filter(([, { stale }]) => stale > 0)
    .toSorted(([a, ofA], [b, ofB]) => ofB.sizeGiB - ofA.sizeGiB || compare(a, b))
    .slice(0, SHOWN);
  const inMinimum = tiers.reduce((sum, [, tier]) => sum + tier.inMinimum, 0);
  if (tiers.length < 2 && inMinimum === 0) return null;
  const title = 'Storage tiers of what is unused';
  const description =
    inMinimum === 0
      ? 'How AWS stores what is unused, and bills it.'
      : `${formatNoun(inMinimum, 'resource is', 'resources are')} in a minimum storage period: AWS bills the rest of it, even if deleted.`;
  const bars = tiers.map(([tier, { sizeGiB, monthlyCostUsdUpTo }]) => ({
    label: wellFormed(tier),
    value: sizeGiB,
    text: `${formatSize(sizeGiB)}${monthlyCostUsdUpTo > 0 ? `, up to ${formatUsdUpTo(monthlyCostUsdUpTo)}` : ''}`,
  }));
  return {
    ...{ id: 'tiers', title, description, minWidthPx: 340 },
    svg: await draw(rankedBars([{ color: 'c-stale', bars }]), `${title}. ${description}`),
    table: {
      columns: ['tier', 'unused', 'size', 'cost a month, up to', 'in their minimum period'],
      rows: tiers.map(([tier, of]) => [
        wellFormed(tier),
        formatCount(of.stale),
        formatSize(of.sizeGiB),
        costInCell(of),
        formatCount(of.inMinimum),
      ]),
    },
  };
}

/** Charges besides storage, of all resources that were seen; null: there are none. */
export async function extraChargesChart({ counts }: Summary): Promise<Chart | null> {
  const charges = Object.entries(counts.extraCharges)
    .filter(([, { units }]) => units > 0)
    .toSorted(
      ([a, ofA], [b, ofB]) =>
        ofB.monthlyCostUsdUpTo - ofA.monthlyCostUsdUpTo || ofB.units - ofA.units || compare(a, b),
    )
    .slice(0, SHOWN);
  if (charges.length === 0) return null;
  const isPriced = charges.some(([, { monthlyCostUsdUpTo }]) => monthlyCostUsdUpTo > 0);
  const title = 'Charges besides storage';
  const description = `What is charged for resources besides their storage, unused or not.`;
  const bars = charges.map(([charge, of]) => ({
    label: nameOf(charge),
    value: isPriced ? of.monthlyCostUsdUpTo : of.units,
    text: extraCostInShort(of),
  }));
  return {
    ...{ id: 'extra-charges', title, description, minWidthPx: 640 },
    svg: await draw(
      rankedBars([{ color: 'c-kept', bars }], CHARGES_WIDTH_PX),
      `${title}. ${description}`,
    ),
    table: {
      columns: ['charge', 'resources', 'charged', 'cost a month, up to', 'without a price'],
      rows: charges.map(([charge, of]) => [
        nameOf(charge),
        formatCount(of.resources),
        extraCostInShort(of),
        costInCell({ ...of, unpricedGiB: 0, unpricedUnsized: of.unpricedUnits }),
        formatCount(of.unpricedUnits),
      ]),
    },
  };
}

function nameOf(charge: string): string {
  return wellFormed(extraCharge(charge));
}
